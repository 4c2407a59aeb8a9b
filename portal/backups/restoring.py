"""恢复: a backup laid out in an empty folder and compared file by file. Nothing that exists is ever written over.

It asks no database: on a machine where everything is lost, the store alone is enough.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from portal.backups import databases, manifest, stores
from portal.backups.manifest import Manifest
from portal.backups.programs import Failed, Tick, nothing_told
from portal.backups.stores import Kept, Store
from portal.enums import BackupKind

LATEST = "latest"
CLUSTER = "postgres"


@dataclass(frozen=True)
class Restored:
    """What lies where: `cluster` is that of PostgreSQL, of a backup by pgBackRest."""

    manifest: Manifest
    folder: Path
    cluster: Path

    @property
    def engine(self) -> str:
        """Which of the ways to a running portal it takes."""
        return self.manifest.database.get("engine", "")


def restore(
    key: str,
    to: Path,
    *,
    source: str = "",
    at: datetime | str | None = None,
    cluster: Path | None = None,
    tick: Tick = nothing_told,
) -> Restored:
    """The backup `key` (or the latest that holds data) in `to`; of pgBackRest's the state `at` a moment, its cluster
    in `to` or elsewhere.

    Raises Failed when it is not there, when `to` is not empty, or when a file is not as it was.
    """
    require_empty(to)
    store, kept = find(key, source)
    store.restore(kept.key, to, tick)
    found = manifest.read(to)
    if manifest.digest(to / manifest.NAME) != kept.sha256:
        raise Failed("取出的清单与备份时的不同，这份备份不可用")
    if faults := manifest.faults(found, to, tick):
        raise Failed(f"取出的内容有 {len(faults)} 处不符，第一处：{faults[0]}")
    restored = Restored(found, to, cluster or to / CLUSTER)
    if restored.engine == "pgbackrest":
        if not settings.PGBACKREST:
            raise Failed(
                "这次的数据库在 pgBackRest 的备份库里：请设置 PGBACKREST 后再恢复（见 docs/backup.md）"
            )
        databases.pgbackrest.restore(found.database["label"], restored.cluster, at, tick)
    elif at:
        raise Failed("只有用 pgBackRest 备份的 PostgreSQL 能恢复到某一时刻；这次备份只能恢复到备份时的状态")
    return restored


def find(key: str, source: str = "") -> tuple[Store, Kept]:
    """The store that holds it: the one named, else the local ones, restic's first."""
    places_to_look = [stores.at(source)] if source else local_stores()
    held = [(store, kept) for store in places_to_look for kept in store.runs()]
    held = [one for one in held if one[1].key == key or (key == LATEST and one[1].kind != BackupKind.SYSTEM)]
    if not held:
        meant = "可用于恢复的备份" if key == LATEST else f"编号 {key} 的备份"
        raise Failed(f"没有{meant}；用 backup list 查看，光盘或异地的备份须用 --from 指明在哪里")
    return max(held, key=lambda one: one[1].at)


def local_stores() -> list[Store]:
    """Those that exist: most machines have one."""
    root = Path(settings.BACKUP_DIR)
    found = {"restic": root / "restic" / "config", "files": root / "files" / "runs"}
    return [stores.named(name) for name, mark in found.items() if mark.exists()]


def require_empty(folder: Path) -> None:
    """Make it where there is none."""
    try:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        if any(os.scandir(folder)):
            raise Failed(f"{folder} 不是空目录：恢复只写入空目录，不覆盖任何东西")
    except OSError as error:
        raise Failed(f"{folder} 不能作为恢复的目录：{error.strerror}") from error
