"""When an update limit is broken: dates, a limit and a day, nothing else."""

from datetime import date

import pytest

from assessment.rules.rhythm import NEVER, Rhythm, due_on
from portal.workdays import Calendar

DAY, CALENDAR = date(2026, 11, 26), Calendar(confirmed={2026})  # a Thursday


@pytest.mark.parametrize(
    ("rhythm", "updates", "due"),
    [
        (Rhythm("AT_LEAST", 1, "WEEK"), [date(2026, 11, 20)], date(2026, 11, 27)),
        (Rhythm("AT_LEAST", 2, "WEEK"), [date(2026, 11, 25), date(2026, 11, 20)], date(2026, 11, 27)),
        (Rhythm("AT_LEAST", 2, "WEEK"), [date(2026, 11, 25)], NEVER),
        (Rhythm("AT_LEAST", 1, "MONTH"), [date(2026, 10, 31)], date(2026, 11, 30)),
        (Rhythm("AT_LEAST", 1, "DAY", working=True), [date(2026, 11, 20)], date(2026, 11, 24)),
        (Rhythm("AT_LEAST", 1, "WEEK", since=date(2026, 11, 25)), [], date(2026, 12, 2)),
        (Rhythm("MAX_SILENCE", days=10), [date(2026, 11, 20)], date(2026, 11, 30)),
        (Rhythm("MAX_SILENCE", days=10), [], NEVER),
        (Rhythm("FIXED_DATES", dates=((1, 10), (7, 10))), [date(2026, 7, 9)], date(2026, 7, 11)),
        (Rhythm("FIXED_DATES", dates=((1, 10), (7, 10))), [date(2026, 7, 10)], date(2027, 1, 11)),
        (Rhythm("ON_CHANGE"), [], None),
        (Rhythm("WITHIN_DAYS", days=3), [], None),
    ],
)
def test_the_day_from_which_an_update_is_missing(rhythm, updates, due):
    assert due_on(rhythm, updates, DAY, CALENDAR) == due
