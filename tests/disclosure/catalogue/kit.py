"""A disclosure office over the small office of the tests: two categories, an issuer beside the organ."""

from datetime import date
from types import SimpleNamespace

from columns import operations as column_operations
from columns.models import Role
from disclosure.models import CatalogueEntry, Category, CategoryDuty, Issuer, Office
from disclosure.operations import entries
from disclosure.rules.entries import Facts
from portal import clock
from portal.enums import DepartmentKind
from portal.models import Department, User
from tests.conftest import LONG_AGO
from tests.disclosure.offices import make_office

MADE = date(2026, 3, 2)


def organ(world: SimpleNamespace, site=None) -> Office:
    """公开工作机构 is 办公室; 事权公开 stands for 要闻报道."""
    return make_office(site or world.main, world.section, review_organ="区政府", court="区法院")


def furnish(world: SimpleNamespace) -> SimpleNamespace:
    """What most tests ask for. 法制科 makes 事权公开 public; its clerk collects on the main site."""
    found = SimpleNamespace(organ=organ(world), world=world, site=world.main)
    found.top = Category.objects.create(
        site=world.main, key="juwugongkai", code="00", name="局务公开", clause="附件一 6"
    )
    found.powers = Category.objects.create(
        site=world.main, key="shiquangongkai", code="01", name="事权公开", parent=found.top, column=world.news,
        clause="附件一 6", position=20,
    )  # fmt: skip
    found.people = Category.objects.create(
        site=world.main,
        key="renshigongkai",
        code="02",
        name="人事公开",
        parent=found.top,
        clause="附件一 6",
        position=30,
    )
    Issuer.objects.create(office=found.organ, department=world.station, code="CD011")
    found.legal = Department.objects.create(
        name="法制科", code="fazhike", kind=DepartmentKind.SECTION, parent=world.bureau
    )
    CategoryDuty.objects.create(
        category=found.powers, department=found.legal, route=world.head, clause="附件一 6"
    )
    found.clerk = User.objects.create_user(
        "fazhi", "test-Portal-2026", name="法制科员", department=found.legal
    )
    with clock.at(LONG_AGO):
        collector = Role.objects.get(key="COLLECTOR")
        column_operations.appoint(found.clerk, collector, world.main, by=world.system, reason="测试")
    return found


def facts(house: SimpleNamespace, **said) -> Facts:
    known = {
        "category": house.powers,
        "issuer": house.world.bureau,
        "title": "行政许可办理规定",
        "made_on": MADE,
    }
    return Facts(**known | said)


def catalogued(house: SimpleNamespace, article=None, **said) -> CatalogueEntry:
    return entries.register(house.organ, facts(house, **said), by=house.world.collector, article=article)
