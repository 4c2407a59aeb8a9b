"""`restored_check MANIFEST`: asked inside a restored portal, is it what was backed up? Exit 1 and what differs if not."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.backups import comparing, manifest
from portal.backups.programs import Failed


class Command(BaseCommand):
    help = "恢复后核对：各表行数、上传文件的校验值、审计链、加密内容能否打开"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("manifest", type=Path, help="恢复目录里的 manifest.json")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = comparing.compare(manifest.read(options["manifest"].parent))
        except Failed as failure:
            raise CommandError(failure.args[0]) from failure
        if options["format"] == "json":
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False))
            return
        if found.faults:
            raise CommandError("\n".join([f"有 {len(found.faults)} 处不符：", *found.faults]))
        self.stdout.write(
            f"核对一致：{found.tables} 张表 {found.rows} 行，{found.files} 个上传文件，审计记录 {found.entries} 条。"
        )
