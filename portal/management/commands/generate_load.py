"""`generate_load --articles N --departments N --letters N`: synthetic volume for benchmarks, never beside real data."""

import json
import time

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.presets import volume

NAMES = {"articles": "稿件", "departments": "部门", "letters": "来信"}
MOST = 10_000_000


class Command(BaseCommand):
    help = "生成大量测试数据，供性能测量；正式运行的设置下、有真实人员的库中不生成"

    def add_arguments(self, parser: CommandParser) -> None:
        for name, label in NAMES.items():
            parser.add_argument(f"--{name}", type=int, default=0, help=f"再生成多少（{label}）")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, articles: int, departments: int, letters: int, format: str, **options) -> None:
        if not any(asked := (articles, departments, letters)) or not all(0 <= one <= MOST for one in asked):
            raise CommandError(f"请写明生成多少，如 --articles 10000 --letters 2000（各不超过 {MOST}）")
        if reason := volume.why_not():
            raise CommandError(reason)
        began = time.monotonic()
        volume.generate(article_count=articles, department_count=departments, letter_count=letters)
        seconds = round(time.monotonic() - began, 1)
        if format == "json":
            made = {"articles": articles, "departments": departments, "letters": letters, "seconds": seconds}
            self.stdout.write(json.dumps(made))
            return
        made = "、".join(
            f"{label} {count}" for label, count in zip(NAMES.values(), asked, strict=True) if count
        )
        self.stdout.write(f"已生成：{made}，用时 {seconds} 秒")
