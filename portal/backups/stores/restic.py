"""restic's repository: encrypted, every piece kept once; here, in the other place, or on discs."""

import hashlib
import json
import shutil
from collections.abc import Collection, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from portal.backups import manifest, places, programs
from portal.backups.programs import Failed, Tick, nothing_told
from portal.backups.stores.base import Kept

VERIFIED = "verified"


class Restic:
    """Each backup is a snapshot that its tags describe; the tag `verified` makes it count."""

    name, is_encrypted = "restic", True

    def __init__(self, address: str, key: str):
        self.address, self._key = address, key

    def open(self) -> None:
        if not self._exists():
            self._run("建立备份库", "init")
        self._run("整理备份库", "unlock")  # of dead processes only

    def save(self, kept: Kept, roots: Mapping[str, Path], *, anew: bool, tick: Tick) -> int:
        self._drop_unverified()
        tags = [f"--tag={name}={value}" for name, value in asdict(kept).items()]
        again = ["--force"] if anew else []
        said = self._run(
            "存入备份库", "backup", "--json", "--host=portal", *tags, *again,
            *(str(root.resolve()) for root in roots.values()), on_line=_shares(tick), tick=tick,
        )  # fmt: skip
        return json.loads(said.splitlines()[-1])["data_added"]

    def verify(self, kept: Kept, *, wholly: bool, tick: Tick) -> None:
        """The repository's own check, all of its data or its structure; then the manifest and the database out of it."""
        self._run("核对备份库", "check", *(["--read-data"] if wholly else []), tick=tick)
        shot = self._snapshot(kept.key)
        staged = _staged(shot)
        said = self._dump(shot, f"{staged}/{manifest.NAME}")
        if hashlib.sha256(said.encode()).hexdigest() != kept.sha256:
            raise Failed("备份库里的清单与这次备份的不同")

    def confirm(self, kept: Kept) -> None:
        self._run("标记备份", "tag", f"--add={VERIFIED}", self._snapshot(kept.key)["id"])

    def runs(self) -> list[Kept]:
        shots = [shot for shot in self._snapshots() if VERIFIED in shot.get("tags", [])]
        return sorted(map(_kept, shots), key=lambda kept: kept.at, reverse=True)

    def restore(self, key: str, to: Path, tick: Tick) -> None:
        """restic lays files out under their old full paths; here each folder goes to its place."""
        shot, unpacked = self._snapshot(key), to / ".unpacked"
        self._run("取出备份", "restore", shot["id"], f"--target={unpacked}", tick=tick)
        staged = unpacked / _staged(shot).lstrip("/")
        for name, root in manifest.read(staged).roots.items():
            came = unpacked / root.lstrip("/")
            if not name:
                for path in came.iterdir():
                    path.rename(to / path.name)
            elif came.exists():
                came.rename(to / name)
        shutil.rmtree(unpacked)

    def forget(self, keys: Collection[str]) -> None:
        wanted = {f"key={key}" for key in keys}
        shots = [shot["id"] for shot in self._snapshots() if wanted & set(shot.get("tags", []))]
        if shots:
            self._run("清理过期备份", "forget", "--prune", *shots)

    def take(self, source: "Restic", key: str, tick: Tick = nothing_told) -> None:
        """A copy of one backup of another repository, checked where it now lies."""
        whence = {"RESTIC_FROM_PASSWORD": source._key}
        if not self._exists():
            self._run(
                "建立异地备份库",
                "init",
                f"--from-repo={source.address}",
                "--copy-chunker-params",
                more=whence,
            )
        self._run("整理异地备份库", "unlock")
        self._run(
            "复制到异地",
            "copy",
            f"--from-repo={source.address}",
            source._snapshot(key)["id"],
            more=whence,
            tick=tick,
        )
        self._run("核对异地备份库", "check", tick=tick)

    def _exists(self) -> bool:
        """A folder is looked into; an address is asked, and whoever cannot be reached is not taken for empty."""
        if self.address.startswith("/"):
            return Path(self.address, "config").is_file()
        try:
            self._run("打开备份库", "cat", "config")
        except Failed as failure:
            if "Is there a repository" in failure.args[0] or "does not exist" in failure.args[0]:
                return False
            raise
        return True

    def _drop_unverified(self) -> None:
        """What interrupted backups left never counts."""
        left = [shot["id"] for shot in self._snapshots() if VERIFIED not in shot.get("tags", [])]
        if left:
            self._run("清理未完成的备份", "forget", *left)

    def _snapshots(self, *only: str) -> list[dict[str, Any]]:
        return json.loads(self._run("查看备份库", "snapshots", "--json", *only)) or []

    def _snapshot(self, key: str) -> dict[str, Any]:
        found = self._snapshots(f"--tag=key={key}")
        if not found:
            raise Failed(f"备份库里没有编号 {key} 的备份")
        return found[-1]

    def _dump(self, shot: dict[str, Any], path: str) -> str:
        return self._run("读取清单", "dump", shot["id"], path)

    def _cache(self) -> list[str]:
        """What is far away is asked for once."""
        if self.address.startswith("/"):
            return ["--no-cache"]
        return [f"--cache-dir={places.root() / 'cache'}", "--cleanup-cache"]

    def _run(self, what: str, *words: str, more: Mapping[str, str] | None = None, **told: Any) -> str:
        program = programs.find("restic")
        if program is None:
            raise Failed(
                "这个备份库是 restic 建的，本机没有 restic：请安装（Debian：apt-get install restic）"
            )
        environment = {
            "RESTIC_REPOSITORY": self.address, "RESTIC_PASSWORD": self._key, "RESTIC_PROGRESS_FPS": "0.5", **(more or {}),
        }  # fmt: skip
        return programs.run([program, *self._cache(), *words], what, environment=environment, **told)


def _shares(tick: Tick):
    def told(line: str) -> None:
        if '"percent_done"' in line:
            tick(json.loads(line)["percent_done"])

    return told


def _staged(shot: dict[str, Any]) -> str:
    """The folder that was put together for the backup: where its manifest lies."""
    return next(path for path in shot["paths"] if path.endswith("/staging"))


def _kept(shot: dict[str, Any]) -> Kept:
    said = dict(tag.split("=", 1) for tag in shot["tags"] if "=" in tag)
    return Kept(said["key"], said["kind"], said["at"], int(said["bytes"]), said["sha256"])
