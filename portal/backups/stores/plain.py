"""The store of a machine without restic: pieces by their digest, what is unchanged is kept once. Not encrypted."""

import hashlib
import json
import os
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

from portal.backups import manifest
from portal.backups.programs import Failed, Tick
from portal.backups.stores.base import Kept

PIECE = 4 * 1024 * 1024
WAITING = ".unverified"


class Plain:
    """`pieces/ab/abcd…` hold content, `runs/<key>.json` say which pieces make which file."""

    name, is_encrypted = "files", False

    def __init__(self, folder: Path):
        self.folder, self.pieces, self.index = folder, folder / "pieces", folder / "runs"
        self._written: set[str] = set()

    def open(self) -> None:
        for folder in (self.folder, self.pieces, self.index):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in [*self.pieces.glob("*/*.tmp"), *self.index.glob(f"*{WAITING}")]:
            left.unlink()

    def save(self, kept: Kept, roots: Mapping[str, Path], *, anew: bool, tick: Tick) -> int:
        before = {} if anew else self._newest_files()
        found = [(name, root, path) for name, root in roots.items() for path in manifest.walk(root)]
        files, stored = {}, 0
        for number, (name, root, path) in enumerate(found, 1):
            place = "/".join(part for part in (name, path.relative_to(root).as_posix()) if part)
            stat = path.stat()
            known = before.get(place)
            if known and known[:2] == [stat.st_size, stat.st_mtime_ns]:
                files[place] = known
            else:
                put = [self._put(piece) for piece in _pieces(path)]
                files[place] = [stat.st_size, stat.st_mtime_ns, [name for name, _ in put]]
                stored += sum(size for _, size in put)
            tick(number / len(found))
        os.sync()
        self._write(self.index / f"{kept.key}{WAITING}", {**asdict(kept), "files": files})
        return stored

    def verify(self, kept: Kept, *, wholly: bool, tick: Tick) -> None:
        """Sizes of all, content of what is new or of all; the manifest must be the one that was meant."""
        files = self._read(self.index / f"{kept.key}{WAITING}")["files"]
        names = sorted({name for _, _, pieces in files.values() for name in pieces})
        for number, name in enumerate(names, 1):
            if wholly or name in self._written:
                self._get(name)
            elif not self._place(name).is_file():
                raise Failed(f"备份库缺少内容块 {name[:12]}，须全面备份一次")
            tick(number / len(names))
        said = b"".join(map(self._get, files[manifest.NAME][2]))
        if hashlib.sha256(said).hexdigest() != kept.sha256:
            raise Failed("备份库里的清单与这次备份的不同")

    def confirm(self, kept: Kept) -> None:
        (self.index / f"{kept.key}{WAITING}").rename(self._index_of(kept.key))
        os.sync()

    def runs(self) -> list[Kept]:
        rows = [self._read(path) for path in self.index.glob("*.json")]
        found = [Kept(**{name: row[name] for name in Kept.__dataclass_fields__}) for row in rows]
        return sorted(found, key=lambda kept: kept.at, reverse=True)

    def restore(self, key: str, to: Path, tick: Tick) -> None:
        files = self._read(self._index_of(key))["files"]
        for number, (place, (_, mtime, pieces)) in enumerate(files.items(), 1):
            if ".." in PurePosixPath(place).parts or place.startswith("/"):
                raise Failed(f"备份里有不合规的路径：{place[:80]}")
            path = to / place
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.writelines(map(self._get, pieces))
            os.utime(path, ns=(mtime, mtime))
            tick(number / len(files))

    def forget(self, keys: Collection[str]) -> None:
        for key in keys:
            self._index_of(key).unlink(missing_ok=True)
        rows = [self._read(path)["files"] for path in self.index.glob("*.json")]
        needed = {name for files in rows for _, _, pieces in files.values() for name in pieces}
        for path in self.pieces.glob("*/*"):
            if path.name not in needed:
                path.unlink()

    def _newest_files(self) -> dict[str, list]:
        newest = next(iter(self.runs()), None)
        return self._read(self._index_of(newest.key))["files"] if newest else {}

    def _put(self, piece: bytes) -> tuple[str, int]:
        """The digest of the piece, and how much room it newly takes; one that lies damaged is written anew."""
        name = hashlib.sha256(piece).hexdigest()
        place = self._place(name)
        if place.exists() and self._is_whole(name):
            return name, 0
        place.parent.mkdir(exist_ok=True)
        packed = zlib.compress(piece, 1)
        draft = place.with_suffix(".tmp")
        draft.write_bytes(packed)
        draft.replace(place)
        self._written.add(name)
        return name, len(packed)

    def _get(self, name: str) -> bytes:
        try:
            piece = zlib.decompress(self._place(name).read_bytes())
        except (OSError, zlib.error) as error:
            raise Failed(f"备份库的内容块 {name[:12]} 读不出来") from error
        if hashlib.sha256(piece).hexdigest() != name:
            raise Failed(f"备份库的内容块 {name[:12]} 已损坏")
        return piece

    def _is_whole(self, name: str) -> bool:
        try:
            return bool(self._get(name) is not None)
        except Failed:
            return False

    def _place(self, name: str) -> Path:
        return self.pieces / name[:2] / name

    def _index_of(self, key: str) -> Path:
        return self.index / f"{key}.json"

    @staticmethod
    def _read(path: Path) -> dict[str, Any]:
        try:
            return json.loads(path.read_bytes())
        except (OSError, ValueError) as error:
            raise Failed(f"备份库里没有这次备份，或者它的目录已损坏：{path.stem}") from error

    @staticmethod
    def _write(path: Path, said: dict[str, Any]) -> None:
        draft = path.with_suffix(".tmp")
        draft.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        draft.replace(path)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
