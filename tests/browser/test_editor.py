"""Writing in the editor: nothing that was typed is lost, whatever happens to session, browser or file."""

from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from PIL import Image
from playwright.sync_api import Page, expect

from publishing.models import Article, Revision
from tests.browser.editor import choose_column, write_body


@pytest.fixture
def editor(portal, sign_in) -> Page:
    page = sign_in("xinxiyuan")
    page.goto(f"{portal}/admin/publishing/article/add/")
    page.get_by_label("标题").fill("写到一半的稿件")
    choose_column(page, "北桥工商所", "要闻报道")
    page.get_by_label("作者").fill("李岚")
    write_body(page, "已经写好的正文。")
    return page


def test_session_that_expired_meanwhile_keeps_every_word(portal, editor):
    Session.objects.all().delete()
    editor.get_by_role("button", name="保存").click()
    expect(editor.get_by_text("登录已过期")).to_be_visible()
    with editor.expect_popup() as opened:
        editor.get_by_role("dialog").get_by_role("link", name="登录").click()
    door = opened.value
    door.get_by_label("工号").fill("xinxiyuan")
    door.get_by_label("密码").fill("demo-Portal-2026")
    door.locator("main").get_by_role("button", name="登录").click()
    door.wait_for_url("**/desk/")
    editor.get_by_role("button", name="再试一次").click()
    expect(editor.get_by_text("已保存").first).to_be_visible()
    assert list(Revision.objects.values_list("title", "body")) == [
        ("写到一半的稿件", "<p>已经写好的正文。</p>")
    ]


def test_browser_that_was_closed_offers_what_was_typed(portal, editor):
    expect(editor.get_by_text("已在本机暂存")).to_be_visible(timeout=8000)
    editor.on("dialog", lambda dialog: dialog.accept())
    editor.goto(f"{portal}/desk/")
    editor.goto(f"{portal}/admin/publishing/article/add/")
    editor.get_by_role("button", name="恢复").click()
    expect(editor.get_by_label("标题")).to_have_value("写到一半的稿件")
    assert "已经写好的正文。" in editor.evaluate("CKEDITOR.instances.id_body.getData()")


def test_wrong_file_is_refused_at_its_field_and_the_rest_stays(editor, tmp_path):
    disguised = tmp_path / "照片.jpg"
    disguised.write_text("<script>alert(1)</script>")
    editor.locator("[name=cover_upload]").set_input_files(disguised)
    editor.get_by_role("button", name="保存").click()
    expect(editor.locator("#field-cover")).to_contain_text("照片.jpg")
    expect(editor.get_by_label("标题")).to_have_value("写到一半的稿件")
    assert Article.objects.count() == 0


def test_picture_put_into_the_text_is_shown_from_the_portal(portal, editor, tmp_path):
    path: Path = tmp_path / "现场.png"
    Image.new("RGB", (400, 300), "#9a6b1f").save(path)
    editor.locator(".cke_button__image").click()
    dialog = editor.locator(".cke_dialog")
    dialog.get_by_role("tab", name="上传").click()
    dialog.frame_locator("iframe").locator("input[type=file]").set_input_files(path)
    dialog.get_by_role("button", name="上传到服务器").click()
    editor.wait_for_function(
        "[...document.querySelectorAll('.cke_dialog input')].some(one => one.value.startsWith('/files/'))"
    )
    editor.locator(".cke_dialog_ui_button_ok").click()
    editor.get_by_role("button", name="保存").click()
    expect(editor.get_by_text("已保存").first).to_be_visible()
    revision = Revision.objects.get()
    assert revision.pictures.get().name == "现场.png"
    assert f"/files/{revision.pictures.get().pk}/" in revision.body
