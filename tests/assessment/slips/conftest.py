"""The small office in the autumn of 2026: columns that stand since summer, limits on them, texts on given days."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from assessment.enums.facts import EventKind
from assessment.models import Publication
from assessment.operations import facts
from assessment.operations.reminders import remind
from columns import operations as column_operations
from columns.enums import CadenceRule
from columns.models import Cadence, Column, Responsibility, Role, Tenure
from portal import clock
from portal.models import User
from portal.operations import seed_years
from tests.conftest import LONG_AGO

MADE_ON = date(2026, 7, 1)
CLAUSE = "办法第十五条"


def moment(text: str) -> datetime:
    """ "2026-09-15 10:00" in Asia/Shanghai; of a day alone, nine in the morning."""
    return timezone.make_aware(datetime.fromisoformat(text if " " in text else f"{text} 09:00"))


@pytest.fixture
def slips(office):
    """`office` with columns made in July, 办公室 collecting for the main site's news, its head, 分管领导 above it."""
    seed_years()
    Column.objects.update(made_on=MADE_ON)
    for column in (office.trends, office.news, office.exchange, office.sub_news):
        column.made_on = MADE_ON
    Responsibility.objects.create(column=office.trends, department=office.section, collects=True)
    Responsibility.objects.create(column=office.sub_news, department=office.station, collects=True)
    office.section.head = office.head_person
    office.section.save()
    office.deputy = User.objects.create_user("fenguan", name="许文清", department=office.bureau)
    column_operations.appoint(
        office.deputy, Role.objects.get(key="SIGNER"), office.main, by=office.system, reason="测试"
    )
    Tenure.objects.update(starts_at=LONG_AGO)
    return office


@pytest.fixture
def limit(slips):
    """`limit(column=…, rule=…)`: a limit in force; a week of silence at most where nothing else is said."""

    def make(column: Column | None = None, **terms) -> Cadence:
        terms = {"rule": CadenceRule.MAX_SILENCE, "days": 7, "clause": CLAUSE} | terms
        return Cadence.objects.create(column=column, **terms)

    return make


@pytest.fixture
def publish(slips, write):
    """`publish("2026-09-01 10:00", column=…)`: a text of that moment, registered as a fact."""
    number = iter(range(1, 1000))

    def make(at: str, column: Column | None = None, **fields) -> Publication:
        count = next(number)
        body = f"<p>{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉'[count % 20] * (40 + count)}{count}</p>"
        with clock.at(moment(at)):
            revision = write(
                f"信息之{count}号", column=column or slips.news, body=body, upto="publish", **fields
            )
            facts.gather()
        return Publication.objects.get(revision=revision, kind=EventKind.FIRST)

    return make


@pytest.fixture
def reminded():
    """`reminded("2026-09-10")` runs the sweep twice as at that morning; the second time nothing happens."""

    def run(at: str) -> int:
        with clock.at(moment(at)):
            done = remind()
            assert remind() == 0
        return done

    return run
