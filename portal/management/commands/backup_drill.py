"""`backup_drill`: the latest backup restored into a fresh place, started there and compared; exit 1 where it differs."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.backups import drills
from portal.backups.programs import Failed


class Command(BaseCommand):
    help = "恢复演练：把最近一次备份恢复到临时目录，启动门户，核对行数、文件和审计链，记下用时"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--offsite", action="store_true", help="用异地备份库演练")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = drills.drill(offsite=options["offsite"])
        except Failed as failure:
            raise CommandError(failure.args[0]) from failure
        if options["format"] == "json":
            names = ("seconds", "is_passed", "tables", "rows", "files", "entries", "faults")
            said = {"run": done.run and done.run.key, **{name: getattr(done, name) for name in names}}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
        if not done.is_passed:
            raise CommandError(f"恢复演练没有通过：{done.faults[0]}")
        if options["format"] == "text":
            self.stdout.write(
                f"恢复演练通过：{done.run or '异地备份'}，用时 {done.seconds:.0f} 秒；{done.tables} 张表 {done.rows} 行、"
                f"{done.files} 个文件、{done.entries} 条审计记录与备份时一致。"
            )
