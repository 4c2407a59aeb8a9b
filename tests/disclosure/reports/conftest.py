"""A disclosure office on the main site, and the year 2025 counted by hand; today is 12 January 2026."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from columns import operations as column_operations
from columns.models import Role
from portal import clock
from portal.enums import Power
from portal.models import User
from tests.conftest import LONG_AGO
from tests.disclosure.offices import make_office
from tests.disclosure.reports.kit import SHANGHAI, entry, proceeding, request

TODAY = datetime(2026, 1, 12, 10, tzinfo=SHANGHAI)
LAST, YEAR, NEXT = 2024, 2025, 2026


@pytest.fixture(autouse=True)
def _in_january():
    with clock.at(TODAY):
        yield


@pytest.fixture
def office(office):
    """`office.clerk`: 答复 from a seat in 办公室, the disclosure office of the main site."""
    with clock.at(LONG_AGO):
        role = Role.objects.create(key="ANSWERER", name="答复人员", powers=[str(Power.ANSWER)])
        office.clerk = User.objects.create_user(
            "clerk", "test-Portal-2026", name="郑敏", department=office.section
        )
        column_operations.appoint(office.clerk, role, office.main, by=office.system, reason="测试")
    User.objects.update(password_set_at=clock.now())
    office.clerk.refresh_from_db()
    office.disclosure = make_office(office.main, office.section)
    return office


@pytest.fixture
def year(office) -> SimpleNamespace:
    """2025, by hand. Received: 自然人 4, 商业企业 2, 法律服务机构 1. From 2024: 自然人 1, 科研机构 1.
    Answered or withdrawn: 自然人 4, 商业企业 1, 科研机构 1. Carried into 2026: 自然人 1, 商业企业 1, 法律服务机构 1.
    Beside them what does not count: of another site, of other years, not yet received.
    """
    site, by = office.main, office.granter
    found = SimpleNamespace(
        old=request(site, date(2024, 12, 20), date(2025, 1, 15), "OPEN"),
        research=request(site, date(2024, 11, 30), date(2025, 12, 31), "NOT_HELD", "RESEARCH"),
        first=request(site, date(2025, 1, 1), date(2025, 1, 20), "PARTLY"),
        secret=request(site, date(2025, 3, 3), date(2025, 3, 28), "STATE_SECRET"),
        taken_back=request(site, date(2025, 5, 6), withdrawn=date(2025, 5, 9)),
        late=request(site, date(2025, 12, 31), date(2026, 1, 8), "OPEN"),
        firm=request(site, date(2025, 6, 1), date(2025, 6, 12), "REPEATED", "BUSINESS"),
        firm_owed=request(site, date(2025, 12, 22), kind="BUSINESS"),
        lawyer=request(site, date(2025, 12, 1), withdrawn=date(2026, 1, 2), kind="LEGAL"),
    )
    request(site, date(2024, 2, 1), date(2024, 2, 20), "OPEN")
    request(site, date(2024, 2, 1), withdrawn=date(2024, 2, 3))
    request(site, date(2026, 1, 5))
    request(office.sub, date(2025, 4, 1), date(2025, 4, 9), "OPEN")
    proceeding(found.secret, "REVIEW", date(2025, 4, 1), date(2025, 6, 1), "UPHELD", by=by)
    proceeding(found.firm, "REVIEW", date(2025, 7, 1), date(2025, 9, 1), "CORRECTED", by=by)
    proceeding(found.old, "SUIT", date(2024, 6, 1), date(2025, 2, 1), "OTHER", by=by)
    proceeding(found.secret, "SUIT_AFTER_REVIEW", date(2025, 12, 20), date(2026, 1, 9), "UPHELD", by=by)
    proceeding(found.old, "SUIT", date(2024, 3, 1), date(2024, 5, 1), "UPHELD", by=by)
    entry(office, date(2024, 5, 1))
    entry(office, date(2024, 6, 1), validity="REPEALED", validity_on=date(2025, 8, 1))
    entry(office, date(2025, 9, 1))
    entry(office, date(2025, 10, 1), validity="REPEALED", validity_on=date(2026, 1, 6))
    entry(office, date(2023, 1, 1), validity="LAPSED", validity_on=date(2024, 12, 31))
    entry(office, date(2025, 9, 1), is_normative=False)
    return found
