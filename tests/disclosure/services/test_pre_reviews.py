"""网上预审: materials examined, returned each with its reason, corrected, passed; the clock, the news, the seals."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection

from columns import operations as column_operations
from disclosure.enums.prereviews import PreReviewState, Verdict
from disclosure.models import PreReview, PreReviewFile
from disclosure.operations import applying, pre_review_sweeps, prereviews, service_texts, services
from disclosure.queries import prereviews as queries
from disclosure.rules import prereviews as rules
from portal import clock, limits
from portal.models import AuditEntry, Notice, StoredFile
from portal.workflow import NotAllowed, Refused, TooLate
from tests.disclosure.services.kit import apply, item, materials, password_of, scan
from tests.races import fresh

CHINA = ZoneInfo("Asia/Shanghai")


def at(text: str):
    """`2026-10-14 10:00` in Asia/Shanghai; 14 October 2026 is a Wednesday, without holidays around it."""
    return clock.at(datetime.fromisoformat(text).replace(tzinfo=CHINA))


def returned(hall, registered) -> PreReview:
    """Applied on Wednesday the 14th with three days, returned on Thursday for the identity card."""
    with at("2026-10-14 10:00"):
        found = apply(registered)
    with at("2026-10-15 15:00"):
        return prereviews.return_(found, {materials(found)["身份证"].pk: "只有正面"}, by=hall.clerk)


def sent(found: PreReview, *names: str) -> dict:
    return {materials(found)[name].material_id: [scan(f"新{name}")] for name in names}


def test_a_pre_review_returned_corrected_and_passed(hall, registered):
    """Zhao applies on Wednesday; the clerk finds the identity card incomplete and everything else good.
    Zhao sends that one material again after the weekend; the days in between do not count. The clerk passes it.
    """
    with at("2026-10-14 10:00"):
        found = apply(registered)
    assert (found.state, found.department, found.round) == (PreReviewState.SUBMITTED, hall.registry, 1)
    assert queries.clock_of(found).due_at.astimezone(CHINA).date() == date(2026, 10, 19)
    with at("2026-10-15 15:00"):
        found = prereviews.return_(
            found, {materials(found)["身份证"].pk: "只有正面，请补反面"}, by=hall.clerk
        )
    found_of = materials(found)
    assert [one.verdict for one in found_of.values()] == [Verdict.GOOD, Verdict.FAULTY]
    assert (found.state, found.correct_by) == (PreReviewState.RETURNED, date(2026, 11, 5))
    assert limits.is_paused(queries.clock_of(found))
    with at("2026-10-19 09:00"):
        found = applying.correct(found, sent(found, "身份证"), words="反面已补")
    assert (found.state, found.round, found.correct_by) == (PreReviewState.SUBMITTED, 2, None)
    assert queries.clock_of(found).due_at.astimezone(CHINA).date() == date(2026, 10, 21)
    with at("2026-10-20 11:00"):
        found = prereviews.pass_(found, bring=prereviews.usual_words(found), by=hall.second)
    assert (found.state, queries.clock_of(found).met_at is not None) == (PreReviewState.PASSED, True)
    assert {one.verdict for one in materials(found).values()} == {Verdict.GOOD}
    assert [one.text for one in found.news.all()] == [
        "您的预审申请已收到，由注册科预审，最迟于2026年10月19日告知您结果。",
        "您的材料需要补正，请于2026年11月5日前凭预审编号和查询密码上传补正的材料：\n1. 身份证：只有正面，请补反面",
        "您补正的材料已收到，预审时限继续计算，最迟于2026年10月21日告知您结果。",
        "您的材料预审通过。请携带申请材料原件到窗口办理：工作日 9:00—17:00，人民路 1 号1 号窗口，电话 8005。",
    ]
    verbs = (
        AuditEntry.objects.filter(object_type="disclosure.prereview")
        .order_by("id")
        .values_list("verb", flat=True)
    )
    assert list(verbs) == ["apply", "return_", "correct", "pass_"]


def test_only_what_was_returned_can_be_sent_again(hall, registered):
    found = returned(hall, registered)
    with pytest.raises(TooLate, match="退回的材料有了变化"):
        applying.correct(found, sent(found, "身份证", "申请书"))
    with pytest.raises(Refused, match="请上传补正后的“身份证”"):
        applying.correct(found, {})
    assert (fresh(found).state, PreReviewFile.objects.count()) == (PreReviewState.RETURNED, 2)
    assert StoredFile.objects.count() == 2  # what was refused left no file behind


def test_files_of_every_round_are_kept_for_the_department(hall, registered):
    found = returned(hall, registered)
    applying.correct(found, sent(found, "身份证"))
    one = next(row for row in queries.materials(found) if str(row) == "身份证")
    assert [(file.round, file.file.name) for file in one.files.all()] == [
        (2, "新身份证.txt"),
        (1, "身份证.txt"),
    ]


@pytest.mark.parametrize(
    ("faults", "words"), [({}, "请勾选需要补正的材料"), ({"身份证": " "}, "请写明“身份证”")]
)
def test_nothing_is_returned_without_saying_what_is_wrong(hall, registered, faults, words):
    found = apply(registered)
    with pytest.raises(Refused, match=words):
        prereviews.return_(
            found, {materials(found)[name].pk: why for name, why in faults.items()}, by=hall.clerk
        )
    assert fresh(found).state == PreReviewState.SUBMITTED
    assert not limits.is_paused(queries.clock_of(found))


def test_a_material_of_another_application_is_not_returned_here(hall, registered):
    found, other = apply(registered), apply(registered, nonce="1" * 32)
    with pytest.raises(Refused, match="请勾选"):
        prereviews.return_(found, {materials(other)["身份证"].pk: "不清楚"}, by=hall.clerk)


def test_a_clock_that_has_run_out_does_not_stand_still(hall, registered):
    with at("2026-10-14 10:00"):
        found = apply(registered)
    with at("2026-10-22 10:00"):
        found = prereviews.return_(found, {materials(found)["身份证"].pk: "只有正面"}, by=hall.clerk)
        assert not limits.is_paused(queries.clock_of(found))
    with at("2026-10-26 10:00"):
        found = applying.correct(found, sent(found, "身份证"))
        assert limits.time_left(queries.clock_of(found)) == "已逾期 5 个工作日"


def test_of_two_clerks_who_decide_at_once_the_second_is_told(hall, registered):
    found = apply(registered)
    prereviews.pass_(found, bring="请来窗口", by=hall.clerk)
    with pytest.raises(TooLate, match="现在是“预审通过”，不能退回补正"):
        prereviews.return_(found, {materials(found)["身份证"].pk: "只有正面"}, by=hall.second)
    with pytest.raises(TooLate, match="不能不予通过"):
        prereviews.refuse(found, note="不符", by=hall.second)
    assert fresh(found).news.count() == 2


def test_an_applicant_who_withdraws_while_the_clerk_decides_is_first(hall, registered):
    found = apply(registered)
    applying.withdraw(found)
    with pytest.raises(TooLate, match="现在是“已撤回”"):
        prereviews.pass_(found, bring="请来窗口", by=hall.clerk)
    assert queries.clock_of(found).met_at is not None


@pytest.mark.parametrize(
    "who", ["stranger", "collector", "moderator", "inspector", "auditor", "head_person", "chief"]
)
def test_only_the_clerks_of_the_department_decide(hall, registered, who):
    found, by = apply(registered), getattr(hall, who)
    for act in (
        lambda: prereviews.pass_(found, bring="请来窗口", by=by),
        lambda: prereviews.return_(found, {materials(found)["身份证"].pk: "只有正面"}, by=by),
        lambda: prereviews.refuse(found, note="不符", by=by),
        lambda: prereviews.read(found, by=by),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert rules.may_see(by, found) == (who in ("inspector", "auditor"))
    assert not rules.handles(by, found)


def test_whoever_acts_for_a_clerk_decides_in_their_name(hall, registered):
    found, today = apply(registered), clock.today()
    column_operations.name_acting(
        hall.clerk,
        hall.stranger,
        starts_on=today,
        ends_on=today + timedelta(days=2),
        by=hall.chief,
        reason="培训",
    )
    passed = prereviews.pass_(found, bring="请来窗口", by=hall.stranger)
    entry = AuditEntry.objects.get(object_id=str(passed.pk), verb="pass_")
    assert (entry.actor, entry.acting_for) == (hall.stranger, hall.clerk)


def test_who_applies_is_sealed_and_stands_in_no_audit_notice_or_list(hall, registered):
    found = apply(registered, words="家住北桥路 9 号")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, phone, email, words FROM disclosure_prereview")
        assert not any("赵小满" in cell or "1380" in cell or "北桥路" in cell for cell in cursor.fetchone())
    said = [
        *AuditEntry.objects.values_list("note", "object_label"),
        *Notice.objects.values_list("title", "body"),
    ]
    assert not any("赵小满" in words for row in said for words in row)
    assert fresh(found).name == "赵小满"


def test_the_same_form_sent_twice_is_one_application_with_one_receipt(hall, registered):
    found = apply(registered)
    assert apply(registered) == found
    assert PreReview.objects.count() == 1
    assert len(found.code) == 13
    apply(registered, nonce="1" * 32)
    first, again, other = (password_of(registered, nonce * 32) for nonce in "001")
    assert first == again != other


def test_a_material_that_is_always_needed_may_not_be_missing(hall, registered):
    with pytest.raises(Refused, match="请上传“申请书”") as refusal:
        apply(registered, files={})
    assert refusal.value.field == f"material_{registered.guide.materials.get(name='申请书').pk}"
    assert (PreReview.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_guide_renewed_meanwhile_asks_for_the_new_materials(hall, registered):
    old = {one.pk: [scan()] for one in registered.guide.materials.all()}
    guide = service_texts.revise(registered, by=hall.collector)
    services.submit(guide, by=hall.collector)
    services.approve(guide, by=hall.moderator)
    with pytest.raises(Refused, match="办事指南刚刚更新"):
        apply(registered, files=old)


def test_an_application_stays_with_the_guide_it_was_made_by(hall, registered):
    found = apply(registered)
    guide = service_texts.revise(registered, by=hall.collector)
    services.submit(guide, by=hall.collector)
    services.approve(guide, by=hall.moderator)
    assert fresh(found).guide == registered.guide != fresh(registered).guide
    assert set(materials(found)) == {"申请书", "身份证"}


def test_what_is_suspended_retired_or_not_open_takes_no_application(hall, registered):
    window_only = item(hall, name="到窗口办", takes_pre_review=False)
    with pytest.raises(Refused, match="没有开通网上预审"):
        apply(window_only)
    suspended = services.suspend(registered, note="搬迁", by=hall.moderator)
    with pytest.raises(Refused, match="暂停办理：搬迁"):
        apply(suspended)
    retired = services.retire(suspended, note="取消", by=hall.moderator)
    with pytest.raises(Refused, match="现在不办理"):
        apply(retired)


def test_the_department_is_called_at_each_stage_once_and_not_while_the_applicant_corrects(hall, registered):
    with at("2026-10-14 10:00"):
        found = apply(registered)
    calls = []
    for moment in ("2026-10-14 11:00", "2026-10-16 09:00", "2026-10-16 15:00", "2026-10-18 09:00", "2026-10-19 09:00",
                   "2026-10-20 09:00", "2026-10-20 16:00"):  # fmt: skip
        with at(moment):
            calls.append(pre_review_sweeps.remind_of_pre_reviews())
    assert calls == [0, 2, 0, 0, 2, 2, 0]  # a Sunday is no day for calls
    with at("2026-10-20 17:00"):
        prereviews.return_(found, {materials(found)["身份证"].pk: "只有正面"}, by=hall.clerk)
    with at("2026-10-21 09:00"):
        assert pre_review_sweeps.remind_of_pre_reviews() == 0


def test_the_head_hears_of_what_is_overdue(hall, registered):
    hall.registry.head = hall.signer
    hall.registry.save()
    with at("2026-10-14 10:00"):
        apply(registered)
    with at("2026-10-20 09:00"):
        assert pre_review_sweeps.remind_of_pre_reviews() == 3
    assert (
        Notice.objects.filter(recipient=hall.signer, title="网上预审已逾期：个体工商户设立登记").count() == 1
    )


def test_what_is_never_corrected_ends_after_its_last_day(hall, registered):
    found = returned(hall, registered)
    with at("2026-11-05 23:00"):
        assert pre_review_sweeps.lapse_pre_reviews() == 0
    with at("2026-11-06 01:00"):
        assert pre_review_sweeps.lapse_pre_reviews() == 1
        assert pre_review_sweeps.lapse_pre_reviews() == 0
    assert fresh(found).state == PreReviewState.LAPSED
    with pytest.raises(TooLate):
        applying.correct(found, sent(found, "身份证"))


def test_news_is_mailed_once_without_who_applied(hall, registered):
    apply(registered)
    apply(registered, nonce="1" * 32, email="")
    assert (pre_review_sweeps.mail_pre_review_news(), pre_review_sweeps.mail_pre_review_news()) == (1, 0)
    letter = mail.outbox[0]
    assert letter.to == ["xiaoman@example.cn"]
    assert "凭预审编号" in letter.body
    assert "赵小满" not in letter.body + letter.subject


def test_each_reading_is_put_on_record(hall, registered):
    found = apply(registered)
    prereviews.read(found, by=hall.clerk)
    assert AuditEntry.objects.get(verb="look", object_id=str(found.pk)).actor == hall.clerk


def test_what_waits_is_the_departments_alone(hall, registered):
    found = apply(registered)
    assert list(queries.waiting_for(hall.clerk)) == list(queries.waiting_for(hall.second)) == [found]
    assert not queries.waiting_for(hall.stranger).exists()
    assert not queries.waiting_for(hall.moderator).exists()
    assert list(queries.seen_by(hall.inspector)) == [found]
