"""`publish_pages [--all] [--verify] [--format json]`: renders public pages into files; proves that they are right."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from portal.models import StalePage
from portal.publisher import laying, verifying, working

NAMED = 10
WORDS = {"different": "与数据库不符", "missing": "缺少", "foreign": "多出", "tampered": "被改动"}


class Command(BaseCommand):
    help = "生成静态页面；--verify 逐页核对"

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="全部重新生成；中断后不带此项再执行即接着做")
        parser.add_argument(
            "--verify", action="store_true", help="不生成，逐页重新渲染并与文件比较；不符时退出码为 1"
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, verify: bool, format: str, **options):
        if verify:
            self._verify(format)
        else:
            self._publish(options["all"], format)

    def _publish(self, anew: bool, format: str):
        laying.lay_out_all(anew=anew)
        laying.turned()
        done = working.drain()
        waiting = StalePage.objects.count()
        if format == "json":
            self.stdout.write(json.dumps({"rendered": done, "waiting": waiting}))
        else:
            busy = "，后台正在生成其余页面" if waiting else ""
            self.stdout.write(f"已处理 {done} 页，待处理 {waiting} 页{busy}")

    def _verify(self, format: str):
        verdict = verifying.verify()
        if format == "json":
            self.stdout.write(json.dumps(asdict(verdict) | {"holds": verdict.holds}, ensure_ascii=False))
        else:
            self.stdout.write(
                f"核对 {verdict.checked} 页，相符 {verdict.equal} 页，待发布 {verdict.pending} 页"
            )
            for name, word in WORDS.items():
                for line in getattr(verdict, name)[:NAMED]:
                    self.stdout.write(f"{word}：{line}")
        if not verdict.holds:
            raise CommandError("静态页面与应有的内容不符", returncode=1)
