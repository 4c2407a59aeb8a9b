"""`audit_verify`: walks the audit chain; exit 1 and the first bad entry if it is broken."""

from django.core.management.base import BaseCommand, CommandError

from portal import audit


class Command(BaseCommand):
    help = "校验审计链"

    def handle(self, **options):
        verdict = audit.verify()
        if verdict.bad_id is not None:
            raise CommandError(
                f"审计链断裂，第一条有问题的记录：{verdict.bad_id or '链尾'}；{verdict.reason}"
            )
        self.stdout.write(f"审计链完好，共 {verdict.entries} 条")
