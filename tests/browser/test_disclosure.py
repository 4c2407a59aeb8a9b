"""政府信息公开 and 网上办事 in a real browser (政府信息公开条例第二十九至三十七条; 石家庄第二十三条).

A citizen asks for a plan on a phone. The office finds it unclear and says so once; made clear, the days begin anew. The
department that has the plan asks a third party, during which no day counts, and is given more days by the head of the
office. It gives out the plan with a telephone number covered; the director signs on a phone. The citizen opens the answer
with number and password, and what was covered is not in the file.

Somebody else sends the materials of a service beforehand, corrects the one that was wrong, and is told to come.
"""

from datetime import date

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from disclosure.models import CatalogueEntry, Category, DisclosureRequest, Office, PreReview
from disclosure.operations import entries, reach
from disclosure.rules.entries import Facts
from portal.models import User
from portal.presets import services
from portal.workdays import Calendar
from publishing import operations
from publishing.operations import Draft
from tests.browser.clicks import press, unfold

PHONE = {"viewport": {"width": 390, "height": 844}}
TITLE = "2025 年度专项检查方案"
IDENTITY = "110101199003070038"


@pytest.fixture
def citizen(browser, browser_context_args, portal) -> Page:
    return browser.new_context(**browser_context_args | PHONE).new_page()


def paper(words: str) -> bytes:
    """A page of PDF that says so, in text that can be searched."""
    drawn = f"BT /F 18 Tf 80 740 Td ({words}) Tj ET"
    return f"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
/Resources <</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>>>>> endobj
4 0 obj <</Length {len(drawn)}>> stream
{drawn}
endstream endobj
trailer <</Root 1 0 R>>
%%EOF""".encode()


def keep_of(page: Page) -> tuple[str, str]:
    """Number and password of a receipt."""
    code, password = page.locator(".keep dd").all_inner_texts()
    return code, password


def track(page: Page, address: str, code: str, password: str) -> None:
    page.goto(address)
    page.locator("[name=code]").fill(code)
    page.locator("[name=password]").fill(password)
    press(page, "查询")


def apply(page: Page, portal: str) -> tuple[str, str]:
    page.goto(f"{portal}/disclosure/requests/new/")
    page.get_by_label("自然人").check()
    page.locator("[name=name]").fill("陈先生")
    page.locator("[name=identity_kind]").select_option(label="居民身份证")
    page.locator("[name=identity_number]").fill(IDENTITY[:-1] + "1")
    page.locator("[name=phone]").fill("13800000099")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=wanted]").fill("专项检查的方案。")
    page.get_by_label("网上查看下载").check()
    page.locator("[name=agrees]").check()
    page.wait_for_timeout(2100)  # nobody types faster than a robot
    press(page, "提交")
    expect(
        page.locator("#id_identity_number_error, .wrong").first
    ).to_be_visible()  # the last digit does not fit
    expect(page.locator("[name=wanted]")).to_have_value("专项检查的方案。")
    page.locator("[name=identity_number]").fill(IDENTITY)
    press(page, "提交")
    expect(page.get_by_role("heading", name="申请已提交")).to_be_visible()
    return keep_of(page)


def test_a_request_from_application_to_a_partly_covered_answer(portal, sign_in, citizen, keep):
    code, password = apply(citizen, portal)
    keep(citizen, "request-1-receipt")
    asked = DisclosureRequest.objects.get(code=code)
    page = f"{portal}{asked.get_absolute_url()}"

    # Registered the same day, unclear, made clear.
    office = sign_in("bangongshi")
    office.goto(f"{portal}/desk/")
    office.get_by_role("link", name=TITLE).first.click()
    form = unfold(office, "登记")
    form.get_by_label("确认方式").fill("电话 13800000099")
    press(form, "登记")
    form = unfold(office, "补正")
    form.get_by_label("需要补正的内容").fill("请写明是哪一个专项、哪一个部门制定的")
    press(form, "补正")
    track(citizen, f"{portal}/disclosure/requests/track/", code, password)
    expect(citizen.get_by_text("请写明是哪一个专项").first).to_be_visible()
    citizen.locator("[name=answer]").fill("法制科制定的农贸市场计量专项检查方案。")
    press(citizen, "提交")
    due = Calendar.load().add(date.today(), 20).due
    expect(citizen.get_by_text(f"{due.year}年{due.month}月{due.day}日").first).to_be_visible()

    # The department that has it asks a third party; the clock stands still until it has answered.
    office.goto(page)
    form = unfold(office, "转办")
    form.get_by_label("转给").select_option(label="法制科")
    form.get_by_label("转办理由").fill("方案由你科制定")
    press(form, "转办")
    lawyer = sign_in("chengban")
    lawyer.goto(page)
    form = unfold(lawyer, "征求意见")
    form.get_by_label("第三方").check()
    form.get_by_label("名称").fill("城东农贸市场")
    form.get_by_label("征求意见的内容").fill("方案涉及贵单位的联系人电话，请在十五个工作日内提出意见")
    form.get_by_label("对方收到之日").fill(f"{date.today():%Y-%m-%d}")
    press(form, "征求意见")
    expect(lawyer.get_by_text("已暂停").first).to_be_visible()
    form = unfold(lawyer, "登记意见")
    form.get_by_label("不同意公开").check()
    form.get_by_label("意见和理由").fill("同意公开方案，不同意公开联系人电话")
    form.get_by_label("答复日期").fill(f"{date.today():%Y-%m-%d}")
    press(form, "登记意见")
    expect(lawyer.get_by_text("还剩 20 个工作日").first).to_be_visible()

    # More days, once, by the head of the disclosure office.
    form = unfold(lawyer, "延期")
    form.get_by_label("延长工作日").fill("10")
    form.get_by_label("理由").fill("方案附件较多，需逐件审查")
    press(form, "延期")
    head = sign_in("fuzeren")
    head.goto(page)
    press(unfold(head, "批准延期"), "批准延期")
    lawyer.goto(page)
    expect(lawyer.get_by_text("还剩 30 个工作日").first).to_be_visible()
    keep(lawyer, "request-2-desk")

    # Partly open: the telephone number is covered.
    lawyer.goto(f"{portal}/desk/decisions/for/{asked.pk}/")
    lawyer.locator("[name=files]").set_input_files(
        {"name": "检查方案.pdf", "mimeType": "application/pdf", "buffer": paper("contact 13800000077")}
    )
    press(lawyer, "附上文件")
    lawyer.get_by_role("link", name="区分处理").click()
    image = lawyer.locator("[data-page] img")
    image.evaluate("one => one.decode()")
    box = image.bounding_box()
    lawyer.mouse.move(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.095)
    lawyer.mouse.down()
    lawyer.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.13, steps=5)
    lawyer.mouse.up()
    lawyer.get_by_label("依据").fill("个人隐私，条例第十五条")
    keep(lawyer, "request-3-covering")
    press(lawyer, "生成遮盖件")
    lawyer.goto(f"{portal}/desk/decisions/for/{asked.pk}/")
    press(lawyer, "提交审核")
    expect(lawyer.get_by_text("请选择答复结论").first).to_be_visible()
    lawyer.get_by_role("radio", name="部分公开").check()
    lawyer.get_by_label("理由和依据").fill("联系人电话涉及个人隐私，第三方不同意公开")
    press(lawyer, "提交审核")

    # Approved on a phone, step by step; the last signature sends it.
    asked.refresh_from_db()
    decision = asked.decisions.get()
    for who in ("fuzeren", "juzhang"):
        leader = sign_in(who, **PHONE)
        leader.goto(f"{portal}{decision.get_absolute_url()}")
        keep(leader, f"request-4-{who}")
        press(leader, "同意")

    # Number and password open the answer; the covered number is not in the file.
    track(citizen, f"{portal}/disclosure/requests/track/", code, password)
    expect(citizen.get_by_text("部分公开").first).to_be_visible()
    press(citizen, "打开答复书")
    keep(citizen, "request-5-answered")
    with citizen.expect_download() as download:
        citizen.locator(".attached a").last.click()
    with pypdfium2.PdfDocument(download.value.path()) as given:
        text = "".join(given[number].get_textpage().get_text_range() for number in range(len(given)))
        covered = given[0].render().to_pil().convert("L")
    assert text.strip() == ""
    assert covered.getpixel((round(covered.width * 0.3), round(covered.height * 0.11))) < 60
    asked.refresh_from_db()
    assert (asked.state, asked.outcome, asked.answered_on) == ("CLOSED", "PARTLY", date.today())


def test_a_document_is_found_by_number_words_and_category(portal, citizen, keep):
    office = Office.objects.get(site__key="fenju")
    keeper, head = (User.objects.get(staff_number=who) for who in ("xinxiyuan", "fuzeren"))
    category = Category.objects.get(site=office.site, key="caiwugongkai")
    column = office.site.columns.get(slug="caiwugongkai")
    draft = Draft(column=column, title="二〇二五年部门决算", body="<p>决算公开如下。</p>", author_name="李岚")
    revision = operations.report(operations.create(draft, by=keeper), by=keeper)
    for step, who in zip(revision.steps.all(), (head, User.objects.get(staff_number="juzhang")), strict=True):
        operations.approve(step, by=who)
    article = operations.publish(revision, by=User.objects.get(staff_number="zongbanzhu"))
    entries.register(
        office,
        Facts(
            category=category, issuer=office.site.department, title=article.title, document_number="城东工商〔2026〕12号",
            made_on=date.today(), publicity="OPEN",
        ),
        article=article, by=keeper,
    )  # fmt: skip
    reach.follow()
    entry = CatalogueEntry.objects.get()

    citizen.goto(f"{portal}/disclosure/")
    citizen.get_by_role("link", name="财务公开").first.click()
    expect(citizen.get_by_role("link", name=article.title)).to_be_visible()
    for words in ("城东工商〔2026〕12号", entry.index_number, "部门决算"):
        citizen.goto(f"{portal}/disclosure/catalogue/")
        citizen.locator("main [type=search], main [name=q]").first.fill(words)
        citizen.locator("main form [type=submit]").first.click()
        citizen.get_by_role("link", name=article.title).first.click()
        expect(citizen.get_by_text(entry.index_number).first).to_be_visible()
    keep(citizen, "entry-found")


def test_a_pre_review_is_returned_and_passed(portal, sign_in, citizen, keep):
    services.play("jiangsu")
    citizen.goto(f"{portal}/services/")
    citizen.get_by_role("link", name="营业执照遗失补领").first.click()
    citizen.get_by_role("link", name="在线预审").first.click()
    wanted = citizen.locator(".send-materials input[type=file]")
    for place in range(wanted.count()):
        wanted.nth(place).set_input_files(
            {"name": f"材料{place}.pdf", "mimeType": "application/pdf", "buffer": paper(str(place))}
        )
    citizen.get_by_label("个人", exact=True).check()
    citizen.locator("[name=name]").fill("陈先生")
    citizen.locator("[name=phone]").fill("13800000099")
    citizen.locator("[name=agrees]").check()
    citizen.wait_for_timeout(2100)
    press(citizen, "提交")
    expect(citizen.get_by_role("heading", name="预审申请已收到")).to_be_visible()
    code, password = keep_of(citizen)

    clerk = sign_in("dengji")
    address = f"{portal}/desk/pre-reviews/{PreReview.objects.get(code=code).pk}/"
    clerk.goto(address)
    faults = clerk.locator("#return_ fieldset").first
    faults.locator("[type=checkbox]").check()
    faults.locator("textarea, [type=text]").first.fill("没有签名")
    press(clerk, "退回补正")
    keep(clerk, "pre-review-returned")

    track(citizen, f"{portal}/services/track/", code, password)
    expect(citizen.get_by_text("没有签名").first).to_be_visible()
    assert wanted.count() == 1
    wanted.first.set_input_files(
        {"name": "补签.pdf", "mimeType": "application/pdf", "buffer": paper("signed")}
    )
    citizen.wait_for_timeout(2100)
    press(citizen, "提交")

    clerk.goto(address)
    clerk.locator("main").get_by_role("button", name="通过").first.click()
    track(citizen, f"{portal}/services/track/", code, password)
    expect(citizen.get_by_text("人民路 1 号").first).to_be_visible()
    keep(citizen, "pre-review-passed")
