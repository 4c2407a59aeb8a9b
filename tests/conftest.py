"""A small office that every test may ask for: one main site, one sub-site, people by role, a route with one step."""

from contextlib import closing
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from columns import operations as column_operations
from columns.models import Column, ReviewRoute, Role, RouteStep
from portal import clock, presets
from portal.enums import DepartmentKind, Power
from portal.models import Department, Site, User
from publishing import operations
from publishing.operations import Draft
from tests import migrated
from tests.races import shared_database, sound_trail
from tests.snapshot import Snapshot

__all__ = ["shared_database", "sound_trail"]  # fixtures for whoever asks for them

LONG_AGO = datetime(2020, 1, 2, 9, tzinfo=UTC)
BODY = "<p>分局召开第四季度信息工作例会，部署年底前的重点工作。</p>"


@pytest.fixture(scope="session")
def _migrated(request, django_db_modify_db_settings, django_db_use_migrations):
    """Where the migrated database is to be kept; None once it has been laid down, or on PostgreSQL."""
    kept = migrated.place(request.config) if django_db_use_migrations and migrated.is_wanted() else None
    if kept is None or not kept.exists():
        yield kept
        return
    with closing(migrated.lay_down(kept)):
        yield None


@pytest.fixture(scope="session")
def django_db_setup(_migrated, django_db_setup, django_db_blocker):
    """As pytest-django makes it; whoever had to run all migrations keeps what they made."""
    if _migrated is not None:
        with django_db_blocker.unblock():
            migrated.keep(_migrated)


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    """Files of a test stay with the test; nothing cached crosses over."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.VISITS_ROOT = tmp_path / "visits"
    settings.BACKUP_DIR = tmp_path / "backups"
    settings.PAGES_ROOT = tmp_path / "pages"
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    cache.clear()


def build() -> SimpleNamespace:
    """分局 with 工作动态 > 要闻报道 (one review step) and 业务交流 (direct), 北桥所 with its own 要闻报道."""
    bureau = Department.objects.create(name="城东分局", code="fenju", kind=DepartmentKind.SUB_BUREAU)
    section = Department.objects.create(
        name="办公室", code="bangongshi", kind=DepartmentKind.SECTION, parent=bureau
    )
    station = Department.objects.create(
        name="北桥工商所", code="beiqiao", kind=DepartmentKind.OFFICE, parent=bureau, position=20
    )
    main = Site.objects.create(key="fenju", name="城东分局基层信息网", department=bureau)
    sub = Site.objects.create(key="beiqiao", name="北桥工商所", department=station, parent=main, position=20)
    head = ReviewRoute.objects.create(key="head", name="负责人审核", is_default=True)
    RouteStep.objects.create(
        route=head, position=1, label="科室负责人审核", power=Power.REVIEW, clause="办法第十六条"
    )
    direct = ReviewRoute.objects.create(key="direct", name="直接发布")
    world = SimpleNamespace(
        bureau=bureau, section=section, station=station, main=main, sub=sub, head=head, direct=direct
    )
    world.trends = Column.objects.create(site=main, name="工作动态", slug="gongzuodongtai")
    world.news = Column.objects.create(site=main, name="要闻报道", slug="yaowenbaodao", parent=world.trends)
    world.exchange = Column.objects.create(
        site=main, name="业务交流", slug="yewujiaoliu", route=direct, position=20
    )
    world.sub_news = Column.objects.create(site=sub, name="要闻报道", slug="yaowenbaodao")
    _people(world)
    return world


OFFICE = Snapshot(build)


@pytest.fixture
def office(db) -> SimpleNamespace:
    """The small office; everybody has set their password a moment ago."""
    world, now = OFFICE.restore(), clock.now()
    User.objects.update(password_set_at=now)
    for person in vars(world).values():
        if isinstance(person, User):
            person.password_set_at = now
    return world


JIANGSU = Snapshot(lambda: presets.load("jiangsu"))


@pytest.fixture
def jiangsu(db):
    """The default preset, loaded into an empty house; what `presets.load` said."""
    return JIANGSU.restore()


def _people(world: SimpleNamespace) -> None:
    roles = {
        "collector": ("信息员", [Power.COLLECT]),
        "head": ("科室负责人", [Power.REVIEW]),
        "moderator": ("版主", [Power.COLLECT, Power.PUBLISH, Power.MANAGE]),
        "signer": ("局长", [Power.SIGN]),
        "inspector": ("监察室", [Power.INSPECT]),
        "granter": ("网管", [Power.GRANT, Power.SYSTEM]),
        "security": ("安全管理员", [Power.SECURITY]),
        "auditor": ("审计管理员", [Power.AUDIT]),
        "chief": ("总版主", [Power.CONSENT]),
        "staff": ("干部", []),
    }
    world.system = User.objects.system()
    with clock.at(LONG_AGO):
        _hire(world, roles)


def _hire(world: SimpleNamespace, roles: dict) -> None:
    """In office long before any test's day."""
    for key, (name, powers) in roles.items():
        person = User.objects.create_user(
            key, "test-Portal-2026", name=name, department=world.section, is_staff=key != "staff"
        )
        role = Role.objects.create(key=key.upper(), name=name, powers=[str(power) for power in powers])
        if powers:
            for site in (world.main, world.sub):
                column_operations.appoint(person, role, site, by=world.system, reason="测试")
        setattr(world, "head_person" if key == "head" else key, person)


@pytest.fixture
def write(office):
    """`write(title="…", column=…)` makes a draft by the collector; `upto="report|approve|publish"` takes it further."""

    def make(title: str = "信息工作例会召开", *, column: Column | None = None, upto: str = "", **fields):
        draft = Draft(
            column=column or office.news, title=title, body=fields.pop("body", BODY),
            author_name=fields.pop("author_name", "李岚"), **fields,
        )  # fmt: skip
        revision = operations.create(draft, by=office.collector)
        for verb in ("report", "approve", "publish"):
            if not upto:
                break
            revision = _step(verb, revision, office)
            if verb == upto:
                break
        return revision

    return make


def _step(verb, revision, office):
    if verb == "report":
        return operations.report(revision, by=office.collector)
    step = revision.steps.filter(state="CURRENT").first()
    if verb == "approve":
        return operations.approve(step, by=office.head_person) if step else revision
    operations.publish(revision, by=office.moderator)
    revision.refresh_from_db()
    return revision
