"""`import_staff FILE [--dry-run] [--as 工号] [--format json]`: people from an .xlsx or .csv file."""

from pathlib import Path

from django.core.management.base import CommandError, CommandParser

from portal import staff
from portal.enums import Power
from portal.management.intake import IntakeCommand
from portal.models import User
from portal.spreadsheets import FileRefused


class Command(IntakeCommand):
    help = "从 .xlsx、.csv 导入和更新人员；重复导入没有害处，文件里没有的人不动"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="名单文件")
        parser.add_argument("--as", dest="user", metavar="工号", help="以哪位系统管理员的名义；不写则为系统")
        super().add_arguments(parser)

    def handle(self, *, file: Path, user: str | None, dry_run: bool, format: str, **options) -> None:
        by = _keeper(user)
        try:
            lines = staff.read(file, file.name)
        except FileRefused as refusal:
            raise CommandError(f"{file.name}：{refusal}") from refusal
        except OSError as error:
            raise CommandError(f"{file} 打不开：{error.strerror}") from error
        self.take_in(staff.plan_for(lines, file.name, by=by), by=by, dry_run=dry_run, format=format)


def _keeper(staff_number: str | None) -> User:
    if staff_number is None:
        return User.objects.system()
    by = User.objects.filter(staff_number=staff_number, is_active=True).first()
    if by is None:
        raise CommandError(f"没有工号为“{staff_number}”的在用人员")
    if not by.has_perm(f"portal.{Power.SYSTEM}"):
        raise CommandError(f"{by}（{by.staff_number}）不是系统管理员，不能导入人员")
    return by
