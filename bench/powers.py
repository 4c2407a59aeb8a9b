"""Powers: asked of somebody with very many grants among very many columns, and reported for a whole city's staff."""

import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import Row, at_most
from columns import queries, rules
from columns.enums import AppointmentState
from columns.models import Appointment, Column, Role, Tenure
from portal import clock
from portal.enums import DepartmentKind, Power
from portal.models import Department, Site, User

COLUMNS, GRANTS, STAFF, ROUNDS = 2000, 200, 5000, 15


def run() -> list[Row]:
    site, role, columns = _office()
    busy = User.objects.create_user("busy", name="版主")
    _grant([busy] * GRANTS, role, site, columns[:: COLUMNS // GRANTS][:GRANTS])
    staff = User.objects.bulk_create(User(staff_number=f"n{n}", name=f"干部{n}") for n in range(STAFF))
    _grant(staff, role, site, [columns[n % COLUMNS] for n in range(STAFF)])
    person = _fresh(busy)
    rules.may(person, Power.PUBLISH, columns[0])
    with CaptureQueriesContext(connection) as warm:
        for column in columns:
            rules.may(person, Power.PUBLISH, column)
    with CaptureQueriesContext(connection) as cold:
        rules.may(_fresh(busy), Power.PUBLISH, columns[1])
    return [
        at_most("一次请求内再问一项权限的查询数", len(warm), "次", 1),
        at_most("一次请求内首次问权限的查询数", len(cold) - 1, "次", 2),  # one read the person
        at_most("200 项授权、2000 个栏目：能在哪些栏目发布", _best(lambda: _publishable(busy)), "毫秒", 20),
        at_most("5000 人的权限报告", _best(lambda: _report(), rounds=3) / 1000, "秒", 5),
        at_most("5000 人权限行与档案核对", _best(lambda: queries.drift(), rounds=2) / 1000, "秒", 5),
    ]


def _office() -> tuple[Site, Role, list[Column]]:
    department = Department.objects.create(name="市局", code="shiju", kind=DepartmentKind.BUREAU)
    site = Site.objects.create(key="shiju", name="市局网站", department=department)
    role = Role.objects.create(key="MODERATOR", name="版主", powers=["collect", "publish", "answer"])
    mains = [Column(site=site, name=f"主栏目{n}", slug=f"m{n}") for n in range(COLUMNS // 20)]
    for column in mains:
        column.save()
    subs = [
        Column(site=site, name=f"子栏目{n}", slug=f"s{n}", parent=mains[n % len(mains)])
        for n in range(COLUMNS - len(mains))
    ]
    for column in subs:
        column.save()
    return site, role, [*subs, *mains]


def _grant(people: list[User], role: Role, site: Site, columns: list[Column]) -> None:
    system, now = User.objects.system(), clock.now() - timedelta(days=30)
    rows = Appointment.objects.bulk_create(
        Appointment(
            user=person, role=role, site=site, column=column, state=AppointmentState.IN_FORCE, reason="测量",
            proposed_by=system, proposed_at=now, granted_by=system, granted_on=now.date(),
        )
        for person, column in zip(people, columns, strict=True)
    )  # fmt: skip
    Tenure.objects.bulk_create(Tenure(appointment=row, powers=role.powers, starts_at=now) for row in rows)


def _publishable(person: User) -> None:
    found = rules.powers_of(_fresh(person)).columns_with(Power.PUBLISH)
    assert len(found) >= GRANTS


def _report() -> None:
    assert len([row.as_json() for row in queries.authorisations(clock.now())]) >= STAFF * 3


def _fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def _best(run: Callable, rounds: int = ROUNDS) -> float:
    """Milliseconds of processor time of one run, the median of `rounds`."""
    took = []
    for _ in range(rounds):
        began = time.process_time()
        run()
        took.append((time.process_time() - began) * 1000)
    return sorted(took)[len(took) // 2]
