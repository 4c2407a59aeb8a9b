"""The due date N working days after START, what was skipped and why, and whether it is estimated."""

import json
from datetime import date

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.workdays import Calendar, explain


class Command(BaseCommand):
    help = "从 START 次日起数 N 个工作日，到期日是哪天，哪些天不计、为什么"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("start", metavar="START", help="起算日，如 2026-09-30（当日不计）")
        parser.add_argument("days", metavar="N", help="工作日数，0 或以上")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式")

    def handle(self, *args, **options) -> None:
        start, days = _date(options["start"]), _number(options["days"])
        try:
            due = Calendar.load().add(start, days)
        except (ValueError, LookupError) as error:
            raise CommandError(error.args[0]) from error
        if options["format"] == "json":
            self.stdout.write(json.dumps(due.as_json(), ensure_ascii=False))
            return
        self.stdout.write(explain(due))
        for day, why in due.skipped:
            self.stdout.write(f"  {day} 不计：{why}")
        for day in due.made_up:
            self.stdout.write(f"  {day} 计入：调休上班")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"起算日“{text}”不是有效的日期，请写成 2026-09-30 的样子") from error


def _number(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise CommandError(f"工作日数“{text}”不是整数") from error
