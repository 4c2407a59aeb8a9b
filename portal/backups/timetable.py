"""The sweeps: backups that were asked for, the one that is due today, the drill of the week (办法第二十条第4、5项).

What is late is told by `watching`.
"""

import logging
from datetime import datetime, timedelta

from celery import current_app

from portal import clock, parameters
from portal.backups import drills, queries, running
from portal.backups.places import Busy
from portal.backups.programs import Failed
from portal.enums import WHOLE_BACKUPS, BackupKind, BackupState
from portal.models import BackupDrill, BackupRun, User
from portal.sweeps import sweep

AGAIN_AFTER = timedelta(hours=1)
log = logging.getLogger(__name__)


@sweep("make_asked_backups", every=timedelta(minutes=1), label="执行要求的备份")
def make_asked_backups() -> int:
    """Also says of a backup whose process died that it failed: nothing else may be at work then."""
    if queries.current() is None:
        return 0
    return _done(running.make_asked)


def nudge() -> None:
    """Do not wait for the minute; a lost broker loses nothing, the sweep comes by itself."""
    try:
        current_app.send_task("sweep.make_asked_backups")
    except OSError as error:
        log.warning("没能通知后台立即备份：%s", error)


@sweep("back_up", every=timedelta(minutes=10), label="每日备份")
def back_up() -> int:
    """After the hour of the day: a full one when the last is old enough, else what is new. A failed one again later."""
    kind = due_kind(clock.now())
    if kind is None or _failed_lately(clock.now()):
        return 0
    return _done(lambda: bool(running.make(kind, by=User.objects.system())))


@sweep("back_up_drill", every=timedelta(minutes=30), label="每周恢复演练")
def back_up_drill() -> int:
    every = parameters.value("backup_drill_every")
    last = BackupDrill.objects.first()
    is_due = every and (last is None or clock.now() - last.finished_at >= timedelta(days=every))
    if not is_due or not _is_time(clock.now()) or not drills.has_something_to_try():
        return 0
    return _done(lambda: bool(drills.drill()))


def due_kind(now: datetime) -> BackupKind | None:
    """What is to be made now; None when today's is made, or its hour has not come."""
    if not _is_time(now):
        return None
    done = BackupRun.objects.filter(state=BackupState.DONE, kind__in=WHOLE_BACKUPS)
    newest_full = done.filter(kind=BackupKind.FULL).first()
    newest = done.first()
    if newest_full is None or _days_since(newest_full, now) >= (parameters.value("backup_full_days") or 7):
        return BackupKind.FULL
    every = parameters.value("backup_days")
    return BackupKind.INCREMENTAL if every and newest and _days_since(newest, now) >= every else None


def _is_time(now: datetime) -> bool:
    return clock.local(now).hour >= (parameters.value("backup_hour") or 0)


def _days_since(run: BackupRun, now: datetime) -> int:
    """By the calendar, so that a backup that took long or came late does not push the next ones on."""
    return (clock.local(now).date() - clock.local(run.started_at).date()).days


def _failed_lately(now: datetime) -> bool:
    last = BackupRun.objects.exclude(state__in=(BackupState.ASKED, BackupState.RUNNING)).first()
    return bool(last and last.state == BackupState.FAILED and now - last.finished_at < AGAIN_AFTER)


def _done(act) -> int:
    """One that is at work already, or fails, is on record; the sweep itself goes on."""
    try:
        return int(act())
    except (Busy, Failed):
        return 0
