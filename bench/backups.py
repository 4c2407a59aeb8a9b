"""Backups: time and size of a full one, an increment and a restore, and what they come to at the measure's volume.

BENCH_BACKUP_MB (200) of files that do not compress and BENCH_BACKUP_ARTICLES (20,000) are generated; the measure is
10 GB and 1,000,000. Times grow with the volume, so the last rows are the measured ones multiplied.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from bench import Row, at_least, at_most
from columns.models import Column, ReviewRoute
from portal import clock
from portal.backups import places, restoring, running
from portal.enums import BackupKind, DepartmentKind
from portal.models import BackupRun, Department, Site, User
from publishing.models import Article, Revision

MEGABYTES = int(os.environ.get("BENCH_BACKUP_MB", "200"))
ARTICLES = int(os.environ.get("BENCH_BACKUP_ARTICLES", "20000"))
MEASURE_MB, MEASURE_ARTICLES = 10_000, 1_000_000
PICTURE, BATCH = 500_000, 2000


def run() -> list[Row]:
    _files(MEGABYTES)
    _articles(ARTICLES)
    full, full_seconds = _timed(lambda: _make(BackupKind.FULL))
    _files(max(1, MEGABYTES // 100), "new")
    increment, increment_seconds = _timed(lambda: _make(BackupKind.INCREMENTAL))
    _, seconds = _timed(lambda: restoring.restore("latest", Path(settings.VAR_DIR, "restored")))
    times = full.bytes / 1e6 / seconds
    label = f"{MEGABYTES} MB 文件、{ARTICLES:,} 条信息（{connection.vendor}，{full.parts['store']}）"
    return [
        at_most(f"{label}：全面备份并读回核对", full_seconds, "秒", _scaled(3600)),
        at_most(f"{label}：增量备份（新增 1%）", increment_seconds, "秒", _scaled(600) + 30),
        at_most(f"{label}：恢复并逐个文件核对", seconds, "秒", _scaled(3600)),
        at_least("全面备份每秒", full.bytes / 1e6 / full_seconds, "MB", 3),
        at_least("恢复每秒", times, "MB", 3),
        at_most("增量新占空间，占全面备份的", 100 * increment.stored_bytes / full.stored_bytes, "%", 25),
        at_most("推算 10 GB 文件、百万条信息：恢复", _measure_bytes(full) / 1e6 / times / 60, "分钟", 60),
    ]  # fmt: skip


def _make(kind: BackupKind) -> BackupRun:
    return running.make(kind, by=User.objects.system())


def _measure_bytes(full: BackupRun) -> float:
    """What the measure's volume would hold: files as they are, the database by the article."""
    database = full.bytes - MEGABYTES * 1e6
    return MEASURE_MB * 1e6 + database * MEASURE_ARTICLES / ARTICLES


def _scaled(seconds: float) -> float:
    return seconds * max(MEGABYTES / MEASURE_MB, ARTICLES / MEASURE_ARTICLES) + 60


def _files(megabytes: int, prefix: str = "old") -> None:
    folder = Path(settings.MEDIA_ROOT, "stored", prefix)
    folder.mkdir(parents=True, exist_ok=True)
    places.require_room(folder, 4 * megabytes * 1_000_000)
    for number in range(megabytes * 1_000_000 // PICTURE):
        (folder / f"{number:06}.jpg").write_bytes(os.urandom(PICTURE))


def _articles(number: int) -> None:
    bureau = Department.objects.create(name="市局", code="shiju", kind=DepartmentKind.BUREAU)
    site = Site.objects.create(key="shiju", name="市局网站", department=bureau)
    route = ReviewRoute.objects.create(key="direct", name="直接发布", is_default=True)
    column = Column.objects.create(site=site, name="要闻", slug="yaowen", route=route)
    keeper, now = User.objects.system(), clock.now()
    body = "<p>分局召开第四季度信息工作例会，部署年底前的重点工作。</p>" * 60
    for start in range(0, number, BATCH):
        some = [
            Article(site=site, column=column, title=f"第 {n} 条信息", created_by=keeper, created_at=now)
            for n in range(start, min(start + BATCH, number))
        ]
        Article.objects.bulk_create(some)
        Revision.objects.bulk_create(
            Revision(
                article=one,
                column=column,
                title=one.title,
                body=f"{body}{one.pk}",
                created_by=keeper,
                saved_by=keeper,
                saved_at=now,
            )
            for one in some
        )


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    done = act()
    return done, time.perf_counter() - began
