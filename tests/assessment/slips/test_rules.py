"""How a limit stands on a day: a pure decision over weeks, months, leap days, days off and pauses."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.enums.radar import Light
from assessment.rules.cadences import Judge, Record, Span, Terms, months_after, narrowest, spans
from portal.workdays import Calendar

CALENDAR = Calendar()
MADE = date(2020, 1, 1)
WEEK = Terms("AT_LEAST", 1, "WEEK")
MONTH = Terms("AT_LEAST", 20, "MONTH")
SILENCE = Terms("MAX_SILENCE", days=7)
WORKING = Terms("MAX_SILENCE", days=5, working=True)
YEARLY = Terms("FIXED_DATES", days=9, dates=((1, 10), (7, 10)))
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))


def standing(terms, day: str, pauses=(), **record):
    judge = Judge(date.fromisoformat(day), CALENDAR, 2)
    return judge.standing(terms, Record(**{"made_on": MADE} | record), pauses)


def said(terms, day: str, pauses=(), **record):
    found = standing(terms, day, pauses, **record)
    return (found.light.value, found.due and found.due.isoformat(), found.days_left)


@pytest.mark.parametrize(
    ("terms", "day", "before", "current"),
    [
        (WEEK, "2026-09-16", ("2026-09-07", "2026-09-13"), ("2026-09-14", "2026-09-20")),
        (WEEK, "2026-09-14", ("2026-09-07", "2026-09-13"), ("2026-09-14", "2026-09-20")),
        (WEEK, "2027-01-01", ("2026-12-21", "2026-12-27"), ("2026-12-28", "2027-01-03")),
        (MONTH, "2028-03-31", ("2028-02-01", "2028-02-29"), ("2028-03-01", "2028-03-31")),
        (MONTH, "2027-01-15", ("2026-12-01", "2026-12-31"), ("2027-01-01", "2027-01-31")),
        (
            Terms("AT_LEAST", 1, "DAY"),
            "2026-09-14",
            ("2026-09-13", "2026-09-13"),
            ("2026-09-14", "2026-09-14"),
        ),
        (
            Terms("AT_LEAST", 1, "DAY", working=True),
            "2026-09-14",
            ("2026-09-11", "2026-09-11"),
            ("2026-09-14", "2026-09-14"),
        ),
    ],
)
def test_periods_are_weeks_from_monday_and_calendar_months(terms, day, before, current):
    found = spans(terms, date.fromisoformat(day), CALENDAR)
    assert [(one.starts.isoformat(), one.ends.isoformat()) for one in found] == [before, current]


def test_no_working_day_runs_on_a_day_off():
    terms = Terms("AT_LEAST", 1, "DAY", working=True)
    assert spans(terms, date(2026, 9, 12), CALENDAR)[1] is None
    assert said(terms, "2026-09-12", before=1)[0] == "ok"
    assert said(terms, "2026-09-12", before=0) == ("red", "2026-09-11", -1)


def test_a_short_week_is_red_until_it_is_made_up_and_amber_before_it_ends():
    assert said(WEEK, "2026-09-14", last=date(2026, 9, 1)) == ("red", "2026-09-13", -1)
    assert said(WEEK, "2026-09-15", current=1, last=date(2026, 9, 15)) == ("ok", "2026-09-20", 5)
    assert said(WEEK, "2026-09-17", before=1) == ("ok", "2026-09-20", 3)
    assert said(WEEK, "2026-09-18", before=1) == ("amber", "2026-09-20", 2)
    assert said(WEEK, "2026-09-18", before=1, current=1) == ("ok", "2026-09-20", 2)
    assert standing(WEEK, "2026-09-14", last=date(2026, 9, 1)).since == date(2026, 9, 1)


def test_what_was_missing_of_a_month_has_to_be_made_up():
    found = standing(MONTH, "2026-10-09", before=12, current=7)
    assert (found.light, found.since, found.words) == (
        Light.RED,
        date(2026, 9, 1),
        "上月 12 / 20 条，此后补 7 条",
    )
    assert said(MONTH, "2026-10-09", before=12, current=8) == ("ok", "2026-10-31", 22)


def test_a_column_owes_nothing_for_the_period_it_was_made_in():
    made = {"made_on": date(2026, 9, 9)}
    assert said(WEEK, "2026-09-14", **made)[0] == "ok"
    assert said(WEEK, "2026-09-11", **made) == ("ok", None, None)
    assert said(WEEK, "2026-09-21", **made) == ("red", "2026-09-20", -1)
    assert said(WEEK, "2026-09-14", first=date(2026, 8, 1), **made)[0] == "red"  # it is older than it says


def test_a_rule_asks_nothing_from_before_it_came_into_force():
    rule = Terms("AT_LEAST", 1, "WEEK", since=date(2026, 9, 9))
    assert [said(rule, day)[0] for day in ("2026-09-14", "2026-09-21")] == ["ok", "red"]
    rule = Terms("MAX_SILENCE", days=7, since=date(2026, 9, 9))
    assert [said(rule, day, last=date(2026, 8, 1))[0] for day in ("2026-09-16", "2026-09-17")] == [
        "amber",
        "red",
    ]


def test_eight_days_of_silence_are_too_many():
    last = date(2026, 9, 1)
    found = [said(SILENCE, f"2026-09-{day:02}", last=last) for day in (5, 6, 8, 9)]
    due = "2026-09-08"
    assert found == [("ok", due, 3), ("amber", due, 2), ("amber", due, 0), ("red", due, -1)]
    assert standing(SILENCE, "2026-09-09", last=last).since == last
    assert standing(SILENCE, "2020-01-09").since == MADE


def test_working_days_leave_out_holidays_and_count_made_up_ones():
    last = date(2026, 9, 30)  # a Wednesday before 国庆节: 1 to 7 October off, Saturday the 10th on
    assert said(WORKING, "2026-10-13", last=last) == ("amber", "2026-10-13", 0)
    assert said(WORKING, "2026-10-14", last=last) == ("red", "2026-10-13", -1)


def test_what_is_written_but_not_online_runs_from_its_day_of_issue():
    rule = Terms("WITHIN_DAYS", days=3)
    assert said(rule, "2026-09-05")[0] == "ok"
    assert said(rule, "2026-09-04", waiting=date(2026, 9, 1)) == ("amber", "2026-09-04", 0)
    assert said(rule, "2026-09-05", waiting=date(2026, 9, 1)) == ("red", "2026-09-04", -1)


@pytest.mark.parametrize(
    ("day", "last", "found"),
    [
        ("2026-07-10", "2026-02-01", ("amber", "2026-07-10", 0)),
        ("2026-07-11", "2026-02-01", ("red", "2026-07-10", -1)),
        ("2026-07-11", "2026-06-30", ("red", "2026-07-10", -1)),
        ("2026-07-11", "2026-07-01", ("ok", "2027-01-10", 183)),
        ("2026-12-31", "2026-07-09", ("ok", "2027-01-10", 10)),
        ("2027-01-11", "2026-07-09", ("red", "2027-01-10", -1)),
    ],
)
def test_fixed_dates_of_the_year(day, last, found):
    assert said(YEARLY, day, last=date.fromisoformat(last)) == found


def test_a_leap_day_is_the_last_of_february_in_other_years():
    rule = Terms("FIXED_DATES", dates=((2, 29),))
    last = date(2026, 1, 1)
    assert said(rule, "2027-02-28", last=last)[:2] == ("red", "2026-02-28")
    assert said(rule, "2027-02-28", last=date(2026, 3, 1)) == ("amber", "2027-02-28", 0)
    assert said(rule, "2028-02-28", last=date(2027, 3, 1)) == ("amber", "2028-02-29", 1)


def test_a_pause_keeps_the_clock_from_running_and_lets_silence_begin_anew():
    pause = [Span(date(2026, 9, 4), date(2026, 9, 10))]
    last = date(2026, 9, 1)
    assert standing(SILENCE, "2026-09-09", pause, last=last).is_paused
    assert said(SILENCE, "2026-09-17", pause, last=last) == ("amber", "2026-09-17", 0)
    assert said(SILENCE, "2026-09-18", pause, last=last)[0] == "red"
    assert said(WEEK, "2026-09-14", pause)[0] == "ok"
    assert said(WEEK, "2026-09-21", pause)[0] == "red"
    assert standing(SILENCE, "2027-01-01", [Span(date(2026, 9, 4))], last=last).is_paused


def test_the_narrowest_rule_stands_in_for_wider_ones():
    whole, unit, column = (False, False, True, False), (False, True, True, False), (True, False, False, False)
    assert narrowest([(whole, "类"), (unit, "单位"), (whole, "类")]) == ["单位"]
    assert narrowest([(whole, "周"), (whole, "月")]) == ["周", "月"]
    assert narrowest([(column, "栏目"), (unit, "单位")]) == ["栏目"]
    assert narrowest([]) == []


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [("2026-11-30", 3, "2027-02-28"), ("2027-11-30", 3, "2028-02-29"), ("2026-01-31", 12, "2027-01-31")],
)
def test_months_later(day, months, found):
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(found)


@given(day=DAYS, silent=st.integers(0, 400), days=st.integers(1, 90))
def test_silence_is_red_exactly_beyond_its_days(day, silent, days):
    found = Judge(day, CALENDAR, 2).standing(
        Terms("MAX_SILENCE", days=days), Record(made_on=MADE, last=day - timedelta(days=silent))
    )
    assert found.is_red == (silent > days)
    assert found.days_left == days - silent
    assert found.light != Light.AMBER or 0 <= found.days_left <= 2


@given(
    day=DAYS,
    period=st.sampled_from(["DAY", "WEEK", "MONTH"]),
    count=st.integers(1, 20),
    before=st.integers(0, 20),
    current=st.integers(0, 20),
)
def test_one_more_text_never_makes_a_period_worse(day, period, count, before, current):
    order = [Light.RED, Light.AMBER, Light.OK]
    judge, terms = Judge(day, CALENDAR, 2), Terms("AT_LEAST", count, period)
    found = [
        judge.standing(terms, Record(made_on=MADE, before=before, current=current + more))
        for more in (0, 1, 40)
    ]
    assert [order.index(one.light) for one in found] == sorted(order.index(one.light) for one in found)
    assert found[-1].light == Light.OK
    assert found[0].is_red == (before < count and current < count - before)
    assert found[0].due < day if found[0].is_red else found[0].due >= day


@given(day=DAYS)
def test_periods_meet_and_hold_the_day(day):
    for period in ("WEEK", "MONTH", "DAY"):
        before, current = spans(Terms("AT_LEAST", 1, period), day, CALENDAR)
        assert current.holds(day)
        assert not before.holds(day)
        assert before.ends + timedelta(days=1) == current.starts
