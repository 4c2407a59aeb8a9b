"""An office that sends, three units that sign; today is Wednesday 14 October 2026, 10 o'clock."""

from datetime import date, datetime

import pytest

from columns import operations as column_operations
from columns.models import Role
from disclosure.operations import dispatches as operations
from disclosure.operations.dispatches import Words
from portal import clock
from portal.enums import DepartmentKind
from portal.models import Department, User
from portal.operations import seed_years
from tests.conftest import LONG_AGO
from tests.disclosure.offices import make_office
from tests.disclosure.reports.kit import SHANGHAI

DUE = date(2026, 10, 20)


def at(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def _october():
    with clock.at(at("2026-10-14")):
        yield


@pytest.fixture
def office(office):
    """`clerk` sends; `north` and `other` are of 北桥所, `south` of 南湖所, `law` of 法制科; `moderator` holds 发布."""
    seed_years()
    with clock.at(LONG_AGO):
        role = Role.objects.create(key="ANSWERER", name="答复人员", powers=["answer"])
        office.clerk = User.objects.create_user(
            "clerk", "test-Portal-2026", name="郑敏", department=office.section
        )
        column_operations.appoint(office.clerk, role, office.main, by=office.system, reason="测试")
    office.south_station = Department.objects.create(
        name="南湖工商所", code="nanhu", kind=DepartmentKind.OFFICE, parent=office.bureau, position=30
    )
    office.law_section = Department.objects.create(
        name="法制科", code="fazhike", kind=DepartmentKind.SECTION, parent=office.bureau, position=15
    )
    for key, name, unit in (
        ("north", "陈晓东", office.station), ("other", "孙一平", office.station),
        ("south", "吴南", office.south_station), ("law", "林悦", office.law_section),
    ):  # fmt: skip
        setattr(office, key, User.objects.create_user(key, "test-Portal-2026", name=name, department=unit))
    make_office(office.main, office.section)
    User.objects.update(password_set_at=clock.now())
    for key in ("clerk", "north", "other", "south", "law"):
        getattr(office, key).refresh_from_db()
    return office


def words(office, units=None, **said) -> Words:
    chosen = [office.station, office.south_station, office.law_section] if units is None else units
    usual = {
        "title": "关于做好年底前信息报送工作的通知", "document_number": "城东信通〔2026〕9号",
        "text": "各单位要按时报送。", "priority": "ORDINARY", "sign_by": DUE, "units": {one.pk for one in chosen},
    }  # fmt: skip
    return Words(**{**usual, **said})


@pytest.fixture
def draft(office):
    return lambda units=None, **said: operations.draft(
        office.main, words(office, units, **said), by=office.clerk
    )


@pytest.fixture
def sent(office, draft):
    def make(units=None, **said):
        found = draft(units, **said)
        return operations.send(found, by=office.clerk, version=found.version)

    return make
