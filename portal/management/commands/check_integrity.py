"""`check_integrity [NAME …] [--format json]`: what must always hold, asked of database and files; changes nothing."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import autodiscover_modules

from portal import integrity


class Command(BaseCommand):
    help = "核对数据与文件的完整性（只读）；有问题时退出码为 1"

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="*", help="只核对这几项；不写则全部")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, names: list[str], format: str, **options):
        autodiscover_modules("invariants")
        if unknown := set(names) - integrity.registry.keys():
            known = "、".join(sorted(integrity.registry))
            raise CommandError(f"没有名为 {'、'.join(sorted(unknown))} 的核对；现有：{known}", returncode=2)
        report = integrity.report(names)
        if format == "json":
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._tell(report)
        if not report["sound"]:
            raise SystemExit(1)

    def _tell(self, report: dict) -> None:
        for check in report["checks"]:
            found = check["findings"]
            many = f"{len(found)} 处{'以上' if check['more'] else ''}" if found else "无误"
            self.stdout.write(f"{check['label']}：{many}")
            for one in found:
                self.stdout.write(f"  {one['thing']}  {one['said']}")
