"""An office whose readers take part: 业务交流 takes comments and contributions, 法制园地 is made of questions."""

from types import SimpleNamespace

from columns import operations as column_operations
from columns.enums import ColumnKind
from columns.models import Column, Responsibility, Role
from portal import clock
from portal.enums import Power
from portal.models import Department, Parameter, User
from tests.conftest import LONG_AGO, build
from tests.snapshot import Snapshot

PASSWORD = "test-Portal-2026"


def build_forum() -> SimpleNamespace:
    """法制科 and 注册科 answer in 法制园地 (one review step); two readers of 办公室 without any power."""
    world = build()
    Column.objects.filter(pk=world.exchange.pk).update(takes_comments=True, takes_contributions=True)
    world.exchange.refresh_from_db()
    world.qa = Column.objects.create(
        site=world.main, name="法制园地", slug="fazhiyuandi", kind=ColumnKind.QUESTIONS, route=world.head,
        parent=world.exchange,
    )  # fmt: skip
    for key, name in {"law": "法制科", "registry": "注册科"}.items():
        department = Department.objects.create(name=name, code=key, kind="SECTION", parent=world.bureau)
        Responsibility.objects.create(column=world.qa, department=department, answers=True)
        setattr(world, key, department)
    Parameter.objects.create(key="user_items_days", label="时限", value=2, clause="办法第十五条")
    with clock.at(LONG_AGO):
        _hire(world)
    return world


def _hire(world: SimpleNamespace) -> None:
    role = Role.objects.create(key="ANSWERER", name="答复人员", powers=[str(Power.ANSWER)])
    people = {"lawyer": world.law, "registrar": world.registry, "reader": world.section}
    for number, department in people.items():
        person = User.objects.create_user(
            number, PASSWORD, name=f"{department.name}{number}", department=department
        )
        if number != "reader":
            column_operations.appoint(person, role, world.main, by=world.system, reason="测试")
        setattr(world, number, person)


FORUM = Snapshot(build_forum)


def lay_down() -> SimpleNamespace:
    """The forum as a test finds it; everybody has set their password a moment ago."""
    world, now = FORUM.restore(), clock.now()
    User.objects.update(password_set_at=now)
    for person in vars(world).values():
        if isinstance(person, User):
            person.password_set_at = now
    return world
