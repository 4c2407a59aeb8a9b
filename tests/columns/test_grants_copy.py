"""guardian's rows are a copy of the ledger: equal after whatever is done, proved by a check, repaired by a sweep."""

from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import transaction
from guardian.models import UserObjectPermission
from guardian.shortcuts import assign_perm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from columns import operations, queries, rules
from columns.models import Appointment, Delegation, Role
from portal import clock
from portal import operations as portal_operations
from portal.enums import Power
from portal.models import AuditEntry, Notice, User
from portal.workflow import Refused
from tests.columns.conftest import day, fresh, moment

pytestmark = pytest.mark.django_db

MONDAY = moment("2026-09-07T09:00")
BY_THEMSELVES = ("wait", "leave")
ACTS = (
    "propose",
    "consent",
    "execute",
    "suspend",
    "resume",
    "revoke",
    "adjust",
    "name",
    "end",
    *BY_THEMSELVES,
)
SCRIPTS = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 5), st.integers(0, 5)), min_size=6, max_size=24
)


@pytest.fixture
def head(office) -> User:
    office.section.head = office.head_person
    portal_operations.save_department(office.section, by=office.system)
    return office.head_person


@pytest.fixture
def stray(office) -> UserObjectPermission:
    """A row that somebody wrote past the ledger: 干部 may publish on 要闻报道."""
    return assign_perm(Power.PUBLISH, office.staff, office.news)


def copied() -> set[tuple]:
    names = ("user", "content_type", "object_pk", "permission__codename")
    return set(UserObjectPermission.objects.values_list(*names))


def ledger() -> set[tuple]:
    """What the ledger gives everybody, asked of the query of the sheets: the copy is written from another one."""
    found = set()
    for one in queries.authorisations(clock.now()):
        place = one.appointment.column or one.appointment.site
        kind = ContentType.objects.get_for_model(place)
        if one.user.is_active:
            found.add((one.user.pk, kind.pk, str(place.pk), one.power.value))
    return found


# --- equal after whatever is done -------------------------------------------------------------------


def play(office: SimpleNamespace, verb: str, first: int, second: int) -> None:
    """One step of a script; it may be refused."""
    people = [office.collector, office.moderator, office.staff, office.signer, office.inspector, office.chief]
    rows = list(Appointment.objects.order_by("-pk"))
    row = rows[(first * 6 + second) % len(rows)]
    if verb in ("execute", "suspend", "resume", "revoke"):
        getattr(operations, verb)(row, by=office.granter, note="测试")
    elif verb == "consent":
        operations.consent(row, by=office.chief)
    elif verb == "propose":
        role = Role.objects.filter(key__in=("MODERATOR", "COLLECTOR", "HEAD"))[second % 3]
        column = (None, office.news, office.trends)[first % 3]
        ends_on = clock.today() + timedelta(days=second) if second else None
        operations.propose(
            people[first], role, office.main, column=column, ends_on=ends_on, by=office.granter, reason="轮岗"
        )
    elif verb == "adjust":
        operations.propose(
            row.user,
            row.role,
            row.site,
            column=office.exchange,
            replaces=row,
            by=office.granter,
            reason="调整",
        )
    else:
        play_people(office, verb, people[first], people[second], timedelta(days=second))


def play_people(office: SimpleNamespace, verb: str, person: User, other: User, length: timedelta) -> None:
    if verb == "name":
        starts = clock.today() + length % timedelta(days=3)
        operations.name_acting(person, other, starts, starts + length, by=office.head_person, reason="出差")
    elif verb == "end" and (delegation := Delegation.objects.not_over().first()):
        operations.end_delegation(delegation, by=office.chief, reason="提前返回")
    elif verb == "leave":
        staff = fresh(office.staff)
        staff.is_active = not staff.is_active
        portal_operations.save_person(staff, by=office.system)


@settings(
    max_examples=15, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(script=SCRIPTS)
def test_the_copy_equals_the_ledger_after_any_sequence_of_operations(office, head, script):
    with transaction.atomic():
        now = MONDAY
        for verb, first, second in script:
            now += timedelta(hours=30) if verb == "wait" else timedelta(minutes=5)
            with clock.at(now):
                with suppress(Refused):
                    play(office, verb, first, second)
                if verb not in BY_THEMSELVES:
                    assert queries.drift() == []
                assert operations.check_grants() == 0
                assert copied() == ledger()
        transaction.set_rollback(True)


def test_what_the_principal_gains_and_loses_the_acting_ones_copy_follows_at_once(
    office, head, newcomer, role
):
    with clock.at(MONDAY):
        today = clock.today()
        operations.name_acting(office.collector, newcomer, today, today, by=head, reason="出差")
        gained = operations.appoint(office.collector, role, office.main, by=office.system, reason="轮岗")
        assert newcomer.has_perm(f"portal.{Power.PUBLISH}", office.main)
        assert queries.drift() == []
        operations.revoke(gained, by=office.granter, note="轮岗结束")
        assert queries.drift() == []
        assert not fresh(newcomer).has_perm(f"portal.{Power.PUBLISH}", office.main)


@pytest.mark.parametrize(
    "at", ["2026-09-14T00:00", "2026-09-18T23:59", "2026-09-19T00:00", "2026-10-01T00:00"]
)
def test_what_the_calendar_turns_is_no_drift_whichever_sweep_comes_first(
    office, head, grant, newcomer, at: str
):
    with clock.at(MONDAY):
        grant(ends_on=day("2026-09-30"))
        operations.name_acting(
            office.collector, office.signer, day("2026-09-14"), day("2026-09-18"), by=head, reason="出差"
        )
    with clock.at(moment(at)):
        assert operations.check_grants() == 0
        assert copied() == ledger()
    assert not AuditEntry.objects.filter(verb="repair_grant").exists()


# --- proved, repaired, reported ---------------------------------------------------------------------


def check() -> None:
    call_command("authorisations", "--check")


def test_the_check_proves_that_copy_and_ledger_are_equal(office, stray, capsys):
    with pytest.raises(CommandError, match="1 处不一致"):
        check()
    assert "干部（staff）城东分局基层信息网·要闻报道：档案中没有的发布权限" in capsys.readouterr().out
    operations.check_grants()
    check()
    assert "权限行与档案一致" in capsys.readouterr().out


def test_the_sweep_repairs_and_reports_and_twice_does_nothing(office, stray):
    UserObjectPermission.objects.filter(user=office.collector).first().delete()
    assert (operations.check_grants(), operations.check_grants()) == (2, 0)
    assert copied() == ledger()
    notes = AuditEntry.objects.filter(verb="repair_grant").values_list("note", flat=True)
    assert {"档案中没有的发布权限" in note for note in notes} == {True, False}
    alarm = Notice.objects.get(title="授权偏差 2 处，已按权限档案修复")
    assert alarm.recipient == office.security
    assert "缺少采集权限" in alarm.body


def test_a_stray_row_gives_nothing_even_before_the_sweep(office, stray, client):
    assert not rules.may(fresh(office.staff), Power.PUBLISH, office.news)
    client.force_login(office.staff)
    assert client.get("/desk/reviews/").context["listing"].paginator.count == 0


def test_groups_and_model_permissions_are_drift_too(office):
    office.staff.groups.add(Group.objects.create(name="老用户组"))
    office.staff.user_permissions.add(Permission.objects.first())
    assert (operations.check_grants(), operations.check_grants()) == (2, 0)
    staff = fresh(office.staff)
    assert not staff.groups.exists()
    assert not staff.user_permissions.exists()
