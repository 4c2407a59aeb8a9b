"""An inspection in any state, a picture to upload, a rectification that was ordered."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from assessment.enums.inspections import CheckResult
from assessment.models import Inspection, Rectification
from assessment.operations import inspections as operations
from assessment.operations import rectifications
from assessment.operations.inspections import Answer, Plan
from assessment.queries import catalogues
from columns import operations as column_operations
from columns.models import Role
from portal import clock
from portal.models import User

DAY = datetime(2026, 9, 15, 2, tzinfo=UTC)
"""Tuesday, ten in the morning."""

GOOD = Answer(result=CheckResult.GOOD)


def fault(**fields) -> Answer:
    return Answer(
        **{"result": CheckResult.FAULT, "finding": "最近一条发布于 9 月 1 日", "points": Decimal(2)} | fields
    )


def picture(name: str = "截图.png") -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (8, 5), "#1c4a84").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue())


@pytest.fixture(autouse=True)
def _day():
    with clock.at(DAY):
        yield


@pytest.fixture
def plan(office):
    """`plan(sample=…)`: what is typed."""

    def make(**fields) -> Plan:
        typed = {
            "title": "九月突击检查", "planned_on": clock.today(), "sites": [office.main, office.sub], "sample": 2,
            "checklist": catalogues.checklists()["jiangsu-lanmu"],
        }  # fmt: skip
        return Plan(**typed | fields)

    return make


@pytest.fixture
def inspection(office, plan):
    """`inspection("begin" or "end", sample=…)`: planned by 监察室, taken so far."""

    def make(upto: str = "begin", **fields) -> Inspection:
        made = operations.plan(plan(**fields), by=office.chief_inspector)
        if upto in ("begin", "end"):
            made = operations.begin(made, by=office.chief_inspector)
        if upto == "end":
            fill(made, office)
            made = operations.end(made, summary="总体较好。", by=office.chief_inspector)
        return made

    return make


def fill(inspection: Inspection, office, but: int | None = None) -> None:
    for check in inspection.checks.filter(version=0).exclude(pk=but):
        operations.answer(check, GOOD, by=office.chief_inspector, version=0)


@pytest.fixture
def ordered(office):
    """`ordered(key="…", unit=…)`: of 北桥工商所, five working days."""

    def make(**fields) -> Rectification:
        told = {
            "key": "test", "unit": office.station, "subject": "要闻报道按时更新", "demand": "补发九月的信息。",
            "clause": "办法第二十二条", "url": "", "working_days": 5, "by": office.chief_inspector,
        }  # fmt: skip
        return rectifications.order(**told | fields)

    return make


@pytest.fixture
def officer(office):
    """北桥工商所's own: its head, and a moderator who collects there."""
    person = User.objects.create_user("guping", name="顾平", department=office.station)
    column_operations.appoint(
        person, Role.objects.get(key="COLLECTOR"), office.sub, by=office.system, reason="测试"
    )
    head = User.objects.create_user("suozhang", name="顾建平", department=office.station)
    office.station.head = head
    office.station.save()
    office.station_head = head
    return person
