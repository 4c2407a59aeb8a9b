"""Scores: a month and a year of five hundred units over a million publications, and the board of all of them."""

import time
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessment.enums.facts import EventKind, Verdict
from assessment.enums.scores import RoundState
from assessment.models import Publication, Round, Scheme
from assessment.operations import scoring
from assessment.preset import load
from assessment.queries import scoring as queries
from assessment.rules.points import Window
from assessment.rules.schemes import SchemeRules, as_json
from bench import Row, at_most
from columns.models import Column
from portal import clock
from portal.enums import DepartmentKind
from portal.models import Department, Site, User
from portal.preset_merge import Merge
from portal.presets import source
from publishing.enums import ArticleState, RevisionState
from publishing.models import Article, Revision

UNITS, PUBLICATIONS, YEAR, DAYS, ROUNDS = 500, 1_000_000, 2025, 365, 5
ON_POSTGRES = "postgresql"


def run() -> list[Row]:
    call_command("collectstatic", interactive=False, verbosity=0)
    _publish(*_office())
    load([data for _, data in source.read_schemes()], (), Merge("bench"))
    scheme, name = Scheme.objects.get(key="mashan"), connection.vendor
    rules, month = SchemeRules.read(as_json(scheme)), Window(date(YEAR, 6, 1), date(YEAR, 6, 30))
    seconds = _median(lambda: queries.sheets(rules, month))
    year = Window(date(YEAR, 1, 1), date(YEAR, 12, 31))
    yearly, memory = _once(lambda: queries.sheets(rules, year))
    began = time.perf_counter()
    _open(scheme, 6)
    opened = time.perf_counter() - began
    again = _again(scheme)
    for number in range(1, 6):
        _open(scheme, number)
    board = f"/scoreboard/{Round.objects.get(starts_on=month.starts_on).pk}/"
    browser, shown = Client(headers={"host": "127.0.0.1"}), []
    for address in (board, f"{board}?page=10"):
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        queries_asked = len(asked)
        shown.append((_median(lambda address=address: browser.get(address)) * 1000, queries_asked))
    return [
        at_most(
            f"500 个单位、100 万条发布：一个月计分（{name}）", seconds, "秒", 1 if name == ON_POSTGRES else 4
        ),
        at_most(f"500 个单位、100 万条发布：一年计分（{name}）", yearly, "秒", 30),
        at_most(f"一年计分占用内存（{name}）", memory, "MB", 300),
        at_most(f"开始一期并记下 500 个单位的得分（{name}）", opened, "秒", 10),
        at_most(f"一期重新计分，没有变化（{name}）", again, "秒", 5),
        at_most(f"公布页首页（{name}）", shown[0][0], "毫秒", 200),
        at_most(f"公布页末页（{name}）", shown[1][0], "毫秒", 200),
        at_most(f"公布页的查询数（{name}）", shown[0][1], "次", 25),
    ]


def _again(scheme: Scheme) -> float:
    """An open round computed anew."""
    round_, _ = scoring.open_round(scheme, "MONTH", date(YEAR, 7, 1))
    return _median(lambda: scoring.recompute(round_), rounds=3)


def _open(scheme: Scheme, number: int) -> None:
    """A month opened, and made public without anybody fixing it: only its board is measured."""
    round_, _ = scoring.open_round(scheme, "MONTH", date(YEAR, number, 1))
    for place, score in enumerate(round_.units.order_by("-total"), start=1):
        round_.units.filter(pk=score.pk).update(place=place)
    Round.objects.filter(pk=round_.pk).update(state=RoundState.PUBLISHED, published_at=clock.now())


def _office() -> tuple[list[Department], Column, User]:
    bureau = Department.objects.create(name="市局", code="shiju", kind=DepartmentKind.BUREAU)
    units = [
        Department.objects.create(name=f"科室{n}", code=f"ke{n}", kind=DepartmentKind.SECTION, parent=bureau)
        for n in range(UNITS)
    ]
    site = Site.objects.create(key="shiju", name="市局网站", department=bureau)
    column = Column.objects.create(site=site, name="工作动态", slug="gongzuodongtai")
    return units, column, User.objects.system()


def _publish(units: list[Department], column: Column, system: User) -> None:
    """A million over one year, copied inside the database. Only facts are counted: their texts are revisions of one and
    the same article. One in twenty repeats another."""
    now = clock.now()
    article = Article.objects.create(
        site=column.site,
        column=column,
        state=ArticleState.LIVE,
        title="信息",
        created_by=system,
        created_at=now,
    )
    revision = Revision.objects.create(
        article=article, number=0, column=column, title="信息", state=RevisionState.SUPERSEDED, created_by=system,
        saved_by=system, saved_at=now,
    )  # fmt: skip
    Publication.objects.create(
        revision=revision, article=article, site=column.site, column=column, unit=units[0], kind=EventKind.FIRST,
        at=now, on=date(YEAR - 1, 1, 1), title_key="信息", size=100,
    )  # fmt: skip
    with connection.cursor() as cursor:
        made = 1
        while made < PUBLICATIONS:
            _copy(cursor, Revision, {"number": f"number + {made}"}, f"number < {PUBLICATIONS - made}")
            made = min(2 * made, PUBLICATIONS)
        for day in range(DAYS):
            _publish_on(cursor, date(YEAR, 1, 1) + timedelta(days=day), day, units[0].pk)
        cursor.execute("ANALYZE")


def _publish_on(cursor, day: date, place: int, first_unit: int) -> None:
    """The revisions of one day, spread over all units."""
    at = timezone.make_aware(datetime.combine(day, datetime.min.time().replace(hour=9)))
    share = PUBLICATIONS // DAYS + 1
    changes = {
        "revision_id": "r.id", "unit_id": f"{first_unit} + r.number %% {UNITS}", "shape": "r.number",
        "on": "%s", "at": "%s",
        "verdict": f"CASE WHEN r.number %% 20 = 0 THEN '{Verdict.DUPLICATE}' ELSE '{Verdict.COUNTED}' END",
    }  # fmt: skip
    lower = max(1, place * share)
    _copy(
        cursor, Publication, changes, f"r.number >= {lower} AND r.number < {(place + 1) * share} AND p.shape = 0",
        join=f"p CROSS JOIN {Revision._meta.db_table} r", values=[at, day],
    )  # fmt: skip


def _copy(cursor, model: type, changes: dict[str, str], where: str, *, join: str = "", values=()) -> None:
    """Rows of the model put in again with some columns changed."""
    table, quoted = model._meta.db_table, connection.ops.quote_name
    names = [field.column for field in model._meta.concrete_fields if not field.primary_key]
    ordered = sorted(names, key=lambda name: ("at", "on").index(name) if name in ("at", "on") else -1)
    prefix = "p." if join else ""
    chosen = ", ".join(changes.get(name, f"{prefix}{quoted(name)}") for name in ordered)
    columns = ", ".join(quoted(name) for name in ordered)
    statement = f"INSERT INTO {table} ({columns}) SELECT {chosen} FROM {table} {join} WHERE {where}"
    adapt = connection.ops
    given = (
        [adapt.adapt_datetimefield_value(values[0]), adapt.adapt_datefield_value(values[1])]
        if values
        else None
    )
    cursor.execute(statement, given)


def _once(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds, and the most memory that was held on the way, in MB."""
    began = time.perf_counter()
    act()
    took = time.perf_counter() - began
    tracemalloc.start()
    if took < 60:
        act()
    peak = tracemalloc.get_traced_memory()[1] / 1_000_000
    tracemalloc.stop()
    return took, peak


def _median(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        took.append(time.perf_counter() - began)
    return sorted(took)[rounds // 2]
