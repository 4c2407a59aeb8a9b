"""The life of an activity, state × verb × role, and what its dates add: what is written here is allowed, no more."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from interaction.enums.activities import ActivityKind, ActivityState, Participants, Phase
from interaction.models import Activity
from interaction.operations import activities as operations
from interaction.operations import activity_moves as moves
from interaction.rules import activities as rules
from interaction.rules import kinds
from interaction.workflow.activities import ACTIVITY
from portal import clock
from portal.models import AuditEntry, Notice
from portal.workflow import NotAllowed, Refused, TooLate, fire
from tests.interaction.activity_kit import BARE, frame, make

pytestmark = pytest.mark.django_db
ROLES = (
    "collector", "head_person", "moderator", "signer", "inspector", "granter", "security", "auditor", "chief", "staff",
)  # fmt: skip
ALLOWED = {
    ("DRAFT", "report"): {"collector", "moderator"},
    ("DRAFT", "discard"): {"collector", "moderator"},
    ("RETURNED", "report"): {"collector", "moderator"},
    ("RETURNED", "discard"): {"collector", "moderator"},
    ("IN_REVIEW", "recall"): {"collector"},
    ("IN_REVIEW", "approve"): {"head_person"},
    ("IN_REVIEW", "return_"): {"head_person"},
    ("APPROVED", "publish_results"): {"moderator"},
    ("APPROVED", "keep_results"): {"moderator"},
    ("APPROVED", "take_back_results"): {"moderator"},
    ("APPROVED", "end"): {"moderator"},
    ("APPROVED", "withdraw"): {"moderator"},
}


@pytest.fixture(autouse=True)
def _bare_kind(monkeypatch):
    monkeypatch.setitem(kinds._kinds, ActivityKind.INTERVIEW, BARE)


def entries(activity: Activity) -> list[str]:
    rows = AuditEntry.objects.filter(object_type="interaction.activity", object_id=str(activity.pk))
    return list(rows.order_by("pk").values_list("verb", flat=True))


@pytest.mark.parametrize("state", ActivityState.values)
def test_verbs_work_for_exactly_the_roles_of_the_table(state, office):
    activity = make(office, upto="report")
    for verb in ACTIVITY.transitions:
        done = set()
        for role in ROLES:
            Activity.objects.filter(pk=activity.pk).update(state=state)
            try:
                fire(activity, verb, actor=getattr(office, role), why_not=rules.why_not, note="理由")
                done.add(role)
            except (NotAllowed, TooLate):
                assert Activity.objects.get(pk=activity.pk).state == state
        assert (verb, done) == (verb, ALLOWED.get((state, verb), set()))


def test_unknown_verb_raises(office):
    with pytest.raises(KeyError):
        rules.why_not(office.moderator, "bless", make(office))


def test_a_way_from_draft_to_results(office):
    activity = make(office)
    assert (activity.phase, activity.standing) == (None, ActivityState.DRAFT)
    activity = moves.report(activity, by=office.collector)
    activity = moves.approve(activity, by=office.head_person, note="可以")
    assert (activity.phase, activity.decided_by) == (Phase.OPEN, office.head_person)
    with clock.at(clock.now() + timedelta(days=8)):
        assert activity.phase == Phase.CLOSED
        activity = moves.publish_results(activity, by=office.moderator)
    assert activity.results_published_by == office.moderator
    assert entries(activity) == ["create", "report", "approve", "publish_results"]


def test_phases_follow_the_dates_without_a_sweep(office):
    now = clock.now()
    activity = make(
        office, upto="approve", opens_at=now + timedelta(days=1), closes_at=now + timedelta(days=2)
    )
    seen = []
    for hours in (0, 24, 47, 48):
        with clock.at(now + timedelta(hours=hours)):
            seen.append((activity.phase, Activity.objects.in_phase(activity.phase).count()))
    assert seen == [(Phase.COMING, 1), (Phase.OPEN, 1), (Phase.OPEN, 1), (Phase.CLOSED, 1)]


def test_nobody_approves_what_they_wrote_or_reported(office):
    role = office.head_person
    activity = make(office)
    activity.writers.add(role)
    with pytest.raises(Refused, match="目前没有可审核的人"):
        moves.report(activity, by=office.collector)
    assert Activity.objects.get(pk=activity.pk).state == ActivityState.DRAFT


def test_whoever_changed_it_does_not_approve_it(office):
    activity = make(office, upto="report")
    activity.writers.add(office.head_person)
    with pytest.raises(NotAllowed, match="不能审核自己编写或提交的活动"):
        moves.approve(activity, by=office.head_person)


def test_what_was_not_looked_at_is_not_approved(office):
    activity = make(office, upto="report")
    seen = activity.version
    moves.recall(activity, by=office.collector)
    operations.save(activity, frame(office, title="换了题目"), by=office.collector)
    moves.report(activity, by=office.collector)
    with pytest.raises(TooLate):
        moves.approve(activity, by=office.head_person, version=seen)


def test_missing_dates_and_a_date_gone_by_keep_it_from_review(office):
    activity = make(office, opens_at=None, closes_at=None)
    with pytest.raises(Refused, match="请填写开始时间和截止时间"):
        moves.report(activity, by=office.collector)
    past = clock.now() - timedelta(days=1)
    over = make(office, opens_at=past - timedelta(days=1), closes_at=past)
    with pytest.raises(Refused, match="截止时间已经过去"):
        moves.report(over, by=office.collector)


def test_what_ran_out_while_it_waited_is_not_approved(office):
    activity = make(office, upto="report")
    with clock.at(clock.now() + timedelta(days=8)), pytest.raises(Refused, match="截止时间已经过去"):
        moves.approve(activity, by=office.head_person)


def test_an_approved_activity_is_changed_no_more(office):
    activity = make(office, upto="approve")
    with pytest.raises(TooLate, match="不能修改"):
        operations.save(activity, frame(office, title="换了题目"), by=office.collector)
    with pytest.raises(TooLate, match="不能修改"):
        operations.change(activity, by=office.collector)


def test_a_copy_is_a_new_draft_without_dates(office):
    activity = make(
        office, upto="approve", participants=Participants.DEPARTMENTS, departments=[office.station]
    )
    new = operations.copy(activity, by=office.collector)
    assert (new.state, new.copy_of, new.title, new.opens_at) == (
        "DRAFT",
        activity,
        activity.title,
        None,
    )
    assert list(new.departments.all()) == [office.station]


def test_ending_early_closes_for_good(office):
    activity = make(office, upto="approve")
    with pytest.raises(Refused, match="请写明提前结束的理由"):
        moves.end(activity, by=office.moderator, note=" ")
    activity = moves.end(activity, by=office.moderator, note="人手调整")
    assert (activity.phase, activity.over_at) == (Phase.CLOSED, activity.ended_at)
    with pytest.raises(TooLate, match="不需要提前结束"):
        moves.end(activity, by=office.moderator, note="再来一次")


def test_results_are_sealed_until_it_is_over_for_everybody(office):
    activity = make(office, upto="approve", participants=Participants.EVERYONE)
    with pytest.raises(TooLate, match="结束才启封"):
        moves.publish_results(activity, by=office.moderator)
    people = [getattr(office, role) for role in ROLES]
    assert [rules.may_see_results(one, activity) for one in people] == [False] * len(ROLES)
    with clock.at(clock.now() + timedelta(days=8)):
        seen = {role for role in ROLES if rules.may_see_results(getattr(office, role), activity)}
        assert seen == {"collector", "head_person", "moderator", "signer", "inspector", "auditor"}
        activity = moves.publish_results(activity, by=office.moderator)
        assert rules.may_see_results(office.staff, activity)


def test_results_taken_back_are_gone_and_remind_nobody(office):
    activity = make(office, upto="approve", participants=Participants.EVERYONE)
    with clock.at(clock.now() + timedelta(days=8)):
        activity = moves.publish_results(activity, by=office.moderator)
        with pytest.raises(TooLate, match="结果已经公布"):
            moves.publish_results(activity, by=office.moderator)
        activity = moves.take_back_results(activity, by=office.moderator, note="口径有误")
        assert (rules.may_see_results(office.staff, activity), bool(activity.results_kept_at)) == (
            False,
            True,
        )


def test_a_withdrawn_activity_is_over_and_its_page_gone(office):
    activity = make(office, upto="approve", participants=Participants.EVERYONE)
    activity = moves.withdraw(activity, by=office.moderator, note="题目有误")
    assert (activity.phase, rules.may_see(office.staff, activity)) == (Phase.CLOSED, False)
    assert rules.why_not_take_part(office.staff, activity) == "这项活动没有公布"


def test_reviewers_hear_of_a_report_and_writers_of_the_decision(office):
    activity = make(office, upto="report")
    assert list(Notice.objects.values_list("recipient__name", "title")) == [
        ("科室负责人", "待审核在线访谈：在线访谈：食品安全怎么看")
    ]
    moves.return_(activity, by=office.head_person, note="请补充嘉宾")
    told = Notice.objects.get(recipient=office.collector)
    assert (told.title, told.body) == ("退回：在线访谈：食品安全怎么看", "科室负责人：请补充嘉宾")
    assert Notice.objects.get(recipient=office.head_person).read_at is not None


def test_without_the_power_on_the_whole_site_nothing_is_made(office):
    for role in set(ROLES) - {"collector", "moderator"}:
        with pytest.raises(NotAllowed):
            operations.create(ActivityKind.INTERVIEW, office.main, frame(office), by=getattr(office, role))
    assert Activity.objects.count() == 0


def test_a_frame_that_closes_before_it_opens_is_refused_by_the_database_too(office):
    now = clock.now()
    with pytest.raises(Refused, match="截止时间须在开始时间之后"):
        make(office, opens_at=now, closes_at=now - timedelta(hours=1))
    activity = make(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(closes_at=activity.opens_at)


# --- who sees it, who takes part -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("participants", "seen", "invited"),
    [
        (Participants.EVERYONE, {"anonymous", "staff", "collector"}, {"anonymous", "staff", "collector"}),
        (Participants.STAFF, {"staff", "collector"}, {"staff", "collector"}),
        (Participants.DEPARTMENTS, {"collector"}, set()),
    ],
)
def test_who_finds_the_page_and_who_takes_part(office, participants, seen, invited):
    activity = make(office, upto="approve", participants=participants, departments=[office.station])
    people = {"anonymous": AnonymousUser(), "staff": office.staff, "collector": office.collector}
    assert {key for key, one in people.items() if rules.may_see(one, activity)} == seen
    assert {key for key, one in people.items() if not rules.why_not_take_part(one, activity)} == invited


def test_a_named_department_speaks_for_those_below_it(office):
    activity = make(
        office, upto="approve", participants=Participants.DEPARTMENTS, departments=[office.bureau]
    )
    assert rules.why_not_take_part(office.staff, activity) == ""


def test_before_and_after_its_time_it_says_when(office):
    activity = make(office, upto="approve")
    with clock.at(activity.opens_at - timedelta(minutes=1)):
        assert rules.why_not_take_part(office.staff, activity).startswith("还没有开始，20")
    with clock.at(activity.closes_at):
        assert rules.why_not_take_part(office.staff, activity).endswith("结束，不能再参加")
