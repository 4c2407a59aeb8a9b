"""`restore RUN --to DIR`: a backup laid out in an empty folder, compared with its list; what to do next, step by step."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from portal.backups import places, restoring
from portal.backups.databases import pgdump
from portal.backups.programs import Failed, nothing_told
from portal.backups.restoring import Restored
from portal.settings import env, values


class Command(BaseCommand):
    help = "把一次备份恢复到空目录（latest 为最近一次）；现有的数据不会被覆盖"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", metavar="RUN", help="备份编号，或 latest")
        parser.add_argument("--to", type=Path, required=True, help="恢复到哪个空目录")
        parser.add_argument(
            "--from", dest="source", default="", help="备份库在哪里：光盘内容的目录，或异地地址"
        )
        parser.add_argument(
            "--at", help="恢复到哪一时刻，如 2026-09-30T09:00；latest 为最后一刻（限 pgBackRest）"
        )
        parser.add_argument(
            "--into", help="把数据库导入这个空库：postgres://用户:口令@主机/库名（限 pg_dump 的备份）"
        )

    def handle(
        self, *args: Any, run: str, to: Path, source: str, at: str | None, into: str | None, **options: Any
    ) -> None:
        moment = _moment(at)
        database = _database(into)
        try:
            restored = restoring.restore(run, to.resolve(), source=source, at=moment)
            if database and restored.engine == "pg_dump":
                pgdump.load(restored.folder / restored.manifest.database["file"], database, nothing_told)
        except Failed as failure:
            raise CommandError(f"恢复没有成功：{failure.args[0]}") from failure
        found = restored.manifest
        self.stdout.write(
            f"已恢复 {found.run} 到 {restored.folder}："
            f"{len(found.files)} 个文件，{places.size(found.bytes)}，与清单逐一相符。"
        )
        for line in _next_steps(restored, bool(database)):
            self.stdout.write(line)


def _next_steps(restored: Restored, is_loaded: bool) -> list[str]:
    folder = restored.folder
    check = f".venv/bin/python manage.py restored_check {folder}/manifest.json"
    if restored.engine == "sqlite":
        return [
            f"下一步：把另外保管的 data_key、secret_key 放进 {folder}（环境变量设了 DATA_KEYS、SECRET_KEY 的不用）",
            f"核对：VAR_DIR={folder} {check}", f"启动：VAR_DIR={folder} make run",
        ]  # fmt: skip
    if restored.engine == "pg_dump" and not is_loaded:
        return [
            f"下一步：建一个空库，用 pg_restore 导入 {folder}/{restored.manifest.database['file']}（见 docs/backup.md）"
        ]
    if restored.engine == "pgbackrest":
        return [f"下一步：数据库在 {restored.cluster}，归档已关闭；启动它再核对（见 docs/backup.md）"]
    return [f"核对：VAR_DIR={folder} DATABASE_URL=… {check}"] if restored.engine else []


def _moment(text: str | None) -> datetime | str | None:
    if text in (None, restoring.LATEST):
        return text
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"“{text}”不是时间，写法如 2026-09-30T09:00")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def _database(url: str | None) -> dict[str, str]:
    if not url:
        return {}
    try:
        settings = values.database(url)
    except values.Wrong as wrong:
        raise CommandError(f"--into {wrong}") from wrong
    if settings["ENGINE"] != env.POSTGRES:
        raise CommandError("--into 应为 postgres:// 开头的地址")
    return pgdump.whereabouts(settings)
