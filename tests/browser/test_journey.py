"""The main job, end to end, in a real browser.

An information officer of the bureau writes a text with a picture and an attachment for 北桥工商所's site and reports
it. The head of that office, on a phone, returns it with a reason. The officer mends and reports it again; the head
agrees; the moderator publishes. Everybody sees it. An edit does not touch the live page until it is approved.
In the end the moderator withdraws it, and the page and its files are gone.
"""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.editor import choose_column, write_body

TITLE = "北桥所开展农贸市场计量器具检查"
MENDED = "北桥所开展农贸市场计量器具专项检查"
EDITED = "北桥所完成农贸市场计量器具专项检查"
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.fixture
def picture(tmp_path) -> Path:
    path = tmp_path / "检查现场.jpg"
    Image.new("RGB", (1200, 800), "#5b7fa6").save(path)
    return path


@pytest.fixture
def table(tmp_path) -> Path:
    book, out = openpyxl.Workbook(), BytesIO()
    book.active.append(["摊位", "结果"])
    book.save(out)
    path = tmp_path / "检查结果.xlsx"
    path.write_bytes(out.getvalue())
    return path


def test_a_text_from_the_first_word_to_withdrawal(portal, sign_in, keep, picture, table):
    officer, head, moderator = sign_in("xinxiyuan"), sign_in("suozhang", **PHONE), sign_in("banzhu")
    reader = sign_in("ganbu")

    # The officer writes it, with a cover picture and an attachment, and reports it.
    officer.goto(f"{portal}/admin/publishing/article/add/")
    officer.get_by_label("标题").fill(TITLE)
    choose_column(officer, "北桥工商所", "要闻报道")
    write_body(officer, "11月20日，北桥所对辖区农贸市场的电子秤开展检查。")
    officer.get_by_label("作者").fill("李岚")
    officer.locator("[name=cover_upload]").set_input_files(picture)
    officer.locator("[name=attachment_uploads]").set_input_files(table)
    keep(officer, "journey-1-editor")
    officer.get_by_role("button", name="提交审核").first.click()
    expect(officer.get_by_text("审核中").first).to_be_visible()

    # Nobody reads it yet.
    reader.goto(f"{portal}/s/beiqiao/")
    expect(reader.get_by_text(TITLE)).to_have_count(0)

    # The head of the office finds it on the desk, on a phone, and returns it; without a reason that is refused.
    head.goto(f"{portal}/desk/reviews/")
    keep(head, "journey-2-queue-phone")
    head.get_by_role("link", name=TITLE).click()
    keep(head, "journey-3-review-phone")
    head.get_by_role("button", name="退回").click()
    expect(head.get_by_text("请写明").first).to_be_visible()
    head.get_by_label("意见").fill("标题请写明是专项检查")
    head.get_by_role("button", name="退回").click()
    expect(head).to_have_url(f"{portal}/desk/reviews/")

    # The officer sees why, mends it and reports it again.
    officer.goto(f"{portal}/desk/")
    officer.get_by_role("link", name=TITLE).first.click()
    expect(officer.get_by_text("标题请写明是专项检查").first).to_be_visible()
    officer.goto(edit_address(officer, portal))
    officer.get_by_label("标题").fill(MENDED)
    officer.get_by_role("button", name="提交审核").first.click()
    expect(officer.get_by_text("审核中").first).to_be_visible()

    # The head agrees, the moderator publishes.
    head.goto(f"{portal}/desk/reviews/")
    head.get_by_role("link", name=MENDED).click()
    head.get_by_role("button", name="同意").click()
    moderator.goto(f"{portal}/desk/reviews/")
    moderator.get_by_role("link", name=MENDED).click()
    keep(moderator, "journey-4-publish")
    moderator.get_by_role("button", name="发布", exact=True).click()
    expect(moderator.locator("main")).to_contain_text("发布")

    # Everybody finds it on the sub-site's home page and in its column, with picture and attachment.
    reader.goto(f"{portal}/s/beiqiao/")
    expect(reader.locator(".list").get_by_role("link", name=MENDED).first).to_be_visible()
    reader.goto(f"{portal}/s/beiqiao/c/yaowenbaodao/")
    reader.get_by_role("link", name=MENDED).click()
    expect(reader.get_by_role("heading", name=MENDED)).to_be_visible()
    live = reader.url
    attachment = reader.get_by_role("link", name="检查结果.xlsx").get_attribute("href")
    assert reader.request.get(f"{portal}{attachment}").status == 200
    keep(reader, "journey-5-article")

    # An edit leaves the live page alone until it is approved and published.
    officer.goto(edit_address(officer, portal))
    officer.get_by_label("标题").fill(EDITED)
    officer.get_by_role("button", name="提交审核").first.click()
    expect(officer.get_by_text("审核中").first).to_be_visible()
    reader.goto(live)
    expect(reader.get_by_role("heading", name=MENDED)).to_be_visible()
    head.goto(f"{portal}/desk/reviews/")
    head.get_by_role("link", name=EDITED).click()
    keep(head, "journey-6-what-changed-phone")
    head.get_by_role("button", name="同意").click()
    moderator.goto(f"{portal}/desk/reviews/")
    moderator.get_by_role("link", name=EDITED).click()
    moderator.get_by_role("button", name="发布", exact=True).click()
    reader.goto(live)
    expect(reader.get_by_role("heading", name=EDITED)).to_be_visible()

    # Withdrawn, it is gone for readers at once, file and all.
    moderator.goto(f"{portal}/desk/articles/{live.rstrip('/').rsplit('/', 1)[1]}/")
    moderator.get_by_role("link", name="撤稿").click()
    moderator.get_by_label("撤稿理由").fill("数据有误，核实后再发")
    moderator.get_by_role("button", name="撤稿").click()
    assert reader.goto(live).status == 410
    assert reader.request.get(f"{portal}{attachment}").status == 404
    reader.goto(f"{portal}/s/beiqiao/")
    expect(reader.get_by_text(EDITED)).to_have_count(0)


def edit_address(page: Page, portal: str) -> str:
    """The editor of the one article there is."""
    page.goto(f"{portal}/admin/publishing/article/")
    address = page.locator("#result_list a[href*='/change/']").first.get_attribute("href")
    return f"{portal}{address}"
