"""The content policy in a real Chromium: the admin and the editor work, and nothing that they need is refused."""

from playwright.sync_api import Page

LISTEN = """
window.top.refused = window.top.refused || [];
document.addEventListener("securitypolicyviolation", function (told) {
  window.top.refused.push(told.effectiveDirective + " " + told.blockedURI + " " + (told.sample || ""));
});
"""


def refused(page: Page) -> list[str]:
    return page.evaluate("window.refused")


def test_the_admin_and_the_editor_work_under_their_policies(sign_in, portal):
    page = sign_in("banzhu")
    page.context.add_init_script(LISTEN)
    for path in ("/admin/", "/admin/publishing/article/"):
        page.goto(portal + path)
        page.wait_for_timeout(500)
        assert refused(page) == []
    page.goto(f"{portal}/admin/publishing/article/add/")
    page.wait_for_function("window.CKEDITOR && CKEDITOR.instances.id_body?.status === 'ready'")
    assert refused(page) == []
    page.evaluate("CKEDITOR.instances.id_body.execCommand('image')")
    chooser = page.frame_locator("iframe.cke_dialog_ui_input_file")
    chooser.locator("input[type=file]").wait_for(state="attached")


def test_a_script_that_slipped_into_a_page_of_the_editor_does_not_run(sign_in, portal):
    page = sign_in("banzhu")
    page.goto(f"{portal}/admin/publishing/article/add/")
    page.evaluate(
        "() => { const one = document.createElement('script'); one.textContent = 'window.ran = 1';"
        " document.body.append(one); }"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
