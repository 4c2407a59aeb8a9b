"""Backups and drills among what is watched of the house (portal.watch): red when there has been none for too long."""

from datetime import datetime, timedelta

from portal import clock, watch
from portal.backups import queries
from portal.backups.running import URL
from portal.enums import Health, IncidentKind, Urgency
from portal.models import BackupRun

A_NEW_HOUSE = timedelta(days=1)  # is left to begin


def read_backup() -> watch.Reading:
    found = queries.standing()
    return _reading(found.backup_urgency, found.run and found.run.started_at, "备份", "立即备份")


def read_drill() -> watch.Reading:
    found = queries.standing()
    return _reading(
        found.drill_urgency, found.drill and found.drill.finished_at, "成功的恢复演练", "做一次恢复演练"
    )


def _reading(urgency: Urgency, at: datetime | None, what: str, action: str) -> watch.Reading:
    age = (clock.now() - at).total_seconds() if at else None
    words = f"最近一次在 {clock.local(at):%Y-%m-%d %H:%M}" if at else f"还没有{what}"
    if urgency != Urgency.RED:
        return watch.Reading(Health.OK, words, value=age)
    return watch.Reading(Health.AMBER if _is_new() else Health.RED, words, action, URL, age)


def _is_new() -> bool:
    first = BackupRun.objects.order_by("pk").values_list("asked_at", flat=True).first()
    return first is None or clock.now() - first < A_NEW_HOUSE


watch.register(
    watch.Check("backup", "备份", 30, read_backup, incident=IncidentKind.BACKUP),
    watch.Check("drill", "恢复演练", 31, read_drill),
)
