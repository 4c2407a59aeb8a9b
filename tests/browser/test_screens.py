"""Every screen at three widths: nothing sticks out, nothing WCAG A/AA calls serious; screenshots for people to judge."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from portal import presets
from tests.browser.conftest import WIDTHS
from tests.browser.screens import SCREENS, ids

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
SERIOUS = {"serious", "critical"}
OFFICE = ("bangongshi", "juzhang", "chengban", "dengji", "fuzeren")
HALVES = {"office": OFFICE, "others": tuple(who for who in SCREENS if who not in OFFICE)}  # side by side


@pytest.mark.parametrize("people", HALVES.values(), ids=HALVES)
def test_screenshots_of_every_screen_at_three_widths(empty_portal, sign_in, page, keep, people):
    presets.tell_story("jiangsu")
    known = ids()
    findings: list[str] = []
    for who in people:
        screens = SCREENS[who]
        at = sign_in(who) if who else page
        for name, address in screens.items():
            status = at.goto(empty_portal + address.format(**known)).status
            if status != 200:
                findings.append(f"{name} answers {status}")
                continue
            for width_name, width in WIDTHS.items():
                at.set_viewport_size({"width": width, "height": 900})
                at.wait_for_timeout(150)
                keep(at, f"{name}-{width_name}")
                findings += _overflow(at, name, width)
            findings += _accessibility(at, name)
    assert not findings, "\n".join(findings)


def _overflow(page: Page, name: str, width: int) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{name} is {wide} px wide on a screen of {width}"] if wide > width + 1 else []


def _accessibility(page: Page, name: str) -> list[str]:
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    return [
        f"{name}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in SERIOUS
    ]
