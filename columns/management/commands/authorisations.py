"""Who may do what, or could on a past day, with delegations. `--check` compares guardian's copy with the ledger."""

import json
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from columns.queries import authorisations, close_of, drift
from portal import clock
from portal.models import User


class Command(BaseCommand):
    help = "权限管理档案：某日谁有什么权限、来自哪里、代谁"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--at", metavar="DATE", help="某日（当日终了时）或某时刻，如 2026-09-30；不写即此刻"
        )
        parser.add_argument("--user", help="只看一人，填工号")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式")
        parser.add_argument("--check", action="store_true", help="核对权限行与档案是否一致，不一致即失败")

    def handle(self, *args, at: str | None, user: str | None, format: str, check: bool, **options) -> None:
        if check:
            return self._check()
        rows = authorisations(_moment(at), user=_person(user))
        if format == "json":
            self.stdout.write(json.dumps([row.as_json() for row in rows], ensure_ascii=False))
            return None
        for row in rows:
            acting = f"（代{row.acting_for}）" if row.acting_for else ""
            ends = f"至 {row.ends_on}" if row.ends_on else "不定期"
            self.stdout.write(
                f"{row.user.staff_number} {row.user}{acting} {row.power.label} {row.appointment.place} "
                f"{row.via} 自 {row.granted_on} {ends}"
            )
        return None

    def _check(self) -> None:
        found = drift()
        for one in found:
            self.stdout.write(str(one))
        if found:
            raise CommandError(f"权限行与档案有 {len(found)} 处不一致；定时任务 check_grants 会修复并报告")
        self.stdout.write("权限行与档案一致")


def _moment(text: str | None) -> datetime | None:
    """None: now."""
    if text is None:
        return None
    try:
        is_day = len(text) == 10
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"“{text}”不是日期或时刻，写法如 2026-09-30 或 2026-09-30T09:00") from None
    moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    if moment > clock.now():
        raise CommandError(f"{text} 还没有到：档案只答今天和以前")
    return close_of(moment.date()) if is_day else moment


def _person(staff_number: str | None) -> User | None:
    if staff_number is None:
        return None
    person = User.objects.filter(staff_number=staff_number).first()
    if person is None:
        raise CommandError(f"没有工号 {staff_number}")
    return person
