"""An office that answers for disclosure: 办公室 registers, its head approves extensions, 法制科 handles."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from columns import operations as column_operations
from columns.models import Role
from disclosure.enums.requests import Channel, FeeMode, Receipt
from disclosure.models import ChannelRule, DisclosureRequest, FeeBand, Office
from disclosure.operations import filing
from disclosure.operations import requests as operations
from disclosure.rules.receipt import Dates
from portal import clock
from portal.enums import Power
from portal.models import Department, User
from tests.conftest import LONG_AGO, build
from tests.disclosure.offices import make_office
from tests.snapshot import Snapshot

CHINA = ZoneInfo("Asia/Shanghai")
CARD, OTHER_CARD, CREDIT = "99000119820614001X", "990001199103020028", "91990001MA0000001R"
LAW = "政府信息公开条例第三十一条"
RULES = {
    Channel.ONLINE: Receipt.CONFIRMED, Channel.VISIT: Receipt.SAME_DAY, Channel.REGISTERED_POST: Receipt.SIGNED,
    Channel.ORDINARY_POST: Receipt.CONFIRMED, Channel.FAX: Receipt.CONFIRMED,
}  # fmt: skip
CASES = ((0, 0, 0, 0), (10, 100, 0, 0), (30, 200, 100, 10))
PAGES = ((0, 0, 0, 0), (30, 10, 0, 0), (100, 20, 0, 0), (200, 40, 0, 0))


def moment(text: str) -> datetime:
    """`2026-09-30 10:00`, in Asia/Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def at(text: str):
    """Let everything inside happen as at that moment; of a day alone, at ten."""
    return clock.at(moment(text if " " in text else f"{text} 10:00"))


def build_disclosure() -> SimpleNamespace:
    world = build()
    with clock.at(LONG_AGO):
        hire(world)
    world.disclosure = disclosure_office(world)
    return world


def hire(world: SimpleNamespace) -> None:
    answers, _ = Role.objects.get_or_create(
        key="DISCLOSER", defaults={"name": "公开答复人员", "powers": [str(Power.ANSWER)]}
    )
    for key, name in {"law": "法制科", "registry": "注册科"}.items():
        department = Department.objects.create(name=name, code=key, kind="SECTION", parent=world.bureau)
        setattr(world, key, department)
    for number, department in {
        "registrar": world.section, "second_registrar": world.section, "lawyer": world.law,
        "stranger": world.registry,
    }.items():  # fmt: skip
        person = User.objects.create_user(number, name=f"{department.name}{number}", department=department)
        column_operations.appoint(person, answers, world.main, by=world.system, reason="测试")
        setattr(world, number, person)
    world.section.head = world.head_person
    world.section.save()


def disclosure_office(world: SimpleNamespace) -> Office:
    office = make_office(world.main, world.section, clause="测试", fee_mode=FeeMode.BY_CASE)
    for channel, receipt in RULES.items():
        ChannelRule.objects.create(office=office, channel=channel, receipt=receipt, clause=LAW)
    for mode, bands in ((FeeMode.BY_CASE, CASES), (FeeMode.BY_PAGE, PAGES)):
        for over, price, step, every in bands:
            FeeBand.objects.create(
                office=office,
                mode=mode,
                over=over,
                price=price,
                step=step,
                every=every,
                clause="国办函〔2020〕109号",
            )
    return office


WORLD = Snapshot(build_disclosure)


@pytest.fixture
def world(db) -> SimpleNamespace:
    found, now = WORLD.restore(), clock.now()
    User.objects.update(password_set_at=now)
    return found


def draft(**more) -> filing.Draft:
    said = {
        "kind": "CITIZEN", "name": "田小禾", "identity_kind": "IDENTITY_CARD", "identity_number": CARD,
        "phone": "13800000032", "title": "行政处罚裁量基准", "wanted": "现行的预付卡处罚裁量基准全文",
        "delivery": "ONLINE",
    }  # fmt: skip
    return filing.Draft(**said | more)


@pytest.fixture
def submit(world):
    """`submit("2026-09-14", title=…)`: somebody asks online that day; nothing is registered yet."""
    count = iter(range(1, 1000))

    def make(on: str = "2026-09-14", *, again: bool = True, **more) -> filing.Receipt:
        with at(on):
            return filing.submit(world.disclosure, draft(**more), nonce=f"{next(count):032x}", again=again)

    return make


@pytest.fixture
def ask(world, submit):
    """`ask("2026-09-14")`: asked online and registered that day, with 法制科 unless `department` says None."""

    def make(on: str = "2026-09-14", *, department: str | None = "law", **more) -> DisclosureRequest:
        request = submit(on, **more).request
        to = getattr(world, department) if department else None
        with at(f"{on} 10:30"):
            return operations.register(
                request, date.fromisoformat(on), how="电话", department=to, by=world.registrar
            )

    return make


@pytest.fixture
def type_in(world):
    """`type_in("VISIT", arrived="2026-09-14", on="2026-09-15")`: a clerk types in what came on paper."""
    count = iter(range(1001, 2000))

    def make(
        channel: str, *, arrived: str, on: str | None = None, written: str | None = None,
        confirmed: str | None = None, by: User | None = None, **more,
    ) -> filing.Receipt:  # fmt: skip
        days = [date.fromisoformat(one) if one else None for one in (arrived, written, confirmed)]
        came = filing.Came(channel=channel, dates=Dates(*days), confirmed_how="电话" if confirmed else "")
        with at(on or arrived):
            return filing.type_in(
                world.disclosure, draft(**more), came, nonce=f"{next(count):032x}", by=by or world.registrar
            )

    return make


def due(request: DisclosureRequest) -> str:
    """When the running clock of a request runs out, with what it is: `答复申请 2026-10-16`."""
    limit = request.limits.get(met_at=None)
    return f"{limit.label} {clock.local(limit.due_at):%Y-%m-%d}"


def state(request: DisclosureRequest) -> str:
    return DisclosureRequest.objects.get(pk=request.pk).state
