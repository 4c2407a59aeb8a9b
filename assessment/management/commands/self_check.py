"""自查雷达: the veto items V1–V6 of the main site, or the evidence of a quarter as a package."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessment.operations import facts
from assessment.queries import radar as queries
from assessment.rules.dates import Quarter
from assessment.rules.findings import Finding
from assessment.workbook import packages
from portal import clock
from portal.models import Site


class Command(BaseCommand):
    help = "国家检查单项否决指标 V1–V6 的自查结果；--package 导出一个季度的自查包"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式")
        parser.add_argument("--site", help="站点代码；不写为主站")
        parser.add_argument("--all", action="store_true", help="所有站点")
        parser.add_argument("--at", metavar="DATE", help="哪一天的情况，如 2026-12-10；不写为今天")
        parser.add_argument("--package", metavar="QUARTER", help="导出自查包的季度，如 2026Q3")
        parser.add_argument("--to", metavar="FILE", help="自查包写到哪个文件")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["package"] or options["to"]:
            return self._package(options["package"], options["to"])
        facts.gather()
        day = _day(options["at"])
        rows = [(site, found) for site in self._sites(options) for found in queries.findings(site, day)]
        if options["format"] == "json":
            self.stdout.write(json.dumps([as_json(site, found) for site, found in rows], ensure_ascii=False))
        else:
            for site, found in rows:
                self._tell(site, found)
        return None

    def _sites(self, options: dict[str, Any]) -> list[Site]:
        rows = Site.objects.select_related("department")
        if options["all"]:
            return list(rows)
        found = rows.filter(key=options["site"]) if options["site"] else rows.filter(parent=None)
        if options["site"] and not found:
            raise CommandError(f"没有代码为“{options['site']}”的站点")
        return list(found[:1])

    def _package(self, text: str | None, to: str | None) -> None:
        quarter = Quarter.read(text or "")
        if quarter is None:
            raise CommandError("请用 --package 写明季度，如 2026Q3")
        if quarter.first > clock.today():
            raise CommandError(f"{quarter.label}还没有到")
        if not to:
            raise CommandError("请用 --to 写明文件")
        try:
            with Path(to).open("wb") as file:
                for piece in packages.stream(quarter):
                    file.write(piece)
        except OSError as error:
            raise CommandError(f"不能写到 {to}：{error.strerror}") from error
        self.stdout.write(f"{quarter.label}自查包已写到 {to}")

    def _tell(self, site: Site, found: Finding) -> None:
        left = "" if found.days_left is None else f"，还剩 {found.days_left} 天"
        owner = f"，{found.owner}" if found.owner else ""
        self.stdout.write(
            f"{site} {found.item} {found.item.label} {found.light.label}：{found.said}{left}{owner}"
        )
        for line in found.evidence:
            self.stdout.write(f"    {line.what}")


def _day(text: str | None) -> date | None:
    """None: today. A day to come shows what happens if nothing is done."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"“{text}”不是日期，写法如 2026-12-10") from None


def as_json(site: Site, found: Finding) -> dict[str, Any]:
    return {
        "item": found.item.value, "state": found.light.value, "limit": found.limit, "days_left": found.days_left,
        "owner": found.owner, "evidence": [{"what": line.what, "url": line.url} for line in found.evidence],
        "site": site.key, "label": found.item.label, "said": found.said,
        "action": found.action.label if found.action else "",
    }  # fmt: skip
