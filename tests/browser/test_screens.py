"""Every screen at three widths: nothing sticks out, nothing WCAG A/AA calls serious; screenshots for people to judge."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from portal import presets
from publishing.models import Article, Revision
from tests.browser.conftest import WIDTHS

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
SERIOUS = {"serious", "critical"}


@pytest.fixture
def story(portal) -> dict[str, int]:
    """The sample texts are told; ids of one article with a cover and one text that waits for review."""
    presets.tell_story("jiangsu")
    article = Article.objects.filter(site__key="fenju", state="LIVE", cover__isnull=False).first()
    waiting = Revision.objects.filter(
        state="IN_REVIEW", column__site__key="fenju", cover__isnull=False
    ).first()
    return {"article": article.pk, "revision": waiting.pk, "edited": waiting.article_id}


SCREENS = {
    "xinxiyuan": {
        "home": "/",
        "subsite-home": "/s/beiqiao/",
        "column": "/c/yaowenbaodao/",
        "main-column": "/c/neibuguanli/",
        "page-column": "/c/danweijieshao/",
        "article": "/a/{article}/",
        "search": "/search/?q=市场",
        "desk": "/desk/",
        "admin-articles": "/admin/publishing/article/",
        "admin-editor": "/admin/publishing/article/add/",
    },
    "fuzeren": {
        "desk-leader": "/desk/",
        "reviews": "/desk/reviews/",
        "review": "/desk/reviews/{revision}/",
        "process": "/desk/articles/{edited}/",
        "history": "/desk/articles/{edited}/history/",
    },
    "zongbanzhu": {"admin-columns": "/admin/columns/column/"},
    "wangguan": {"admin-people": "/admin/portal/user/", "admin-appointments": "/admin/columns/appointment/"},
}


def test_screenshots_of_every_screen_at_three_widths(portal, story, sign_in, keep):
    findings: list[str] = []
    for who, screens in SCREENS.items():
        page = sign_in(who)
        for name, address in screens.items():
            assert page.goto(portal + address.format(**story)).status == 200, name
            for width_name, width in WIDTHS.items():
                page.set_viewport_size({"width": width, "height": 900})
                page.wait_for_timeout(150)
                keep(page, f"{name}-{width_name}")
                findings += _overflow(page, name, width)
            findings += _accessibility(page, name)
    assert findings == []


def _overflow(page: Page, name: str, width: int) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{name} is {wide} px wide on a screen of {width}"] if wide > width + 1 else []


def _accessibility(page: Page, name: str) -> list[str]:
    found = Axe().run(page, options={"runOnly": STANDARDS}).response["violations"]
    return [
        f"{name}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in SERIOUS
    ]
