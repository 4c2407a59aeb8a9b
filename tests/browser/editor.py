"""What every story does in the editor."""

from playwright.sync_api import Page


def write_body(page: Page, text: str) -> None:
    page.wait_for_function("window.CKEDITOR && CKEDITOR.instances.id_body?.status === 'ready'")
    page.evaluate("text => CKEDITOR.instances.id_body.setData(text)", f"<p>{text}</p>")
    page.wait_for_timeout(300)


def choose_column(page: Page, site: str, name: str) -> None:
    group = page.locator(f"#id_column optgroup[label*='{site}']")
    value = group.locator("option", has_text=name).first.get_attribute("value")
    page.locator("#id_column").select_option(value)
