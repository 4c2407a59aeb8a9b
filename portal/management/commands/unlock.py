"""`unlock 工号|地址 --why …`: lifts the present locks of a number or an address, from the server's console."""

from django.core.management.base import BaseCommand, CommandError

from portal import locks, operations
from portal.models import User
from portal.workflow import Refused


class Command(BaseCommand):
    help = "解除登录锁定"

    def add_arguments(self, parser):
        parser.add_argument("key", metavar="工号|地址", help="被锁定的工号，或被锁定的地址")
        parser.add_argument("--why", required=True, metavar="理由", help="解除的理由，记入审计")

    def handle(self, key: str, why: str, **options):
        keys = {locks.number_key(key), locks.address_key(key), key.strip()} - {""}
        found = list(locks.present().filter(key__in=keys))
        if not found:
            raise CommandError(f"“{key}”现在没有被锁定")
        for lock in found:
            try:
                operations.lift_lock(lock, by=User.objects.system(), reason=why)
            except Refused as refusal:
                raise CommandError(refusal.message) from refusal
            self.stdout.write(f"已解除：{lock}")
