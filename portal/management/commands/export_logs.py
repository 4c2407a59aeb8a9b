"""`export_logs FILE --since D --until D --as STAFF_NUMBER`: audit trail and logs of some days as one .zip."""

import shutil
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.house import keeping
from portal.models import User
from portal.workflow import Refused


class Command(BaseCommand):
    help = "把审计记录、访问日志、运行日志导出为一个压缩文件，交审计管理员"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="写到哪里，如 /tmp/rizhi.zip；已有的文件不覆盖")
        parser.add_argument("--since", type=date.fromisoformat, required=True, help="从哪天起，如 2026-06-01")
        parser.add_argument("--until", type=date.fromisoformat, required=True, help="到哪天止")
        parser.add_argument("--as", dest="who", required=True, help="审计管理员的工号")
        parser.add_argument(
            "--kind", choices=list(keeping.KINDS), action="append", help="只要哪几种；不写则全部"
        )

    def handle(
        self, file: Path, since: date, until: date, who: str, kind: list[str] | None, **options
    ) -> None:
        person = User.objects.filter(staff_number=who, is_active=True).first()
        if person is None:
            raise CommandError(f"没有工号为 {who} 的在职人员")
        if file.exists():
            raise CommandError(f"{file} 已存在，请另取文件名")
        try:
            packed = keeping.export(kind or list(keeping.KINDS), since, until, by=person)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        with packed, file.open("xb") as target:
            shutil.copyfileobj(packed, target)
        self.stdout.write(f"已导出 {file}")
