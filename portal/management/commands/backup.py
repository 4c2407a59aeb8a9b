"""`backup full|incremental|system|archive` makes one; `backup list` tells those that count."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import clock
from portal.backups import images, places, queries, running, stores
from portal.backups.programs import Failed
from portal.enums import BackupKind
from portal.models import BackupRun, User
from portal.workflow import Refused


class Command(BaseCommand):
    help = (
        "备份：full 全面、incremental 增量、system 系统与设置、archive 可刻录的光盘映像；list 列出有效的备份"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=[*BackupKind.values, "list"], help="做哪一种备份，或列出备份")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式")
        parser.add_argument("--to", type=Path, help="光盘映像放在哪个目录（archive）")
        parser.add_argument("--medium", default="dvd", help="介质：cd、dvd、bd，或一张的容量（MB）")
        parser.add_argument(
            "--from", dest="source", default="", help="从这个备份库列出（list）：目录或异地地址"
        )

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        try:
            if what == "list":
                self._list(options["source"], options["format"] == "json")
            else:
                self._make(BackupKind(what), options)
        except (Failed, Refused) as failure:
            raise CommandError(
                f"备份没有成功：{failure.args[0]}" if what != "list" else failure.args[0]
            ) from failure

    def _make(self, kind: BackupKind, options: dict[str, Any]) -> None:
        to = options["to"].resolve() if options["to"] else None
        run = running.make(kind, by=User.objects.system(), to=to, medium=_capacity(options["medium"]))
        if options["format"] == "json":
            self.stdout.write(json.dumps(_said(run), ensure_ascii=False))
            return
        self.stdout.write(
            f"{run.get_kind_display()}完成并已核对：{run.key}，"
            f"内容 {places.size(run.bytes)}，新占 {places.size(run.stored_bytes)}"
        )
        for path in run.parts.get("images", []):
            self.stdout.write(f"  映像 {path}")
        if run.error:
            self.stderr.write(run.error)

    def _list(self, source: str, as_json: bool) -> None:
        rows = (
            [_held(kept) for kept in stores.at(source).runs()]
            if source
            else list(map(_said, queries.good_runs()))
        )
        if as_json:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            checked = f"已核对 {row['verified_at'][:16]}" if row["verified_at"] else "已核对"
            label = BackupKind(row["kind"]).label
            self.stdout.write(
                f"{row['run']}  {label}  {row['at'][:16]}  {places.size(row['bytes'])}  {checked}"
            )
        if not rows:
            self.stdout.write("还没有有效的备份。")


def _said(run: BackupRun) -> dict[str, Any]:
    return {
        "run": run.key, "kind": run.kind, "at": clock.local(run.started_at).isoformat(), "bytes": run.bytes,
        "sha256": run.sha256, "verified_at": clock.local(run.verified_at).isoformat(),
    }  # fmt: skip


def _held(kept: stores.Kept) -> dict[str, Any]:
    """A store keeps only what was verified, and not when."""
    return {
        "run": kept.key, "kind": kept.kind, "at": kept.at, "bytes": kept.bytes, "sha256": kept.sha256,
        "verified_at": None,
    }  # fmt: skip


def _capacity(medium: str) -> int:
    if medium in images.MEDIA:
        return images.MEDIA[medium]
    if not medium.isdecimal() or int(medium) < 10:
        raise CommandError(f"介质“{medium}”应为 cd、dvd、bd，或一张的容量（MB，不小于 10）")
    return int(medium) * images.MB
