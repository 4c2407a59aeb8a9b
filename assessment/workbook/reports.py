"""The reports as workbooks: what the page shows, all of it, without pages."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.http import FileResponse

from assessment.queries.accountability import LABELS, Record
from assessment.queries.build_up import Gap
from assessment.queries.duty_gaps import DutyGap
from assessment.queries.heat import Row
from assessment.queries.silence import Silence
from assessment.queries.updates import Figure
from portal.models import Site
from portal.spreadsheets import workbook

FIGURES = ("发布", "更新", "其中转载", "未计入", "退回", "有发布的天数", "最近发布")
WATCHED = {"news": "动态、要闻", "notice": "通知公告、政策文件"}


def build_up(rows: Iterable[Gap]) -> FileResponse:
    table = ((one.site.name, one.main.name, one.column.name, one.have, one.need, one.missing) for one in rows)
    return workbook(
        "栏目建设情况", ("站点", "主栏目", "子栏目", "现有", "应有", "还差"), table, (24, 16, 20, 8, 8, 8)
    )


def updates(rows: Iterable[Figure], by: str, first: date, last: date) -> FileResponse:
    names = ("单位", "类别") if by == "unit" else ("栏目", "站点")
    table = (
        (
            one.name, one.where, one.items, one.updates, one.reprints, one.uncounted, one.returned, one.days,
            one.newest or "",
        )
        for one in rows
    )  # fmt: skip
    return workbook(f"更新统计 {first} 至 {last}", (*names, *FIGURES), table, (20, 24))


def heat(site: Site, rows: Iterable[Row], weeks: Sequence[date]) -> FileResponse:
    headings = ("主栏目", "栏目", "合计", *(f"{week:%Y-%m-%d} 起" for week in weeks))
    table = (
        (one.main.name, one.column.name, one.total, *(cell.number or "" for cell in one.cells))
        for one in rows
    )
    return workbook(f"{site.name}更新热力图", headings, table, (14, 18, 8, *[12] * len(weeks)))


def silences(rows: Iterable[Silence]) -> FileResponse:
    headings = ("站点", "主栏目", "栏目", "责任单位", "最近发布", "沉默天数", "检查类别")
    table = (
        (
            one.site.name, one.main.name, one.column.name, one.unit or "没有责任单位", one.newest or "从未发布",
            "" if one.days is None else one.days, WATCHED.get(one.watch, ""),
        )
        for one in rows
    )  # fmt: skip
    return workbook("沉默栏目", headings, table, (24, 14, 18, 20, 14, 10, 20))


def gaps(site: Site, rows: Iterable[DutyGap]) -> FileResponse:
    table = ((one.main.name, one.column.name, str(one.unit or ""), one.lacks) for one in rows)
    return workbook(f"{site.name}分工缺口", ("主栏目", "栏目", "单位", "缺口"), table, (16, 20, 20, 30))


def accountability(rows: Iterable[Record], first: date, last: date) -> FileResponse:
    headings = ("单位", "人员", "工号", "人数", *LABELS.values())
    table = (
        (
            str(one.unit or ""), one.who.name if one.who else "", one.who.staff_number if one.who else "", one.people,
            *one.cells,
        )
        for one in rows
    )  # fmt: skip
    return workbook(f"责任统计 {first} 至 {last}", headings, table, (20, 12, 14, 8))
