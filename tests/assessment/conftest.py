"""The small office, with somebody of another department who assesses."""

import pytest

from columns import operations as column_operations
from columns.models import Role
from portal import clock
from portal.enums import DepartmentKind
from portal.models import Department, User
from tests.conftest import LONG_AGO


@pytest.fixture
def office(office):
    """`office.chief_inspector`: 检查 on the whole main site, of 监察室; `office.inspector` works in 办公室, as all do."""
    office.supervision = Department.objects.create(
        name="监察室", code="jianchashi", kind=DepartmentKind.SECTION, parent=office.bureau, position=30
    )
    person = User.objects.create_user("jiancha", name="纪正", department=office.supervision)
    with clock.at(LONG_AGO):
        column_operations.appoint(
            person, Role.objects.get(key="INSPECTOR"), office.main, by=office.system, reason="测试"
        )
    office.chief_inspector = person
    return office
