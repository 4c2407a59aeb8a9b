"""年度报告: the statutory tables of a year with their checks, as the records stand."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from disclosure.enums.reports import ReportKind
from disclosure.models import AnnualReport
from disclosure.queries.reports import Computed, computed
from disclosure.rules.annual_tables import Table
from portal import clock
from portal.models import Site

CAPTIONS = {
    "2": "表二　主动公开政府信息情况",
    "3": "表三　收到和处理政府信息公开申请情况",
    "4": "表四　行政复议、行政诉讼情况",
}


class Command(BaseCommand):
    help = "政府信息公开年度报告的法定表格及其勾稽关系"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, required=True, help="年度，如 2025")
        parser.add_argument("--site", default="", help="站点代码；不写为主站")
        parser.add_argument("--format", choices=["json"], help="输出一份 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        year = options["year"]
        if not 2008 <= year <= clock.today().year:
            raise CommandError(f"没有 {year} 年的报告：年度应在 2008 年至 {clock.today().year} 年之间")
        site = _site(options["site"])
        report = AnnualReport.objects.filter(site=site, year=year, kind=ReportKind.DISCLOSURE).first()
        found = computed(site, year, report.entered if report else {})
        if options["format"] == "json":
            self.stdout.write(json.dumps(found.as_json(year), ensure_ascii=False, indent=1))
        else:
            self._print(site, year, found)

    def _print(self, site: Site, year: int, found: Computed) -> None:
        self.stdout.write(f"{site} {year} 年政府信息公开工作年度报告")
        tables = found.tables
        for number, table in (("2", tables.proactive), ("3", tables.requests), ("4", tables.proceedings)):
            self.stdout.write(f"\n{CAPTIONS[number]}\n{'　｜　'.join(table.columns)}")
            self._print_table(table)
        self.stdout.write("\n勾稽关系")
        for check in found.checks:
            self.stdout.write(f"{'相符' if check.holds else '不符'}　{check.rule}：{check.detail}")
            for one in check.odd:
                self.stdout.write(f"　　　{one.label}：{one.why}")

    def _print_table(self, table: Table) -> None:
        for row in table.rows:
            said = " ".join("—" if one is None else str(one) for one in row.values)
            self.stdout.write(f"{'　' * row.level}{row.label}{'　' + said if said else ''}")


def _site(key: str) -> Site:
    rows = Site.objects.filter(key=key) if key else Site.objects.filter(parent=None)
    if (site := rows.first()) is None:
        raise CommandError(f"没有站点“{key}”" if key else "还没有主站：请先载入制度预设")
    return site
