"""办理公示: masked before it is stored, published by another, gone from the page when its days are over."""

from datetime import timedelta

import pytest
from django.db import connection

from disclosure.enums.prereviews import ApplicantType
from disclosure.enums.result_notices import Handled, NoticeState
from disclosure.models import ResultNotice
from disclosure.operations import prereviews
from disclosure.operations import result_notices as operations
from disclosure.queries import result_notices as queries
from disclosure.rules import result_notices as rules
from portal import clock, parameters
from portal.models import AuditEntry, Notice, Parameter
from portal.workflow import NotAllowed, Refused, TooLate
from tests.disclosure.services.kit import apply
from tests.races import fresh

NUMBER = "城东登字〔2026〕18号"


def entry(registered, **said) -> operations.Entry:
    whole = {
        "number": NUMBER, "name": "欧阳小满", "is_person": True, "result": Handled.GRANTED,
        "decided_on": clock.today(), "remark": "",
    }  # fmt: skip
    return operations.Entry(item=registered, **whole | said)


def entered(hall, registered, **said) -> ResultNotice:
    return operations.enter(entry(registered, **said), by=hall.clerk)


@pytest.mark.parametrize(("name", "is_person", "shown"), [
    ("张三", True, "张**"), ("欧阳小满", True, "欧阳**"),
    ("城东区惠民餐饮服务有限公司", False, "城东区惠民餐饮服务有限公司"),
    ("张三", False, "张**"), ("王小禾13800000051商行", False, "王小禾138******51商行"),
    ("阿依古丽·买买提", True, "阿**"),
])  # fmt: skip
def test_names_are_masked_as_they_may_be_public(name, is_person, shown):
    assert rules.masked_name(name, is_person=is_person) == shown


def test_only_the_masked_name_and_remark_are_ever_stored(hall, registered):
    notice = entered(hall, registered, remark="欧阳小满，320102199001011234，电话 13800000051 补交")
    assert (notice.applicant, notice.remark) == (
        "欧阳**",
        "欧阳**，320*************34，电话 138******51 补交",
    )
    operations.publish(notice, by=hall.moderator)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM disclosure_resultnotice")
        assert "小满" not in str(cursor.fetchall())
    said = [
        *AuditEntry.objects.values_list("note", "object_label"),
        *Notice.objects.values_list("title", "body"),
    ]
    assert "小满" not in str(said)


@pytest.mark.parametrize(
    "number", ["320102199001011234", "登字 13800000051", "a@b.cn", "6222 0200 0000 0000 123"]
)
def test_a_number_that_is_somebodys_own_is_no_number_of_a_case(hall, registered, number):
    with pytest.raises(Refused, match="不能写证件号码") as refusal:
        entered(hall, registered, number=number)
    assert (refusal.value.field, ResultNotice.objects.count()) == ("number", 0)


def test_a_result_is_published_by_another_than_who_entered_it(hall, registered):
    notice = entered(hall, registered)
    assert (notice.state, list(queries.public(hall.main))) == (NoticeState.DRAFT, [])
    with pytest.raises(NotAllowed, match="发布权限"):
        operations.publish(notice, by=hall.second)
    notice = operations.publish(notice, by=hall.moderator)
    assert list(queries.public(hall.main)) == [notice]
    hall.moderator.department = hall.registry  # now the moderator enters one, too
    own = ResultNotice.objects.create(
        site=hall.main, item=registered, department=hall.registry, number="自录", applicant="李**",
        result=Handled.DONE, decided_on=clock.today(), entered_by=hall.moderator, entered_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="须由别人审核发布"):
        operations.publish(own, by=hall.moderator)
    assert list(queries.to_publish(hall.moderator)) == []


def test_all_that_others_entered_is_published_at_once(hall, registered):
    for place in range(3):
        entered(hall, registered, number=f"第{place}号")
    assert (
        operations.publish_all(hall.main, by=hall.moderator),
        operations.publish_all(hall.main, by=hall.moderator),
    ) == (3, 0)
    assert (
        Notice.objects.filter(recipient=hall.moderator, title__contains="待发布").count() == 1
    )  # told once a day


@pytest.mark.parametrize("who", ["stranger", "collector", "moderator", "inspector", "staff"])
def test_results_are_entered_by_the_department_of_the_item(hall, registered, who):
    with pytest.raises(NotAllowed, match="由注册科的答复人员录入"):
        operations.enter(entry(registered), by=getattr(hall, who))


def test_a_number_stands_once_until_it_is_taken_down(hall, registered):
    notice = operations.publish(entered(hall, registered), by=hall.moderator)
    with pytest.raises(Refused, match="已经录入过"):
        entered(hall, registered)
    with pytest.raises(Refused, match="请写明撤下的理由"):
        operations.withdraw(notice, note="", by=hall.moderator)
    operations.withdraw(notice, note="结果写错", by=hall.moderator)
    assert list(queries.public(hall.main)) == []
    assert entered(hall, registered).number == NUMBER


def test_of_two_who_decide_at_once_the_second_is_told(hall, registered):
    notice = entered(hall, registered)
    operations.publish(notice, by=hall.moderator)
    with pytest.raises(TooLate, match="不能不予公示"):
        operations.discard(notice, note="重复", by=hall.moderator)


def test_a_result_leaves_the_page_when_its_days_are_over(hall, registered):
    days = parameters.value("result_notice_days")
    with clock.at(clock.now() - timedelta(days=days, minutes=-5)):
        young = operations.publish(entered(hall, registered, number="新的"), by=hall.moderator)
    with clock.at(clock.now() - timedelta(days=days, minutes=5)):
        operations.publish(entered(hall, registered, number="旧的"), by=hall.moderator)
    assert list(queries.public(hall.main)) == [young]
    Parameter.objects.create(key="result_notice_days", label="保留", value=None, unit="天", clause="测试")
    parameters.changed()
    assert queries.public(hall.main).count() == 2


def test_the_result_of_a_pre_review_that_passed_is_entered_once_with_its_applicant_masked(hall, registered):
    found = apply(registered, name="欧阳小满")
    with pytest.raises(TooLate, match="只有预审通过的"):
        operations.enter_from(found, of(found), by=hall.clerk)
    found = prereviews.pass_(found, bring="请来窗口", by=hall.clerk)
    notice = operations.enter_from(found, of(found), by=hall.clerk)
    assert (notice.applicant, notice.pre_review, notice.number) == ("欧阳**", found, found.code)
    with pytest.raises(TooLate, match="已经录入过"):
        operations.enter_from(found, of(found, number="另一个"), by=hall.clerk)


def test_the_company_that_applied_keeps_its_name(hall, registered):
    found = apply(registered, name="城东区惠民餐饮服务有限公司", kind=ApplicantType.ORGANISATION)
    found = prereviews.pass_(found, bring="请来窗口", by=hall.clerk)
    assert operations.enter_from(found, of(found), by=hall.clerk).applicant == "城东区惠民餐饮服务有限公司"


def test_a_draft_is_amended_and_keeps_its_masked_name(hall, registered):
    notice = entered(hall, registered)
    amended = operations.amend(notice, entry(registered, name="", result=Handled.DENIED), by=hall.second)
    assert (amended.applicant, amended.result, amended.entered_by) == ("欧阳**", Handled.DENIED, hall.second)
    operations.publish(amended, by=hall.moderator)
    with pytest.raises(TooLate, match="已公示，不能修改"):
        operations.amend(notice, entry(registered), by=hall.clerk)
    assert fresh(notice).result == Handled.DENIED


def test_no_result_is_of_tomorrow(hall, registered):
    with pytest.raises(Refused, match="不能晚于今天"):
        entered(hall, registered, decided_on=clock.today() + timedelta(days=1))


def test_results_are_found_by_their_whole_number_or_words_of_the_item(hall, registered):
    operations.publish(entered(hall, registered), by=hall.moderator)
    rows = queries.public(hall.main)
    assert [queries.matching(rows, words).count() for words in (NUMBER, "个体工商户", "18", "股权")] == [
        1,
        1,
        0,
        0,
    ]


def of(found, **said) -> operations.Entry:
    whole = {"number": found.code, "result": Handled.GRANTED, "decided_on": clock.today()}
    return operations.entry_of(found, **whole | said)
