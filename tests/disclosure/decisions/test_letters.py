"""答复书: what was asked, what is decided and why, what is given, the remedies with their days, who signs when."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from disclosure.enums.decisions import Outcome
from disclosure.enums.requests import ApplicantKind
from disclosure.operations import answer_files, decisions
from disclosure.operations.decisions import Draft
from disclosure.rules import answer_letters
from portal import clock
from portal.redaction import Box
from tests.disclosure.decisions.conftest import moment, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_working_day():
    with clock.at(moment("2026-10-12 09:00")):
        yield


def said(decision) -> list[str]:
    return [part.text for part in answer_letters.paper(decision).parts]


def test_a_refusal_reads_from_receipt_to_remedy(house, ask):
    draft = Draft(Outcome.PROCESS, ground="该讨论记录形成于决定作出之前。")
    decision = decisions.save(ask(), draft, version=0, by=house.lawyer)
    request = decision.request
    assert said(decision) == [
        f"本机关于2026年10月8日收到您提交的政府信息公开申请（申请编号：{request.code}），"
        "您申请获取“2025 年食品抽检结果”。",
        "经审查，根据《中华人民共和国政府信息公开条例》第十六条第二款、第三十六条第（三）项的规定，答复如下：",
        "您申请获取的信息属于行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息，"
        "本机关不予公开。",
        "理由和依据：该讨论记录形成于决定作出之前。",
        "如对本答复不服，您应当先自收到本答复书之日起60日内向城东区人民政府申请行政复议；对行政复议决定不服的，"
        "可以自收到行政复议决定书之日起15日内向城东区人民法院提起行政诉讼。",
        "联系地址：城东区人民路 1 号；联系电话：8001。",
    ]


def test_what_is_open_tells_both_remedies(house, ask):
    decision = decisions.save(ask(), Draft(Outcome.OPEN, place="门户网站"), version=0, by=house.lawyer)
    assert said(decision)[3:5] == [
        "获取信息的方式、途径和时间：门户网站",
        "如对本答复不服，您可以自收到本答复书之日起60日内向城东区人民政府申请行政复议，也可以自收到本答复书之日起"
        "6个月内直接向城东区人民法院提起行政诉讼。",
    ]


def test_the_days_of_the_remedies_are_the_offices(house, ask):
    house.office.review_days, house.office.suit_months, house.office.review_first = 30, 3, []
    house.office.save()
    decision = decisions.save(ask(), Draft(Outcome.INTERNAL, ground="理由"), version=0, by=house.lawyer)
    assert "30日内向城东区人民政府申请行政复议，也可以自收到本答复书之日起3个月内" in said(decision)[4]


def test_an_organisation_is_addressed_as_one(house, ask):
    request = ask(kind=ApplicantKind.BUSINESS, name="某某公司")
    decision = decisions.save(request, Draft(Outcome.NOT_HELD, ground="经检索"), version=0, by=house.lawyer)
    assert answer_letters.paper(decision).addressed == "某某公司"
    assert not any("您" in text for text in said(decision))


def test_correction_and_extension_are_told(house, ask):
    request = ask()
    request.corrections.create(
        kind="UNCLEAR", asks="哪一年", asked_by=house.clerk, asked_at=moment("2026-10-09 09:00"),
        due_on=date(2026, 10, 30), received_on=date(2026, 10, 12),
    )  # fmt: skip
    request.extensions.create(
        working_days=20, reason="征求意见", state="APPROVED", asked_by=house.lawyer, asked_at=clock.now()
    )
    decision = decisions.save(request, Draft(Outcome.OPEN, place="网站"), version=0, by=house.lawyer)
    assert said(decision)[0].endswith(
        "本机关于2026年10月12日收到您的补正材料。经批准，答复期限延长了20个工作日，并已告知您。"
    )


def test_a_repeated_request_names_the_earlier_answer(house, ask):
    earlier = ask(answered_on=date(2026, 9, 1), state="CLOSED")
    draft = Draft(Outcome.REPEATED, ground="内容相同", repeats=earlier)
    decision = decisions.save(ask(), draft, version=0, by=house.lawyer)
    assert f"您此前提出的申请（申请编号：{earlier.code}），本机关已于2026年9月1日作出答复。" in said(decision)


def test_files_are_listed_with_what_was_covered_and_why(house, ask):
    request = ask()
    answer_files.attach(request, [pdf(), pdf(name="汇总表.pdf")], by=house.lawyer)
    first = request.decisions.get().files.first()
    answer_files.mark(
        first,
        boxes=[Box(1, 0, 0, 10, 10)],
        name="不合格名单",
        ground="个人隐私，条例第十五条",
        by=house.lawyer,
    )
    answer_files.burn(first, by=house.lawyer)
    draft = Draft(Outcome.PARTLY, ground="含个人隐私")
    decision = decisions.save(request, draft, version=1, by=house.lawyer)
    assert said(decision)[4:6] == [
        "附件1：不合格名单（已作区分处理：个人隐私，条例第十五条）", "附件2：汇总表",
    ]  # fmt: skip


def test_an_empty_text_takes_the_outcomes_own_sentence_and_follows_it(house, ask):
    request = ask()
    decision = decisions.save(request, Draft(Outcome.INTERNAL), version=0, by=house.lawyer)
    decision = decisions.save(request, Draft(Outcome.PROCESS, text=decision.text), version=1, by=house.lawyer)
    assert decision.text == answer_letters.proposed(Outcome.PROCESS, request)
    decision = decisions.save(
        request, Draft(Outcome.INTERNAL, text="自己写的话。"), version=2, by=house.lawyer
    )
    assert decision.text == "自己写的话。"


def test_the_letter_that_is_kept_is_what_was_signed(house, ask):
    house.office.route = None
    house.office.save()
    decision = decisions.finish(ask(), Draft(Outcome.INTERNAL, ground="内部会议"), version=0, by=house.lawyer)
    with decision.letter.file.open() as file:
        lines = [one.text for one in Document(BytesIO(file.read())).paragraphs if one.text]
    assert lines[:4] == ["城东分局", "城东公开答〔2026〕1号", "政府信息公开申请答复书", "张三："]
    assert [line.strip() for line in lines[-2:]] == ["城东分局", "2026年10月12日"]
    assert any("60日内" in line for line in lines)
