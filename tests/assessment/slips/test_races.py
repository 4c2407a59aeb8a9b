"""Many at once, on threads with connections of their own: numbers without gaps or doubles, one slip for one silence."""

import pytest

from assessment.models import ReminderSlip
from assessment.operations import slips as operations
from assessment.operations.reminders import remind
from columns.enums import CadenceRule
from columns.models import Cadence, Column
from portal import clock
from portal.operations import seed_years
from tests.assessment.slips.conftest import MADE_ON, moment
from tests.races import RACING, at_once, one_won

pytestmark = RACING


def reminding():
    with clock.at(moment("2026-09-09")):
        return remind()


@pytest.fixture
def silent(office):
    seed_years()
    for place in range(6):
        column = Column.objects.create(
            site=office.main, name=f"栏目{place}", slug=f"l{place}", made_on=MADE_ON
        )
        Cadence.objects.create(column=column, rule=CadenceRule.MAX_SILENCE, days=7, clause="测试")
    return office


def test_sweeps_at_once_issue_one_slip_each_numbered_without_gaps(silent):
    at_once(reminding, reminding, reminding)
    numbers = sorted(ReminderSlip.objects.values_list("number", flat=True))
    assert numbers == [f"提醒〔2026〕{number}号" for number in range(1, 7)]
    assert ReminderSlip.objects.values("target").distinct().count() == 6


def test_of_two_who_sign_at_once_one_has_signed(silent):
    reminding()
    slip = ReminderSlip.objects.earliest("pk")
    slip.recipients.add(silent.collector, silent.moderator)
    results = at_once(
        lambda: operations.acknowledge(ReminderSlip.objects.get(pk=slip.pk), by=silent.collector),
        lambda: operations.acknowledge(ReminderSlip.objects.get(pk=slip.pk), by=silent.moderator),
    )
    signed = one_won(results)
    slip.refresh_from_db()
    assert slip.acknowledged_by_id in (silent.collector.pk, silent.moderator.pk)
    assert (slip.acknowledged_by_id, slip.acknowledged_at) == (
        signed.acknowledged_by_id,
        signed.acknowledged_at,
    )
