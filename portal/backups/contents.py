"""What goes into a backup: the database first, then the files it speaks of, so that no row is without its file.

Published pages are left out: they are rendered anew. Keys are left out: docs/backup.md says how they are kept.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages

from portal import clock
from portal.backups import databases, manifest, places, system
from portal.backups.manifest import Entry, Manifest
from portal.backups.programs import Tick
from portal.enums import BackupKind
from portal.models import BackupRun

Step = Callable[[str], Tick]
"""Says what begins now; gives back whom to tell how far it is."""

KNOWN = "known.json"


def gather(run: BackupRun, staging: Path, step: Step) -> tuple[Manifest, str]:
    """Put it together in `staging`; the manifest with its digest."""
    places.require_room(staging, _needed(run))
    tick = step("复制数据库")
    has_data = run.kind != BackupKind.SYSTEM
    database = databases.take(staging, run.kind, tick) if has_data else {}
    step("记录系统与设置")
    said = system.write(staging)
    roots = {"": staging, **(file_roots() if has_data else {})}
    known = {} if run.kind in (BackupKind.FULL, BackupKind.ARCHIVE) else known_files()
    entries = manifest.take_stock(roots, known, step("清点文件"))
    at, whence = (
        clock.local(run.started_at).isoformat(),
        {name: str(root.resolve()) for name, root in roots.items()},
    )
    found = Manifest(run.key, run.kind, at, whence, database, said, entries)
    return found, found.write(staging)


def file_roots() -> dict[str, Path]:
    """Folders of files by name; media kept in an object store are backed up there (docs/backup.md)."""
    local = isinstance(storages["default"], FileSystemStorage)
    named = {"media": settings.MEDIA_ROOT} if local else {}
    named["visits"] = settings.VISITS_ROOT
    return {name: Path(folder) for name, folder in named.items() if Path(folder).is_dir()}


def remember(found: Manifest) -> None:
    """What an increment need not read again."""
    rows = [asdict(entry) for entry in found.files if entry.path.startswith(("media/", "visits/"))]
    draft = places.root() / f"{KNOWN}.tmp"
    draft.write_text(json.dumps(rows), encoding="utf-8")
    draft.replace(places.root() / KNOWN)


def known_files() -> dict[str, Entry]:
    """By place; nothing where the list is missing or damaged: then everything is read."""
    try:
        rows = json.loads((places.root() / KNOWN).read_bytes())
        return {row["path"]: Entry(**row) for row in rows}
    except (OSError, ValueError, TypeError, KeyError):
        return {}


def _needed(run: BackupRun) -> int:
    """The copy of the database, twice until it is stored; all files as well where none were stored yet."""
    if run.kind == BackupKind.SYSTEM:
        return 0
    needed = databases.needed_bytes(run.kind)
    if run.kind == BackupKind.ARCHIVE or not known_files():
        needed += sum(path.stat().st_size for root in file_roots().values() for path in manifest.walk(root))
    return needed
