"""迟发: measured from the day of issue and from the approval, each against its own rule."""

from datetime import date, timedelta

import pytest

from assessment.operations import facts
from assessment.queries.lateness import late
from columns.enums import CadenceRule
from portal import clock, parameters
from portal.models import Parameter
from publishing import operations
from tests.assessment.slips.conftest import moment

SINCE, UNTIL = date(2026, 8, 1), date(2026, 9, 30)


def hours(key: str, value: int) -> None:
    Parameter.objects.create(key=key, label=key, value=value, unit="小时", clause="气象第八条")
    parameters.changed()


def test_what_was_issued_long_before_it_came_online_is_late(slips, limit, publish):
    limit(slips.trends, rule=CadenceRule.WITHIN_DAYS, days=3)
    publish("2026-09-11 10:00", written_on=date(2026, 9, 8))
    text = publish("2026-09-14 10:00", written_on=date(2026, 9, 10))
    publish("2026-09-14 10:00", slips.exchange, written_on=date(2026, 9, 1))
    found = late(SINCE, UNTIL)
    assert [(one.publication, one.began, one.hours) for one in found] == [(text, date(2026, 9, 10), 10)]


def test_what_was_approved_must_be_online_within_its_hours(slips, write):
    hours("publish_hours", 24)
    with clock.at(moment("2026-09-08 10:00")):
        quick, slow = (
            write("快", upto="approve", body="<p>甲</p>"),
            write("慢", upto="approve", body="<p>乙</p>"),
        )
    for revision, wait in ((quick, 24), (slow, 30)):
        with clock.at(moment("2026-09-08 10:00") + timedelta(hours=wait)):
            revision.refresh_from_db()
            operations.publish(revision, by=slips.moderator)
            facts.gather()
    found = late(SINCE, UNTIL)
    assert [(one.publication.article.title, one.hours, one.clause) for one in found] == [
        ("慢", 6, "气象第八条")
    ]


@pytest.mark.usefixtures("slips")
def test_without_hours_nothing_is_measured(publish):
    publish("2026-09-11 10:00")
    assert late(SINCE, UNTIL) == []
