"""保存期: which backups are deleted. The newest full one and the newest of all never are, whatever the numbers say."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from portal import clock, parameters
from portal.backups import databases, stores
from portal.enums import WHOLE_BACKUPS, BackupKind, BackupState
from portal.models import BackupRun, User
from portal.workflow import fire


def expire() -> int:
    """Delete what is past its time, here and in the other place; the rows stay. Returns how many went."""
    kept = list(BackupRun.objects.filter(state=BackupState.DONE).exclude(kind=BackupKind.ARCHIVE))
    going = _past(kept) | _lost(kept)
    by_store = sorted((run for run in kept if run.pk in going), key=lambda run: run.parts["store"])
    for name, runs in groupby(by_store, key=lambda run: run.parts["store"]):
        _delete(name, list(runs))
    return len(going)


def _delete(name: str, runs: list[BackupRun]) -> None:
    keys = [run.key for run in runs]
    stores.named(name).forget(keys)
    if (other := stores.offsite()) and any(run.offsite_at for run in runs):
        other.forget(keys)
    for run in runs:
        fire(
            run, "expire", actor=User.objects.system(), why_not=lambda user, verb, one: "", note="已过保存期"
        )


def _past(runs: Iterable[BackupRun]) -> set[int]:
    """Fulls and system backups are kept long, increments short; each kind's newest stays."""
    newest: set[int] = set()
    for wanted in ((BackupKind.FULL,), WHOLE_BACKUPS, (BackupKind.SYSTEM,)):
        newest |= (
            {max(found, key=lambda run: run.started_at).pk}
            if (found := [r for r in runs if r.kind in wanted])
            else set()
        )
    return {run.pk for run in runs if run.started_at < _since(run.kind)} - newest


def _since(kind: str) -> datetime:
    days = parameters.value("backup_keep_days" if kind == BackupKind.INCREMENTAL else "backup_keep_full_days")
    return clock.now() - timedelta(days=days) if days else datetime.min.replace(tzinfo=clock.now().tzinfo)


def _lost(runs: Iterable[BackupRun]) -> set[int]:
    """Those whose database pgBackRest has deleted: it keeps as many full ones as it is told."""
    labels = {run.pk: label for run in runs if (label := run.parts.get("database", {}).get("label"))}
    gone = databases.pgbackrest.gone(list(labels.values())) if labels else set()
    return {pk for pk, label in labels.items() if label in gone}
