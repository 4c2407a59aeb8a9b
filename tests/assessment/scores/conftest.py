"""A month that can be counted by hand: texts of two units on known days, and the schemes of all presets."""

import random
from datetime import UTC, date, datetime
from itertools import count
from types import SimpleNamespace

import pytest

from assessment import preset
from assessment.models import IndicatorScore, Round, Scheme, UnitScore
from assessment.operations import facts, fixing, scoring
from assessment.operations.fixing import Fixing
from assessment.rules.points import number
from columns import operations as column_operations
from columns.models import Role
from portal import clock
from portal.enums import DepartmentKind
from portal.models import Department, User
from portal.preset_merge import Merge
from portal.presets import source
from publishing import operations
from publishing.models import Article
from publishing.operations import Draft
from tests.conftest import LONG_AGO, build
from tests.snapshot import Snapshot

NOW = datetime(2026, 10, 8, 2, tzinfo=UTC)
"""A Thursday after the month is over, before the self-scores are due."""

FIRST = date(2026, 9, 1)
WORDS = (
    "检查企业市场登记服务群众计量食品安全宣传培训执法走访整治窗口投诉消费者商标合同广告农资网络年报信用监管"
)
SEEDS = count(100)


def body(seed: int) -> str:
    """A text that resembles no other."""
    letters = random.Random(seed)
    return "<p>" + "".join(letters.choice(WORDS) for _ in range(120)) + "</p>"


def put_online(
    world, day: int, department=None, *, title: str = "", seed: int | None = None, **fields
) -> Article:
    """On a day of September 2026: a text like no other, by default of 办公室."""
    seed = next(SEEDS) if seed is None else seed
    draft = Draft(
        column=world.news, title=title or f"要闻：{body(seed)[3:15]}", body=body(seed), author_name="李岚",
        department=department or world.section, **fields,
    )  # fmt: skip
    with clock.at(datetime(2026, 9, day, 2, tzinfo=UTC)):
        revision = operations.create(draft, by=world.collector)
        revision = operations.report(revision, by=world.collector)
        revision = operations.approve(revision.steps.get(state="CURRENT"), by=world.head_person)
        operations.publish(revision, by=world.moderator)
    return Article.objects.get(pk=revision.article_id)


def assessor(world, number: str, name: str, department: Department) -> User:
    person = User.objects.create_user(number, name=name, department=department)
    with clock.at(LONG_AGO):
        role = Role.objects.get(key="INSPECTOR")
        column_operations.appoint(person, role, world.main, by=world.system, reason="测试")
    return person


def build_month() -> SimpleNamespace:
    """麻山 on September 2026. 办公室: 5 items, something in each of the four parts; 北桥所: 2 items, on the 3rd and 20th.

    By hand: 办公室 30 + 5 × 6 = 60 and the checklist; 北桥所 20 + 2 × 6 = 32; 监察室 nothing.
    """
    world = build()
    world.supervision = Department.objects.create(
        name="监察室", code="jianchashi", kind=DepartmentKind.SECTION, parent=world.bureau, position=30
    )
    world.chief_inspector = assessor(world, "jiancha", "纪正", world.supervision)
    world.second_assessor = assessor(world, "beiqiaokaohe", "柳平", world.station)
    world.outsider = User.objects.create_user("suoyuan", name="季所员", department=world.station)
    preset.load([data for _, data in source.read_schemes()], (), Merge("test"))
    world.schemes = {one.key: one for one in Scheme.objects.all()}
    world.texts = [put_online(world, day, seed=day * 10 + n) for n, day in enumerate((2, 9, 9, 18, 29))]
    world.others = [put_online(world, day, world.station, seed=500 + day) for day in (3, 20)]
    with clock.at(NOW):
        facts.gather_all()
        world.round, _ = scoring.open_round(world.schemes["mashan"], "MONTH", FIRST)
    return world


MONTH = Snapshot(build_month)


@pytest.fixture
def office(db) -> SimpleNamespace:
    world = MONTH.restore()
    User.objects.update(password_set_at=clock.now())
    return world


@pytest.fixture
def october(office):
    """It is October 8."""
    with clock.at(NOW):
        yield office


def of_unit(round_: Round, unit) -> UnitScore:
    return round_.units.select_related("round__scheme", "unit").get(unit=unit)


def points(score: UnitScore) -> dict:
    return {one.key: one.computed for one in score.points.all()}


def point(round_: Round, unit, key: str) -> IndicatorScore:
    rows = IndicatorScore.objects.select_related("unit_score__round__scheme", "unit_score__unit")
    return rows.get(unit_score__round=round_, unit_score__unit=unit, key=key)


def a_fixing(one: IndicatorScore, value=None, reason: str = "", items=()) -> Fixing:
    return Fixing(one.version, None if value is None else number(value), reason, tuple(items))


def fix_all(world, *, ticks: dict | None = None) -> None:
    """Everything as computed, of the checklist what `ticks` says by unit; each unit by somebody of another one."""
    for score in world.round.units.select_related("unit"):
        by = world.second_assessor if score.unit == world.supervision else world.chief_inspector
        found = {one.key: one for one in score.points.all()}
        fixings = {key: a_fixing(one, one.computed) for key, one in found.items() if one.computed is not None}
        fixings["leadership"] = a_fixing(found["leadership"], items=(ticks or {}).get(score.unit.pk, ()))
        fixing.fix(score, fixings, by=by)


def make_public(world, **ticks) -> Round:
    fix_all(world, **ticks)
    return scoring.publish(world.round, by=world.chief_inspector)
