"""栏目建设: sub-columns under their minimum, per site (实施意见二第二阶段)."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessment.queries import build_up as queries


class Command(BaseCommand):
    help = "信息条数不足的子栏目，按站点"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式")

    def handle(self, *args: Any, format: str, **options: Any) -> None:
        gaps = queries.gaps()
        if format == "json":
            rows = [
                {
                    "site": one.site.key, "column": one.column.slug, "have": one.have, "need": one.need,
                    "missing": one.missing, "site_name": one.site.name, "column_name": one.column.name,
                }
                for one in gaps
            ]  # fmt: skip
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for one in gaps:
            self.stdout.write(f"{one.site} {one.main} › {one.column}：{one.have} 条，还差 {one.missing} 条")
        if not gaps:
            self.stdout.write("没有信息条数不足的子栏目")
