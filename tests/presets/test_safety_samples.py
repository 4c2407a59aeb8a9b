"""The sample safety registers: played once, put right where it says so, the incident over."""

import pytest

from columns import operations as column_operations
from columns.models import Role
from portal import clock
from portal.enums import IncidentState, SafetyState
from portal.models import Incident, SafetyRecord, Site, User
from portal.presets import safety
from tests.conftest import LONG_AGO


@pytest.fixture
def keepers(jiangsu):
    """网管 and 安全管理员 of the sample people."""
    system, main = User.objects.system(), Site.objects.get(parent=None)
    with clock.at(LONG_AGO):
        for number, role in (("wangguan", "SITE_ADMINISTRATOR"), ("anquan", "SECURITY_ADMINISTRATOR")):
            person = User.objects.create_user(number, name=number, department=main.department)
            column_operations.appoint(person, Role.objects.get(key=role), main, by=system, reason="测试")


def test_the_samples_are_played_once(keepers):
    for _ in range(2):
        safety.play("jiangsu")
    states = sorted(SafetyRecord.objects.values_list("state", flat=True))
    assert states == sorted([SafetyState.KEPT, SafetyState.KEPT, SafetyState.RECTIFIED, SafetyState.OPEN])
    assert Incident.objects.get().state == IncidentState.CLOSED
