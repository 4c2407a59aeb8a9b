"""Articles from a file or a folder; a report of what was refused, line by line."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from columns import rules as column_rules
from columns.models import Column
from portal.enums import Power
from portal.models import User
from publishing.importing import Report, RowRefused, Source, Target, bring_in, open_source
from publishing.importing.target import find_column, find_site, moderator_of


class Command(BaseCommand):
    help = "从 .xlsx、.csv、.json、.docx、.txt 或它们的文件夹导入稿件；重复导入不会重复建稿"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="文件或文件夹")
        parser.add_argument("--site", required=True, help="站点的代码或名称")
        parser.add_argument("--column", required=True, help="栏目的地址、名称或路径，如 工作动态/要闻报道")
        parser.add_argument("--as", dest="user", metavar="USER", help="采集人的工号；不写则取该栏目的版主")
        parser.add_argument("--author", default="", help="没有写明作者的稿件署谁的名")
        parser.add_argument("--submit", action="store_true", help="导入后随即提交审核")
        parser.add_argument("--all-or-nothing", action="store_true", help="有一条不能导入就全部不导入")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="输出格式")

    def handle(self, *args, **options) -> None:
        if not options["file"].exists():
            raise CommandError(f"没有这个文件或文件夹：{options['file']}")
        target = _target(options)
        source = open_source(options["file"])
        with _progress(source) as found:
            report = bring_in(
                found, target, submit=options["submit"], all_or_nothing=options["all_or_nothing"]
            )
        if options["format"] == "json":
            self.stdout.write(json.dumps(_as_json(report, target), ensure_ascii=False))
        else:
            self._tell(report, target, options)
        if report.refused and (options["all_or_nothing"] or not report.imported):
            raise SystemExit(1)

    def _tell(self, report: Report, target: Target, options: dict) -> None:
        chosen = "" if options["user"] else "（该栏目的版主；可用 --as 另行指定）"
        self.stdout.write(f"采集人：{target.by} {target.by.staff_number}{chosen}")
        submitted = f"，其中 {report.submitted} 条已提交审核" if options["submit"] else ""
        self.stdout.write(
            f"“{target.site}”的“{target.column}”：导入 {report.imported} 条{submitted}，"
            f"已导入过而跳过 {report.skipped} 条，未导入 {len(report.refused)} 条"
        )
        if report.refused and options["all_or_nothing"]:
            self.stdout.write("因有下列问题，按要求全部没有导入：")
        for one in report.refused:
            self.stdout.write(f"  {one.place}{f'《{one.title}》' if one.title else ''}：{one.reason}")


def _target(options: dict) -> Target:
    """Site, column and collector as named, the collector allowed to collect there."""
    try:
        site = find_site(options["site"])
        column = find_column(site, options["column"])
    except RowRefused as refusal:
        raise CommandError(str(refusal)) from refusal
    by = _collector(options["user"], column)
    if not column_rules.may(by, Power.COLLECT, column):
        raise CommandError(f"{by}（{by.staff_number}）没有“{column}”栏目的采集权限")
    return Target(site, column, by, author_name=options["author"])


def _collector(staff_number: str | None, column: Column) -> User:
    if staff_number is None:
        by = moderator_of(column)
        if by is None:
            raise CommandError(f"“{column}”栏目还没有采集人：请先授权，或用 --as 指定工号")
        return by
    by = User.objects.filter(staff_number=staff_number, is_active=True).first()
    if by is None:
        raise CommandError(f"没有工号为“{staff_number}”的在用人员")
    return by


def _progress(source: Source) -> tqdm:
    """A bar on the terminal, nothing anywhere else."""
    is_seen = sys.stderr.isatty()
    return tqdm(source.found, total=source.count() if is_seen else None, unit=" 条", disable=not is_seen)


def _as_json(report: Report, target: Target) -> dict:
    return {
        "imported": report.imported,
        "skipped": report.skipped,
        "submitted": report.submitted,
        "as": target.by.staff_number,
        "refused": [
            {
                "line": one.place.line or one.place.file,
                "title": one.title,
                "reason": one.reason,
                "file": one.place.file,
                "sheet": one.place.sheet,
            }
            for one in report.refused
        ],
    }
