"""时限: started, paused, extended, met; moved by the calendar; every change on record."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal import clock, limits
from portal.enums import DepartmentKind, Urgency
from portal.models import AuditEntry, CalendarDay, Department, Limit, LimitExtension, LimitPause, Notice, User
from portal.workdays import Calendar
from portal.workflow import Refused

pytestmark = pytest.mark.django_db
CLAUSE = "办法第十五条"


def moment(text: str, hour: int = 10) -> datetime:
    day = date.fromisoformat(text)
    return timezone.make_aware(datetime(day.year, day.month, day.day, hour))


def due_day(limit: Limit) -> str:
    return timezone.localdate(limit.due_at).isoformat()


@pytest.fixture
def moderator() -> User:
    return User.objects.create_user("banzhu-1", name="周明")


@pytest.fixture
def subject() -> Department:
    return Department.objects.create(name="办公室", code="bgs", kind=DepartmentKind.SECTION)


@pytest.fixture
def started(subject, moderator):
    """Start a limit in the morning of a day."""

    def start(day: str, working_days: int, owner: User | None = moderator) -> Limit:
        return limits.start(
            subject, label="审查回复", clause=CLAUSE, working_days=working_days, owner=owner, at=moment(day)
        )

    return start


# --- starting -------------------------------------------------------------------------------------


def test_start_stores_the_due_date_with_how_it_was_computed(started):
    limit = started("2026-09-30", 2)

    assert limit.due_at == timezone.make_aware(datetime(2026, 10, 9, 23, 59, 59))
    assert Limit.objects.get(pk=limit.pk).computed == {
        "rule": "自起算次日起计，至最后一个工作日24时；暂停期间不计",
        "start": "2026-09-30",
        "days": 2,
        "due": "2026-10-09",
        "estimated": False,
        "skipped": [{"date": f"2026-10-0{day}", "why": "国庆节"} for day in range(1, 8)],
        "made_up": [],
        "explained": "2026年9月30日起算，2个工作日，国庆节10月1日至7日不计，10月9日到期",
        "pauses": [],
        "extensions": [],
    }


def test_start_counts_from_now_by_default(subject):
    with clock.at(moment("2026-10-12")):
        limit = limits.start(subject, label="审核", clause=CLAUSE, working_days=2)

    assert (limit.started_at, due_day(limit)) == (moment("2026-10-12"), "2026-10-14")


def test_open_limits_of_a_thing_are_those_not_met(started, subject):
    done, later, sooner = started("2026-10-12", 2), started("2026-10-12", 5), started("2026-10-12", 3)
    limits.meet(done)

    assert list(limits.open_limits_for(subject)) == [sooner, later]


# --- pausing and extending ------------------------------------------------------------------------


def test_paused_working_days_move_the_due_date(started, moderator):
    limit = started("2026-10-12", 5)  # Monday; due next Monday
    with clock.at(moment("2026-10-14")):
        limit = limits.pause(limit, clause="条例第三十二条", reason="征求第三方意见", by=moderator)
        assert due_day(limit) == "2026-10-19"
    with clock.at(moment("2026-10-21")):  # five working days later
        limit = limits.resume(limit, by=moderator)

    assert due_day(limit) == "2026-10-26"
    assert limit.computed["days"] == 10
    assert limit.computed["explained"].endswith("10月26日到期；含暂停5个工作日")
    assert [(one["clause"], one["reason"]) for one in limit.computed["pauses"]] == [
        ("条例第三十二条", "征求第三方意见")
    ]


def test_pause_over_a_holiday_only_moves_by_its_working_days(started, moderator):
    limit = started("2026-09-29", 3)
    with clock.at(moment("2026-09-30")):
        limits.pause(limit, clause=CLAUSE, reason="补正", by=moderator)
    with clock.at(moment("2026-10-08")):
        limit = limits.resume(limit, by=moderator)

    assert due_day(limit) == "2026-10-10"  # 30 September counted, 8 October stood still


def test_pause_resumed_on_the_same_day_moves_nothing(started, moderator):
    limit = started("2026-10-12", 5)
    with clock.at(moment("2026-10-13")):
        limits.pause(limit, clause=CLAUSE, reason="补正", by=moderator)
        limit = limits.resume(limit, by=moderator)

    assert due_day(limit) == "2026-10-19"


def test_extension_adds_working_days(started, moderator):
    limit = started("2026-10-12", 5)
    with clock.at(moment("2026-10-16")):
        limit = limits.extend(limit, 3, clause="条例第三十三条", reason="案情复杂", by=moderator)

    assert due_day(limit) == "2026-10-22"
    assert limit.computed["extensions"] == [
        {
            "days": 3,
            "at": "2026-10-16T02:00:00+00:00",
            "clause": "条例第三十三条",
            "reason": "案情复杂",
            "document": "",
        }
    ]


@given(data=st.data())
def test_pauses_and_extensions_add_up(data):
    """However often it is paused and extended, the due date is the plain count over all those days."""
    day, calendar = date(2026, 8, 3), Calendar()
    limit = Limit(started_at=moment("2026-08-03"), working_days=data.draw(st.integers(20, 40)))
    pauses, extensions, stood_still = [], [], 0
    for _ in range(data.draw(st.integers(0, 3))):
        begun = day + timedelta(data.draw(st.integers(0, 4)))
        day = begun + timedelta(data.draw(st.integers(0, 9)))
        pauses.append(LimitPause(started_at=moment(str(begun)), ended_at=moment(str(day), 11)))
        stood_still += calendar.working_days_between(begun, day)
    for days in data.draw(st.lists(st.integers(1, 20), max_size=3)):
        extensions.append(LimitExtension(working_days=days, at=moment("2026-08-04")))

    limits.reckon(limit, pauses, extensions, calendar)

    total = limit.working_days + stood_still + sum(one.working_days for one in extensions)
    assert timezone.localdate(limit.due_at) == calendar.add(date(2026, 8, 3), total).due


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda limit, by: limits.resume(limit, by=by), "时限没有暂停"),
        (lambda limit, by: limits.pause(limit, clause=CLAUSE, reason=" ", by=by), "请写明暂停的理由"),
        (lambda limit, by: limits.extend(limit, 1, clause=CLAUSE, reason="", by=by), "请写明延期的理由"),
        (
            lambda limit, by: limits.extend(limit, 0, clause=CLAUSE, reason="忙", by=by),
            "延长的工作日须在 1 个以上",
        ),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(started, moderator, act, message):
    limit = started("2026-10-12", 5)
    with clock.at(moment("2026-10-13")), pytest.raises(Refused) as refusal:
        act(limit, moderator)

    assert refusal.value.message == message
    assert (limit.pauses.count(), limit.extensions.count()) == (0, 0)


def test_paused_limit_cannot_be_paused_again(started, moderator):
    limit = started("2026-10-12", 5)
    with clock.at(moment("2026-10-13")):
        limits.pause(limit, clause=CLAUSE, reason="补正", by=moderator)
        with pytest.raises(Refused, match="时限已经暂停"):
            limits.pause(limit, clause=CLAUSE, reason="补正", by=moderator)


def test_overdue_limit_cannot_be_stretched(started, moderator):
    limit = started("2026-10-12", 1)
    with clock.at(moment("2026-10-14")):
        with pytest.raises(Refused, match="时限已逾期，不能再暂停"):
            limits.pause(limit, clause=CLAUSE, reason="补正", by=moderator)
        with pytest.raises(Refused, match="时限已逾期，不能再延期"):
            limits.extend(limit, 2, clause=CLAUSE, reason="案情复杂", by=moderator)


def test_met_limit_stands_for_good(started, moderator):
    limit = started("2026-10-12", 5)
    with clock.at(moment("2026-10-13")):
        limits.meet(limit, by=moderator)
    with clock.at(moment("2026-10-15")):
        assert limits.meet(limit).met_at == moment("2026-10-13")
        with pytest.raises(Refused, match="事项已办结，时限不再变动"):
            limits.extend(limit, 2, clause=CLAUSE, reason="案情复杂", by=moderator)


def test_thing_done_while_paused_is_not_late(started, moderator):
    limit = started("2026-10-12", 2)
    with clock.at(moment("2026-10-13")):
        limits.pause(limit, clause=CLAUSE, reason="补正", by=moderator)
    with clock.at(moment("2026-10-30")):
        limit = limits.meet(limit, by=moderator)

    assert limits.time_left(limit) == "按时办结"


# --- how it stands --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "urgency", "text"),
    [
        ("2026-10-12", Urgency.OK, "还剩 3 个工作日"),
        ("2026-10-13", Urgency.OK, "还剩 2 个工作日"),
        ("2026-10-14", Urgency.AMBER, "还剩 1 个工作日"),
        ("2026-10-15", Urgency.AMBER, "今天到期"),
        ("2026-10-16", Urgency.RED, "已逾期 1 个工作日"),
        ("2026-10-18", Urgency.RED, "已逾期 1 个工作日"),
        ("2026-10-20", Urgency.RED, "已逾期 3 个工作日"),
    ],
)
def test_urgency_and_time_left_from_day_to_day(started, now, urgency, text):
    limit = started("2026-10-12", 3)

    assert limits.urgency(limit, moment(now)) == urgency
    assert limits.urgency(limit.due_at, moment(now)) == urgency
    assert limits.time_left(limit, moment(now)) == text


def test_weekend_right_after_the_end_is_overdue_by_no_working_day(started):
    assert limits.time_left(started("2026-10-15", 1), moment("2026-10-17")) == "已逾期"


def test_paused_limit_is_neither_urgent_nor_overdue(started, moderator):
    paused, running = started("2026-10-12", 2), started("2026-10-12", 2)
    with clock.at(moment("2026-10-13")):
        paused = limits.pause(paused, clause=CLAUSE, reason="补正", by=moderator)

    assert limits.urgency(paused, moment("2026-10-30")) == Urgency.OK
    assert limits.time_left(paused, moment("2026-10-30")) == "已暂停"
    assert list(limits.overdue(moment("2026-10-30"))) == [running]
    assert list(limits.overdue(moment("2026-10-14"))) == []


def test_thing_done_after_the_end_is_late(started):
    limit = started("2026-10-12", 1)
    with clock.at(moment("2026-10-14")):
        assert limits.time_left(limits.meet(limit)) == "逾期办结"


def test_many_limits_are_judged_with_one_reading_of_the_calendar(started, django_assert_num_queries):
    many = [started("2026-10-12", days) for days in range(1, 6)]
    with clock.at(moment("2026-10-13")):
        with django_assert_num_queries(2):
            calendar = limits.calendar_for(many)
        with django_assert_num_queries(0):
            words = [limits.time_left(limit, calendar=calendar) for limit in many]

    assert words == ["今天到期", *(f"还剩 {days} 个工作日" for days in range(1, 5))]


def test_estimated_date_is_marked_where_it_shows(started):
    assert limits.due_text(started("2026-12-30", 3)) == "2027年1月4日（暂按周末推算）"
    assert limits.due_text(started("2026-10-12", 3)) == "2026年10月15日"


# --- a changed calendar ---------------------------------------------------------------------------


def test_recompute_moves_open_limits_and_tells_owners_once(started, moderator, subject):
    moved, untouched, done = started("2026-10-12", 3), started("2026-10-12", 1), started("2026-10-12", 3)
    limits.meet(done)
    CalendarDay.objects.create(date=date(2026, 10, 14), is_workday=False, note="系统割接")

    assert limits.recompute_open() == [moved]
    assert limits.recompute_open() == []

    notice = Notice.objects.get()
    assert notice.recipient == moderator
    assert notice.title == "审查回复“办公室”到期日由2026-10-15改为2026-10-16"
    assert "系统割接10月14日不计" in notice.body
    assert [due_day(Limit.objects.get(pk=one.pk)) for one in (moved, untouched, done)] == [
        "2026-10-16",
        "2026-10-13",
        "2026-10-15",
    ]


def test_recompute_without_owner_tells_nobody(started):
    started("2026-10-12", 3, owner=None)
    CalendarDay.objects.create(date=date(2026, 10, 14), is_workday=False)

    assert len(limits.recompute_open()) == 1
    assert Notice.objects.count() == 0


def test_recompute_takes_the_same_queries_for_many(started, django_assert_max_num_queries):
    for _ in range(30):
        started("2026-10-12", 1)
    with django_assert_max_num_queries(8):
        assert limits.recompute_open() == []


def test_recompute_keeps_pauses_and_extensions(started, moderator):
    limit = started("2026-10-12", 3)
    with clock.at(moment("2026-10-13")):
        limits.pause(limit, clause=CLAUSE, reason="补正", by=moderator)
    with clock.at(moment("2026-10-16")):
        limits.resume(limit, by=moderator)
        limits.extend(limit, 2, clause=CLAUSE, reason="案情复杂", by=moderator)
    assert due_day(Limit.objects.get()) == "2026-10-22"
    CalendarDay.objects.create(date=date(2026, 10, 15), is_workday=False)  # inside the pause

    assert limits.recompute_open() == []
    CalendarDay.objects.create(date=date(2026, 10, 20), is_workday=False)

    assert [due_day(one) for one in limits.recompute_open()] == ["2026-10-23"]


def test_every_change_is_on_record(started, moderator):
    limit = started("2026-10-12", 3)
    with clock.at(moment("2026-10-13")):
        limits.pause(limit, clause=CLAUSE, reason="补正", by=moderator)
        limits.resume(limit, by=moderator)
        limits.extend(limit, 2, clause="条例第三十三条", reason="案情复杂", by=moderator)
        CalendarDay.objects.create(date=date(2026, 10, 15), is_workday=False)
        limits.recompute_open()
        limits.meet(limit, by=moderator)

    entries = AuditEntry.objects.order_by("id")
    assert [(one.label, one.actor.name, one.clause, one.note) for one in entries] == [
        ("开始计时", "系统", CLAUSE, "2026年10月12日起算，3个工作日，10月15日到期"),
        ("暂停计时", "周明", CLAUSE, "补正；2026年10月15日到期"),
        ("恢复计时", "周明", CLAUSE, "2026年10月15日到期"),
        ("延期2个工作日", "周明", "条例第三十三条", "案情复杂；2026年10月19日到期"),
        ("重新推算时限", "系统", CLAUSE, "工作日历调整，到期日由2026-10-19改为2026-10-20"),
        ("办结", "周明", CLAUSE, "2026年10月20日到期"),
    ]
