"""Update limits: the sweep that issues reminder slips, over fifty thousand columns of five hundred sites."""

import time
import tracemalloc
from datetime import datetime, timedelta
from unittest.mock import patch

from django.utils import timezone

from assessment.enums.facts import EventKind, Verdict
from assessment.models import Publication, ReminderSlip
from assessment.operations.reminders import remind
from bench import Row, at_most
from columns.enums import CadenceRule, Period
from columns.models import Cadence, Column, Responsibility
from portal import clock
from portal.enums import DepartmentKind
from portal.models import Department, Site, User
from publishing.enums import ArticleState, RevisionState
from publishing.models import Article, Revision

SITES, MAINS, SUBS = 500, 5, 20
LIMITED = SITES * MAINS * SUBS
WEEKLY, FORTNIGHTLY = "动态", "专题"
SILENT_EVERY = 100
"""One sub-column in so many is silent: the slips that a bad week brings."""


def run() -> list[Row]:
    today = _a_workday()
    columns = _office()
    _publish(columns, today)
    with patch.object(clock, "now", lambda: today):
        first = _seconds(remind)
        issued = ReminderSlip.objects.count()
        assert issued == LIMITED // SILENT_EVERY, issued
        again = _seconds(remind)
        assert ReminderSlip.objects.count() == issued
        peak = _peak(remind)
    return [
        at_most(f"5 万个栏目：更新检查并签发 {issued} 张提醒单", first, "秒", 20),
        at_most("5 万个栏目：再次检查，没有变化", again, "秒", 20),
        at_most("更新检查占用内存", peak, "MB", 300),
    ]


def _a_workday() -> datetime:
    """A Wednesday without a holiday near it."""
    return timezone.make_aware(datetime(2026, 6, 10, 10))


def _office() -> list[Column]:
    """Every site with its own unit; each main column collected for by it, each sub-column under a limit of its class."""
    bureau = Department.objects.create(name="市局", code="shiju", kind=DepartmentKind.BUREAU)
    units = Department.objects.bulk_create(
        Department(name=f"单位{n}", code=f"u{n}", kind=DepartmentKind.SECTION, parent=bureau)
        for n in range(SITES)
    )
    sites = Site.objects.bulk_create(
        Site(key=f"s{n}", name=f"网站{n}", department=unit) for n, unit in enumerate(units)
    )
    made = clock.today() - timedelta(days=800)
    mains = Column.objects.bulk_create(
        Column(site=site, name=f"主栏目{n}", slug=f"m{n}", position=10 + n, made_on=made)
        for site in sites
        for n in range(MAINS)
    )
    subs = Column.objects.bulk_create(
        (
            Column(
                site_id=main.site_id, parent=main, name=f"子栏目{n}", slug=f"{main.slug}-{n}", position=10 + n,
                update_class=WEEKLY if n % 2 else FORTNIGHTLY, made_on=made,
            )
            for main in mains
            for n in range(SUBS)
        ),
        batch_size=2000,
    )  # fmt: skip
    Responsibility.objects.bulk_create(
        Responsibility(column=main, department=site.department, collects=True)
        for main, site in zip(mains, (site for site in sites for _ in range(MAINS)), strict=True)
    )
    for name, terms in {
        WEEKLY: {"rule": CadenceRule.AT_LEAST, "count": 1, "period": Period.WEEK},
        FORTNIGHTLY: {"rule": CadenceRule.MAX_SILENCE, "days": 14},
    }.items():
        Cadence.objects.create(update_class=name, clause="办法第十五条", **terms)
    return [*mains, *subs]


def _publish(columns: list[Column], today: datetime) -> None:
    """Four texts a column, the newest of yesterday; of the silent ones two months old. Only facts are read: their texts
    are revisions of one and the same article."""
    system, column = User.objects.system(), columns[0]
    article = Article.objects.create(
        site=column.site, column=column, state=ArticleState.LIVE, title="信息", created_by=system, created_at=today
    )  # fmt: skip
    units = dict(Site.objects.values_list("pk", "department_id"))
    for start in range(0, len(columns), 5000):
        part = columns[start : start + 5000]
        revisions = Revision.objects.bulk_create(
            (
                Revision(
                    article=article, number=4 * (start + place) + turn, column=one, title="信息",
                    state=RevisionState.SUPERSEDED, created_by=system, saved_by=system, saved_at=today,
                )
                for place, one in enumerate(part)
                for turn in range(4)
            ),
            batch_size=2000,
        )  # fmt: skip
        Publication.objects.bulk_create(
            (
                _fact(revision, part[place // 4], units, today, place % 4, start + place // 4)
                for place, revision in enumerate(revisions)
            ),
            batch_size=2000,
        )


def _fact(
    revision: Revision, column: Column, units: dict[int, int], today: datetime, turn: int, place: int
) -> Publication:
    at = today - timedelta(days=1 + 7 * turn + (60 if _is_silent(place) else 0))
    return Publication(
        revision=revision, article_id=revision.article_id, site_id=column.site_id, column=column,
        unit_id=units[column.site_id], kind=EventKind.FIRST, at=at, on=at.date(), title_key="信息", size=100,
        verdict=Verdict.COUNTED,
    )  # fmt: skip


def _is_silent(place: int) -> bool:
    return place % SILENT_EVERY == SILENT_EVERY - 1


def _seconds(act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _peak(act) -> float:
    tracemalloc.start()
    act()
    peak = tracemalloc.get_traced_memory()[1] / 1_000_000
    tracemalloc.stop()
    return peak
