"""A letter in a real browser, from a citizen's complaint to its closing (福建第二十二条).

Somebody who is not signed in writes to 法制科, keeps the query code and follows the letter. 法制科 passes it on to
监察室, which passes it on to the office, which decides that 法制科 answers. The draft is returned once and agreed to
on a phone. The writer is not satisfied, asks once that it be handled again, gets a second answer, and the letter is
closed.
"""

from datetime import date

from playwright.sync_api import Page, expect

from interaction.models import Letter
from portal.workdays import Calendar
from tests.browser.clicks import press, unfold

PHONE = {"viewport": {"width": 390, "height": 844}}
TITLE = "饭店强制收取餐具费"


def write(page: Page, portal: str) -> tuple[str, str]:
    """The citizen's part; the query code and the password."""
    page.goto(f"{portal}/mailbox/")
    page.get_by_role("link", name="局长信箱").click()
    press(page, "提交")
    expect(page.get_by_text("请选择来信类别")).to_be_visible()
    page.locator(".matters").get_by_label("投诉举报").check()
    page.locator("[name=department]").select_option(label="法制科")
    page.locator("#id_title").fill(TITLE)
    page.locator("#id_body").fill("昨晚吃饭，每套餐具收两元，说不交不让走。")
    page.locator("[name=writer_name]").fill("陈先生")
    page.locator("[name=phone]").fill("13800000099")
    page.locator("[name=agrees]").check()
    page.wait_for_timeout(2100)  # nobody types faster than a robot
    press(page, "提交")
    expect(page.get_by_role("heading", name="来信已收到")).to_be_visible()
    code, password = page.locator(".keep dd").all_inner_texts()
    return code, password


def test_a_letter_from_complaint_to_closing(portal, sign_in, browser, browser_context_args, keep):
    citizen = browser.new_context(**browser_context_args | PHONE).new_page()
    code, password = write(citizen, portal)
    due = Calendar.load().add(date.today(), 10).due
    expect(citizen.get_by_text(f"{due.year}年{due.month}月{due.day}日").first).to_be_visible()
    keep(citizen, "letter-1-receipt")

    # Only the code and the password open it, in whichever browser.
    elsewhere = browser.new_context(**browser_context_args).new_page()
    elsewhere.goto(f"{portal}/mailbox/track/")
    elsewhere.locator("[name=code]").fill(code)
    elsewhere.locator("[name=password]").fill("ABCDEFGH")
    press(elsewhere, "查询")
    expect(elsewhere.get_by_text("查询码或查询密码不对")).to_be_visible()
    elsewhere.locator("[name=password]").fill(password)
    press(elsewhere, "查询")
    expect(elsewhere.get_by_text("由法制科办理")).to_be_visible()

    # Passed on twice, then adjudicated.
    lawyer, supervisor, office = sign_in("chengban"), sign_in("jiancha"), sign_in("bangongshi")
    letter = Letter.objects.get(code=code).get_absolute_url()
    lawyer.goto(f"{portal}/desk/")
    lawyer.get_by_role("link", name=TITLE).first.click()
    form = unfold(lawyer, "转办")
    form.get_by_label("转给").select_option(label="监察室")
    form.get_by_role("button", name="转办").click()
    expect(lawyer.get_by_text("请填写转办理由")).to_be_visible()
    form = unfold(lawyer, "转办")
    form.get_by_label("转办理由").fill("涉及执法作风")
    form.get_by_role("button", name="转办").click()
    expect(lawyer.get_by_text("已转办，并告知来信人")).to_be_visible()

    supervisor.goto(f"{portal}{letter}")
    form = unfold(supervisor, "转办")
    form.get_by_label("转给").select_option(label="办公室")
    form.get_by_label("转办理由").fill("不属作风问题")
    form.get_by_role("button", name="转办").click()
    office.goto(f"{portal}{letter}")
    form = unfold(office, "提请协调")
    form.get_by_label("理由").fill("两科室有异议")
    form.get_by_role("button", name="提请协调").click()
    form = unfold(office, "协调确定")
    form.get_by_label("承办部门").select_option(label="法制科")
    form.get_by_label("协调意见").fill("按职责由法制科承办")
    form.get_by_role("button", name="协调确定").click()
    keep(office, "letter-2-adjudicated")

    # Drafted, returned, mended, agreed to on a phone.
    head = sign_in("fuzeren", **PHONE)
    lawyer.goto(f"{portal}{letter}")
    lawyer.get_by_label("答复内容").fill("已约谈饭店。")
    lawyer.get_by_label("已解决").check()
    press(lawyer, "提交审核")
    head.goto(f"{portal}/desk/")
    head.get_by_role("link", name=TITLE).first.click()
    head.get_by_label("意见").fill("请写明依据")
    press(head, "退回")
    lawyer.goto(f"{portal}{letter}")
    expect(lawyer.get_by_text("请写明依据").first).to_be_visible()
    lawyer.get_by_label("答复内容").fill("依据消费者权益保护法第二十六条，已责令饭店停止收费并退还。")
    press(lawyer, "提交审核")
    head.goto(f"{portal}/desk/")
    head.get_by_role("link", name=TITLE).first.click()
    assert head.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    keep(head, "letter-3-approve-phone")
    press(head, "同意")

    # Rated, handled again, answered again, closed.
    elsewhere.reload()
    expect(elsewhere.get_by_text("已责令饭店停止收费并退还")).to_be_visible()
    elsewhere.get_by_label("不满意").check()
    press(elsewhere, "提交评价")
    form = unfold(elsewhere, "问题没有解决，要求再次办理")
    form.get_by_label("还有什么没有解决").fill("饭店没有退钱")
    form.get_by_role("button", name="要求再次办理").click()
    expect(elsewhere.get_by_text("已转承办部门再次办理")).to_be_visible()
    lawyer.goto(f"{portal}{letter}")
    lawyer.get_by_label("答复内容").fill("饭店已当面退还餐具费。")
    lawyer.get_by_label("已解决").check()
    press(lawyer, "提交审核")
    head.goto(f"{portal}/desk/")
    head.get_by_role("link", name=TITLE).first.click()
    press(head, "同意")
    lawyer.goto(f"{portal}{letter}")
    unfold(lawyer, "办结").get_by_role("button", name="办结").click()
    expect(lawyer.get_by_text("已办结").first).to_be_visible()
    keep(lawyer, "letter-4-closed")
    elsewhere.reload()
    expect(elsewhere.get_by_text("您的来信已办结：已解决。")).to_be_visible()
    keep(elsewhere, "letter-5-writer")
    assert Letter.objects.get(code=code).state == "CLOSED"
