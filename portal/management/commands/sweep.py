"""`sweep [NAME] [--at ISO]`: runs one or all periodic sweeps as at a moment."""

from celery import current_app
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from portal import clock
from portal.sweeps import registry


class Command(BaseCommand):
    help = "执行定时任务"

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", help="任务名；不写则全部执行")
        parser.add_argument("--at", help="当作此刻执行，如 2026-09-30T09:00")

    def handle(self, name: str | None, at: str | None, **options):
        current_app.loader.import_default_modules()
        if name and name not in registry:
            raise CommandError(f"没有名为 {name} 的任务；现有：{'、'.join(sorted(registry))}")
        with clock.at(self._moment(at)):
            for one in [registry[name]] if name else registry.values():
                self.stdout.write(f"{one.name} {one.label}：{one.run()}")

    def _moment(self, text: str | None):
        if text is None:
            return None
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None:
            raise CommandError(f"“{text}”不是时间，写法如 2026-09-30T09:00")
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
