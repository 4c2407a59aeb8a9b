"""A real Chromium before a real server with the default preset and its sample people."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from portal import clock, presets
from tests.races import in_a_file

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in the test's own thread
SHOTS = Path(os.environ.get("VAR_DIR", "var")) / "screenshots"
A_YEAR = timedelta(days=365)
WIDTHS = {"desktop": 1440, "tablet": 768, "phone": 390}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": "/usr/bin/chromium", "args": QUIET}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1440, "height": 900},
    }


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory):
    """A page and its pictures are asked for at once: every request has a connection of its own, as with `make run`."""
    with django_db_blocker.unblock(), in_a_file(tmp_path_factory.mktemp("database")):
        yield


@pytest.fixture
def empty_portal(transactional_db, live_server) -> str:
    """The address of a portal with the preset only, before the samples are played as `make run` does."""
    presets.load("jiangsu")
    return live_server.url


@pytest.fixture
def portal(empty_portal) -> str:
    """With the sample people, in office for a year; no texts yet."""
    with clock.at(clock.now() - A_YEAR):
        presets.hire("jiangsu")
    return empty_portal


@pytest.fixture
def sign_in(browser: Browser, browser_context_args, empty_portal):
    """`sign_in("banzhu")` gives a page of that person's own browser; page errors fail the test at its end."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def enter(who: str, **options) -> Page:
        context = browser.new_context(**{**browser_context_args, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{who} {page.url}: {error}"))
        page.goto(f"{empty_portal}/login/")
        page.get_by_label("工号").fill(who)
        page.get_by_label("密码").fill(presets.PASSWORD)
        page.locator("main").get_by_role("button", name="登录").click()
        page.wait_for_url("**/desk/")
        return page

    yield enter
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def keep():
    """`keep(page, "name")` stores a screenshot for people to look at."""

    def shoot(page: Page, name: str) -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)

    return shoot
