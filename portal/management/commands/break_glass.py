"""`break_glass seal` makes or re-seals the 应急账号 and prints its password once; `status` says how it stands."""

from django.core.management.base import BaseCommand, CommandError

from portal import break_glass, clock, operations
from portal.models import User
from portal.workflow import Refused


class Command(BaseCommand):
    help = "应急账号：封存、查看状态"

    def add_arguments(self, parser):
        parser.add_argument(
            "act", choices=["seal", "status"], help="seal 封存（生成新密码），status 查看状态"
        )

    def handle(self, act: str, **options):
        self.stdout.write(self._seal() if act == "seal" else self._status())

    def _seal(self) -> str:
        try:
            password = operations.seal()
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        return (
            f"应急账号已封存。\n工号：{break_glass.NUMBER}\n密码：{password}\n"
            "密码只显示这一次：请抄录后装入信封密封，交专人保管，并清除屏幕。"
        )

    def _status(self) -> str:
        user = User.objects.filter(staff_number=break_glass.NUMBER, is_superuser=True).first()
        if user is None or user.sealed_at is None:
            return "应急账号尚未建立；请执行 break_glass seal 封存。"
        sealed = f"封存于 {clock.local(user.sealed_at):%Y-%m-%d %H:%M}"
        if user.unsealed_at is None:
            return f"应急账号已封存，未启用（{sealed}）。"
        opened = f"启用于 {clock.local(user.unsealed_at):%Y-%m-%d %H:%M}"
        now = "正在使用" if break_glass.may_stay(user) else "已用完"
        return f"应急账号{now}（{sealed}，{opened}）；用完后请执行 break_glass seal 重新封存。"
