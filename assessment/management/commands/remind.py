"""Issues reminder slips as at a moment, and prints those that are open then."""

import json
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone

from assessment.models import ReminderSlip
from assessment.operations.reminders import remind
from portal import clock


class Command(BaseCommand):
    help = "签发到某一时刻应签发的更新提醒单，并列出其时尚未了结的"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--at", metavar="ISO", help="当作此刻执行，如 2026-09-30T09:00；不写即现在")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式")

    def handle(self, *args, at: str | None, format: str, **options) -> None:
        with clock.at(_moment(at)):
            remind()
            rows = [_row(slip) for slip in _open_now()]
        if format == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            again = f"（第 {row['level']} 次）" if row["level"] > 1 else ""
            self.stdout.write(
                f"{row['number']}{again} {row['unit']} {row['column']} 自 {row['since']} 起未更新 "
                f"{row['rule']}（{row['clause']}） 限 {row['due']} 前改进"
            )
        if not rows:
            self.stdout.write("没有尚未了结的提醒单")


def _open_now() -> list[ReminderSlip]:
    now = clock.now()
    still = Q(ended_at=None) | Q(ended_at__gt=now)
    rows = ReminderSlip.objects.filter(still, issued_at__lte=now).select_related("unit", "site", "column")
    return list(rows.order_by("issued_at", "pk"))


def _row(slip: ReminderSlip) -> dict:
    return {
        "number": slip.number,
        "unit": slip.unit.name,
        "site": slip.site.name,
        "column": slip.column.name if slip.column else slip.site.name,
        "rule": slip.rule,
        "clause": slip.clause,
        "since": slip.since.isoformat(),
        "due": slip.due_on.isoformat(),
        "level": slip.level,
    }


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"“{text}”不是时间，写法如 2026-09-30T09:00") from None
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
