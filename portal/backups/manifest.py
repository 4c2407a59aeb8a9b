"""清单: what a backup holds, every file with its size and SHA-256; the digest of the list stands for the whole."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from portal.backups.programs import Failed, Tick, nothing_told

NAME = "manifest.json"


@dataclass(frozen=True)
class Entry:
    """A file by its place in the backup."""

    path: str
    bytes: int
    mtime: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`roots` says where each folder of the backup came from, "" being what was put together for it alone."""

    run: str
    kind: str
    at: str
    roots: dict[str, str]
    database: dict[str, Any] = field(default_factory=dict)
    system: dict[str, Any] = field(default_factory=dict)
    files: list[Entry] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        return sum(entry.bytes for entry in self.files) + self.database.get("bytes", 0)

    def write(self, folder: Path) -> str:
        """Into the folder; returns the digest of what was written."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()
        (folder / NAME).write_bytes(text)
        return hashlib.sha256(text).hexdigest()


def read(folder: Path) -> Manifest:
    """Raises Failed where there is none or it cannot be read."""
    try:
        said = json.loads((folder / NAME).read_bytes())
        return Manifest(**{**said, "files": [Entry(**entry) for entry in said["files"]]})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Failed(f"{folder} 里没有完整的清单 {NAME}") from error


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def walk(root: Path) -> Iterator[Path]:
    """All files below, in one order; links are no part of it."""
    for folder, folders, names in os.walk(root):
        folders.sort()
        yield from (path for name in sorted(names) if not (path := Path(folder, name)).is_symlink())


def take_stock(
    roots: Mapping[str, Path], known: Mapping[str, Entry], tick: Tick = nothing_told
) -> list[Entry]:
    """Every file below `roots`; one whose size and time are as `known` is not read again."""
    found = [(name, root, path) for name, root in roots.items() for path in walk(root)]
    entries = []
    for number, (name, root, path) in enumerate(found, 1):
        place = "/".join(part for part in (name, path.relative_to(root).as_posix()) if part)
        stat, before = path.stat(), known.get(place)
        is_known = before and (before.bytes, before.mtime) == (stat.st_size, stat.st_mtime_ns)
        sha256 = before.sha256 if before and is_known else digest(path)
        entries.append(Entry(place, stat.st_size, stat.st_mtime_ns, sha256))
        if number % 200 == 0:
            tick(number / len(found))
    return entries


def faults(manifest: Manifest, folder: Path, tick: Tick = nothing_told) -> list[str]:
    """What of the list is missing in `folder` or is not as it was, in words."""
    found = []
    for number, entry in enumerate(manifest.files, 1):
        path = folder / entry.path
        if not path.is_file():
            found.append(f"缺少文件 {entry.path}")
        elif path.stat().st_size != entry.bytes or digest(path) != entry.sha256:
            found.append(f"文件 {entry.path} 与备份时不同")
        if number % 200 == 0:
            tick(number / len(manifest.files))
    return found
