"""`sync_staff [--dry-run] [--format json]`: people from the office's directory (LDAP)."""

from django.core.management.base import CommandError

from portal import directory, staff
from portal.management.intake import IntakeCommand
from portal.models import User


class Command(IntakeCommand):
    help = "从统一目录（LDAP）更新人员；目录里没有的人不动"

    def handle(self, *, dry_run: bool, format: str, **options) -> None:
        by = User.objects.system()
        try:
            lines = directory.people()
        except directory.DirectoryAway as away:
            raise CommandError(str(away)) from away
        self.take_in(staff.plan_for(lines, directory.SOURCE, by=by), by=by, dry_run=dry_run, format=format)
