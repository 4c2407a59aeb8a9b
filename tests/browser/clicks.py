"""What hands do on every page: press a button of the page, open a folded form."""

import re

from playwright.sync_api import Locator, Page


def press(page: Page | Locator, name: str) -> None:
    """A button of the page's own part, by its word."""
    within = page.locator("main") if isinstance(page, Page) else page
    within.get_by_role("button", name=name, exact=True).click()


def unfold(page: Page, name: str) -> Locator:
    """One folded button with its form."""
    ask = page.locator("details.ask", has=page.locator("summary", has_text=re.compile(rf"^\s*{name}\s*$")))
    if ask.get_attribute("open") is None:
        ask.locator("summary").click()
    return ask
