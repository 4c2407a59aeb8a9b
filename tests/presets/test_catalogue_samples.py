"""The sample catalogue can be set up on any day of a year, holidays included."""

from datetime import datetime, timedelta

from disclosure.models import Office
from portal import clock
from portal.presets import catalogue
from portal.presets.story import hire

NEW_YEAR = clock.local(datetime.fromisoformat("2026-01-01T10:00:00+08:00"))


def test_no_sample_expires_before_it_was_made_whatever_day_it_is(jiangsu):
    with clock.at(NEW_YEAR - timedelta(days=100)):
        hire("jiangsu")
    office = Office.objects.select_related("site", "department").get(site__key="fenju")
    ending = [row for row in catalogue._told("jiangsu")["entries"] if "expires_in" in row]
    assert len(ending) > 1
    for day in range(0, 366, 3):
        with clock.at(NEW_YEAR + timedelta(days=day)):
            stage = catalogue._Stage(office)
            for row in ending:
                made = clock.local(stage.days.at(row["ago"], 9)).date()
                with clock.at(stage.days.at(row["ago"] - 3, 15)):
                    assert stage._facts(row, made).expires_on >= made
