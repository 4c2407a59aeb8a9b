"""PostgreSQL by pgBackRest: full weekly, increments daily, and every WAL segment, so that any moment can be restored."""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from portal import parameters
from portal.backups import programs
from portal.backups.databases import tables
from portal.backups.programs import Failed, Tick, nothing_told
from portal.enums import BackupKind

LATEST = "latest"


def take(kind: str, tick: Tick) -> dict[str, Any]:
    """pgBackRest keeps the copy itself; what is written meanwhile may or may not be in it."""
    with connection.cursor() as cursor:
        before = tables.counts(cursor, "postgresql")
        call("检查数据库归档", "check", tick=tick)
        asked = "incr" if kind == BackupKind.INCREMENTAL else "full"
        call("备份数据库", "backup", f"--type={asked}", f"--repo1-retention-full={_fulls_kept()}", tick=tick)
        after = tables.counts(cursor, "postgresql")
    newest = backups()[-1]
    return {
        "engine": "pgbackrest", "label": newest["label"], "bytes": newest["info"]["size"],
        "stored": newest["info"]["repository"]["delta"], "tables": tables.between(before, after),
    }  # fmt: skip


def verify(tick: Tick = nothing_told) -> None:
    """Every file and every WAL segment of the repository is read and compared with its checksum."""
    said = call("核对数据库备份", "verify", tick=tick)
    bad = [line.strip() for line in said.splitlines() if "ERROR" in line]
    if bad:
        raise Failed(f"数据库备份没有通过核对：{bad[0][:200]}")


def backups() -> list[dict[str, Any]]:
    """What pgBackRest keeps now, oldest first."""
    stanza = json.loads(call("查看数据库备份", "info", "--output=json"))[0]
    found = [backup for backup in stanza["backup"] if not backup["error"]]
    if stanza["status"]["code"] and not found:
        raise Failed(f"数据库备份库不可用：{stanza['status']['message']}")
    return found


def restore(label: str, to: Path, at: datetime | str | None, tick: Tick = nothing_told) -> None:
    """The cluster of that backup in `to`: as it was when the backup ended, at a moment after that, or up to the last
    WAL segment that was archived (LATEST). Archiving is off in it until its owner turns it on."""
    if at == LATEST:
        target = ["--type=default"]
    elif isinstance(at, datetime):
        label = _last_before(at)
        target = ["--type=time", f"--target={at.isoformat(sep=' ')}", "--target-action=promote"]
    else:
        target = ["--type=immediate", "--target-action=promote"]
    to.parent.chmod(0o1777)  # the cluster belongs to postgres, who makes the folder
    try:
        call(
            "恢复数据库",
            "restore",
            f"--pg1-path={to}",
            f"--set={label}",
            "--archive-mode=off",
            *target,
            tick=tick,
        )
    finally:
        to.parent.chmod(0o755)


def as_owner(*words: str) -> list[str]:
    """A command that runs as whoever pgBackRest runs as: the words before it in PGBACKREST come first."""
    end = next(place for place, word in enumerate(settings.PGBACKREST) if Path(word).name == "pgbackrest")
    return [*settings.PGBACKREST[:end], *words]


def call(what: str, command: str, *options: str, tick: Tick = nothing_told) -> str:
    words = [*settings.PGBACKREST, "--log-level-console=error", "--log-level-stderr=error", *options, command]
    environment = {"PATH": f"{os.environ.get('PATH', '')}:/usr/bin:/usr/local/bin"}
    return programs.run(words, what, environment=environment, tick=tick)


def _last_before(moment: datetime) -> str:
    """The newest backup that ended before the moment: from there the WAL leads on to it."""
    ended = [one["label"] for one in backups() if one["timestamp"]["stop"] <= moment.timestamp()]
    if not ended:
        raise Failed("这个时刻早于保存着的最早一次数据库备份")
    return ended[-1]


def _fulls_kept() -> int:
    """As many full ones as fit into the time that full backups are kept; never fewer than two."""
    days, every = parameters.value("backup_keep_full_days"), parameters.value("backup_full_days")
    return max(2, -(-(days or 0) // (every or 7)))


def gone(labels: Sequence[str]) -> set[str]:
    """Which of these pgBackRest has deleted since."""
    return set(labels) - {backup["label"] for backup in backups()}
