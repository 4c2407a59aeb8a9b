"""The working-day calendar: the published years day by day, and what must hold whatever the table says."""

from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.models import CalendarDay, CalendarYear
from portal.workdays import Calendar, Day, explain

PLAN = Calendar()  # an empty table: the package's published years alone

# (first day, last day, whether worked, why) as the State Council published them
PUBLISHED = [
    ("2025-01-01", "2025-01-01", False, "元旦"),
    ("2025-01-26", "2025-01-26", True, "调休上班"),
    ("2025-01-28", "2025-02-04", False, "春节"),
    ("2025-02-08", "2025-02-08", True, "调休上班"),
    ("2025-04-04", "2025-04-06", False, "清明节"),
    ("2025-04-27", "2025-04-27", True, "调休上班"),
    ("2025-05-01", "2025-05-05", False, "劳动节"),
    ("2025-05-31", "2025-06-02", False, "端午节"),
    ("2025-09-28", "2025-09-28", True, "调休上班"),
    ("2025-10-01", "2025-10-03", False, "国庆节"),
    ("2025-10-04", "2025-10-05", False, "国庆节、中秋节"),
    ("2025-10-06", "2025-10-06", False, "中秋节"),
    ("2025-10-07", "2025-10-08", False, "国庆节、中秋节"),
    ("2025-10-09", "2025-10-10", True, ""),
    ("2025-10-11", "2025-10-11", True, "调休上班"),
    ("2025-10-12", "2025-10-12", False, "周日"),
    ("2026-01-01", "2026-01-03", False, "元旦"),
    ("2026-01-04", "2026-01-04", True, "调休上班"),
    ("2026-02-14", "2026-02-14", True, "调休上班"),
    ("2026-02-15", "2026-02-23", False, "春节"),
    ("2026-02-28", "2026-02-28", True, "调休上班"),
    ("2026-04-04", "2026-04-06", False, "清明节"),
    ("2026-05-01", "2026-05-05", False, "劳动节"),
    ("2026-05-09", "2026-05-09", True, "调休上班"),
    ("2026-06-19", "2026-06-21", False, "端午节"),
    ("2026-09-20", "2026-09-20", True, "调休上班"),
    ("2026-09-25", "2026-09-27", False, "中秋节"),
    ("2026-10-01", "2026-10-07", False, "国庆节"),
    ("2026-10-08", "2026-10-09", True, ""),
    ("2026-10-10", "2026-10-10", True, "调休上班"),
    ("2026-10-11", "2026-10-11", False, "周日"),
    ("2026-10-17", "2026-10-17", False, "周六"),
]


def days(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(i) for i in range((end - start).days + 1)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(day, Day(worked, why)) for first, last, worked, why in PUBLISHED for day in days(first, last)],
    ids=str,
)
def test_published_day_is_what_the_notice_says(day, expected):
    assert PLAN.day(day) == expected


@pytest.mark.parametrize(("year", "working_days"), [(2025, 248), (2026, 248)])
def test_published_year_has_the_known_number_of_working_days(year, working_days):
    assert PLAN.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == working_days


def test_ten_days_over_national_day_2026():
    due = PLAN.add(date(2026, 9, 30), 10)

    assert due.due == date(2026, 10, 20)
    assert due.skipped == [
        *[(day, "国庆节") for day in days("2026-10-01", "2026-10-07")],
        (date(2026, 10, 11), "周日"),
        (date(2026, 10, 17), "周六"),
        (date(2026, 10, 18), "周日"),
    ]
    assert due.made_up == [date(2026, 10, 10)]
    assert due.estimated is False
    assert explain(due) == (
        "2026年9月30日起算，10个工作日，国庆节10月1日至7日、周末不计，10月10日调休上班计入，10月20日到期"
    )


def test_break_across_two_months_is_explained_with_both():
    assert explain(PLAN.add(date(2025, 1, 27), 1)) == (
        "2025年1月27日起算，1个工作日，春节1月28日至2月4日不计，2月5日到期"
    )


def test_unpublished_year_is_computed_from_weekends_and_marked():
    due = PLAN.add(date(2027, 9, 30), 2)

    assert (due.due, due.estimated, due.skipped[0]) == (date(2027, 10, 4), True, (date(2027, 10, 2), "周六"))
    assert explain(due).endswith("10月4日到期（暂按周末推算）")


def test_due_date_that_only_starts_before_an_unpublished_year_is_marked():
    due = PLAN.add(date(2026, 12, 30), 2)

    assert (due.due.year, due.estimated) == (2027, True)
    assert PLAN.add(date(2026, 12, 30), 1).estimated is False


def test_years_are_published_as_far_as_the_package_knows_real_plans():
    assert [year for year in range(2003, 2029) if not PLAN.is_published(year)] == [2027, 2028]


@pytest.mark.parametrize(
    ("start", "due"),
    [("2026-09-30", "2026-09-30"), ("2026-10-03", "2026-10-08"), ("2026-10-10", "2026-10-10")],
)
def test_no_days_is_the_start_or_the_next_working_day(start, due):
    assert PLAN.add(date.fromisoformat(start), 0).due == date.fromisoformat(due)


@pytest.mark.parametrize("n", [-1, 5001])
def test_absurd_number_of_days_is_refused(n):
    with pytest.raises(ValueError, match="工作日数须在 0 至 5000 之间"):
        PLAN.add(date(2026, 9, 30), n)


def test_year_that_was_not_loaded_is_refused():
    with pytest.raises(LookupError, match="没有 2027 年的工作日历"):
        Calendar(years=[2026]).day(date(2027, 1, 1))


def test_due_at_is_the_last_second_of_the_day_in_shanghai():
    late_on_the_30th_in_utc = datetime(2026, 9, 29, 17, tzinfo=UTC)

    due_at = PLAN.due_at(late_on_the_30th_in_utc, 10)

    assert due_at == timezone.make_aware(datetime(2026, 10, 20, 23, 59, 59))


def test_thousand_due_dates_take_less_than_a_second():
    PLAN.add(date(2026, 1, 1), 1)
    begun = perf_counter()
    for i in range(1000):
        PLAN.add(date(2026, 1, 1) + timedelta(i % 300), 20)
    assert perf_counter() - begun < 1


# --- the table comes first ------------------------------------------------------------------------


@pytest.mark.django_db
def test_table_wins_over_the_published_plan():
    CalendarDay.objects.create(date=date(2026, 10, 8), is_workday=False, note="系统割接")
    CalendarDay.objects.create(date=date(2026, 10, 7), is_workday=True)

    calendar = Calendar.load()

    assert calendar.day(date(2026, 10, 8)) == Day(False, "系统割接")
    assert calendar.day(date(2026, 10, 7)) == Day(True, "")
    assert calendar.day(date(2026, 10, 6)) == Day(False, "国庆节")


@pytest.mark.django_db
def test_confirmed_year_is_the_table_alone():
    CalendarYear.objects.create(year=2026, is_confirmed=True)
    CalendarYear.objects.create(year=2027, is_confirmed=True)
    CalendarDay.objects.create(date=date(2027, 10, 1), is_workday=False, note="国庆节")

    calendar = Calendar.load()

    assert calendar.is_workday(date(2026, 10, 1)) is True
    assert calendar.add(date(2027, 9, 30), 1).due == date(2027, 10, 4)
    assert calendar.add(date(2027, 9, 30), 1).estimated is False


@pytest.mark.django_db
def test_entries_of_a_year_that_is_not_confirmed_count_but_stay_marked():
    CalendarDay.objects.create(date=date(2027, 1, 1), is_workday=False)

    due = Calendar.load().add(date(2026, 12, 31), 1)

    assert (due.due, due.estimated) == (date(2027, 1, 4), True)
    assert due.skipped[0] == (date(2027, 1, 1), "放假")


@pytest.mark.django_db
def test_calendar_is_read_in_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        calendar = Calendar.since(date(2026, 1, 1))
    with django_assert_num_queries(0):
        calendar.add(date(2026, 9, 30), 300)


# --- what always holds ----------------------------------------------------------------------------

any_day = st.dates(date(2024, 1, 1), date(2028, 12, 31))
counts = st.integers(1, 60)
tables = st.dictionaries(any_day, st.builds(Day, st.booleans(), st.just("本局安排")), max_size=40)
calendars = st.builds(Calendar, tables, st.frozensets(st.integers(2024, 2028)))


@given(calendars, any_day, counts)
def test_due_is_a_workday_with_as_many_between(calendar, start, n):
    due = calendar.add(start, n)

    assert calendar.is_workday(due.due)
    assert calendar.working_days_between(start, due.due) == n
    assert calendar.working_days_between(due.due, start) == -n


@given(calendars, any_day, counts)
def test_every_day_on_the_way_is_counted_or_skipped(calendar, start, n):
    due = calendar.add(start, n)

    assert len(due.skipped) + n == (due.due - start).days
    assert [day for day, _ in due.skipped if calendar.is_workday(day)] == []
    assert [day for day in due.made_up if day.weekday() < 5 or not calendar.is_workday(day)] == []


@given(calendars, any_day, st.integers(0, 60))
def test_more_days_or_a_later_start_never_end_sooner(calendar, start, n):
    due = calendar.add(start, n).due

    assert calendar.add(start, n + 1).due > due or n == 0
    assert calendar.add(start + timedelta(1), n).due >= due


@given(calendars, any_day, counts, st.integers(0, 60))
def test_adding_twice_is_adding_the_sum(calendar, start, n, m):
    assert calendar.add(calendar.add(start, n).due, m).due == calendar.add(start, n + m).due


@given(tables)
def test_table_decides_whatever_is_published(table):
    calendar = Calendar(table)

    assert {day: calendar.day(day) for day in table} == table
