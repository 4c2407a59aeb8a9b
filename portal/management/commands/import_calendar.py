"""A year's holiday plan from a file: all of it, or nothing and why, line by line."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localdate

from portal.calendar_import import PlanErrors, read_plan
from portal.models import User
from portal.operations import import_plan
from portal.workflow import Refused


class Command(BaseCommand):
    help = "导入一年的放假调休安排（.csv 或 .xlsx：日期、上班/放假、说明），并重新推算未办结的时限"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--year", type=int, required=True, help="哪一年的安排")
        parser.add_argument("--source", default="", help="依据的通知，默认为国务院办公厅当年通知")
        parser.add_argument("--as", dest="user", metavar="USER", help="以哪个工号的名义，默认为系统")

    def handle(self, *args, **options) -> None:
        year = options["year"]
        source = options["source"] or f"国务院办公厅关于{year}年部分节假日安排的通知"
        try:
            rows = read_plan(options["file"], year)
            done = import_plan(year, rows, source, by=_actor(options["user"]))
        except (PlanErrors, Refused) as error:
            raise CommandError(f"没有导入任何内容：\n{error}") from error
        self.stdout.write(f"已导入{year}年安排：放假{done.off}天，调休上班{done.made_up}天")
        self.stdout.write(f"未办结的时限中有 {len(done.moved)} 项到期日变动")
        for limit in done.moved:
            self.stdout.write(f"  {limit.label}：改为 {localdate(limit.due_at)} 到期")


def _actor(staff_number: str | None) -> User:
    if not staff_number:
        return User.objects.system()
    try:
        return User.objects.get(staff_number=staff_number)
    except User.DoesNotExist as error:
        raise CommandError(f"没有工号为“{staff_number}”的人员") from error
