"""开局: the people an installation begins with. Works only while nobody holds a power; from then on the ledger grants."""

import secrets

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from columns import operations
from columns.models import Role, Tenure
from portal import operations as portal_operations
from portal.models import Site, User

BEGINNERS = {
    "chief": "CHIEF_MODERATOR",
    "granter": "SITE_ADMINISTRATOR",
    "security": "SECURITY_ADMINISTRATOR",
    "audit": "AUDITOR",
}


class Command(BaseCommand):
    help = "开局：建立总版主、网管、安全管理员、审计管理员各一人，打印各自的初始密码"

    def add_arguments(self, parser: CommandParser) -> None:
        names = {"chief": "总版主", "granter": "网管", "security": "安全管理员", "audit": "审计管理员"}
        for option, name in names.items():
            parser.add_argument(f"--{option}", required=True, metavar="工号:姓名", help=name)

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        if Tenure.objects.live().exists():
            raise CommandError("已经有人持有权限；新的授权请在权限档案中提出")
        typed = {option: options[option].partition(":")[::2] for option in BEGINNERS}
        if len({number for number, _ in typed.values()}) < len(typed):
            raise CommandError("四个岗位须由四个人担任")
        for option, (number, name) in typed.items():
            if not number or not name:
                raise CommandError(f"--{option} 的写法是 工号:姓名")
            self._hire(number, name, BEGINNERS[option])

    def _hire(self, number: str, name: str, key: str) -> None:
        role = Role.objects.filter(key=key).first()
        if role is None:
            raise CommandError(f"制度预设里没有角色 {key}，请先 load_preset")
        system, password = User.objects.system(), _password()
        person = User.objects.filter(staff_number=number).first() or User(staff_number=number, name=name)
        person.is_staff = True
        portal_operations.save_person(person, by=system, initial_password=password)
        for site in Site.objects.all():
            operations.appoint(person, role, site, by=system, reason="开局设立")
        self.stdout.write(f"{role}：{number} {name}  初始密码 {password}（首次登录须修改）")


def _password() -> str:
    """To be read aloud once and typed once."""
    return f"{secrets.token_hex(4)}-{secrets.token_hex(4).upper()}"
