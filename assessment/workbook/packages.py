"""自查包: the evidence of a quarter as one .zip, written as it is sent. The same rows give the same bytes."""

import csv
import gzip
import io
from collections import Counter
from collections.abc import Iterator

from django.template.loader import render_to_string

from assessment.models import Reading, Visit
from assessment.models.radar import snapshots
from assessment.queries import radar as radar_queries
from assessment.queries import visits as queries
from assessment.rules.dates import Quarter
from portal import clock
from portal.documents import zipped
from portal.models import Site

PIECE = 64 * 1024
CHUNK = 500
MOST_KINDS = 40
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
VISIT_HEADINGS = ("时间", "站点", "类别", "页面", "网址", "状态码", "用时（毫秒）", "问题", "sha256", "快照")
RADAR_HEADINGS = ("站点", "指标", "名称", "日期", "结论", "情况", "标准", "还剩几天", "责任单位", "依据")


def name_of(quarter: Quarter) -> str:
    return f"自查包{quarter}.zip"


def stream(quarter: Quarter) -> Iterator[bytes]:
    """The package, piece by piece: index.html, radar.csv, visits.csv, then every page that was seen, once."""
    yield from zipped(_parts(quarter), quarter.first)


def _parts(quarter: Quarter) -> Iterator[tuple[str, Iterator[bytes]]]:
    readings = _readings(quarter)
    yield "index.html", iter([_index(quarter, readings)])
    yield "radar.csv", _table(RADAR_HEADINGS, (_radar_row(one) for one in readings))
    yield "visits.csv", _table(VISIT_HEADINGS, (_visit_row(one) for one in _visits(quarter)))
    seen: set[str] = set()
    for visit in _visits(quarter):
        if visit.snapshot.name and visit.snapshot.name not in seen:
            seen.add(visit.snapshot.name)
            yield _snapshot_name(visit), _page(visit.snapshot.name)


def _visits(quarter: Quarter) -> Iterator[Visit]:
    return queries.of_quarter(quarter).iterator(chunk_size=CHUNK)


def _readings(quarter: Quarter) -> list[Reading]:
    """The radar as at the end of the quarter, or as now within it."""
    day = min(quarter.last, clock.today())
    return [
        one
        for site in Site.objects.all()
        for one in radar_queries.last_readings(site, day)
        if one.on >= quarter.first
    ]


def _index(quarter: Quarter, readings: list[Reading]) -> bytes:
    figures: dict[str, Counter[str]] = {}
    kinds: Counter[tuple[str, str]] = Counter()
    for visit in _visits(quarter):
        count = figures.setdefault(visit.site.name, Counter())
        count["visits"] += 1
        count["closed"] += not visit.is_reached
        count["faulty"] += bool(visit.faults)
        kinds.update((visit.site.name, fault["text"]) for fault in visit.faults if fault["key"] != "link")
    context = {
        "quarter": quarter, "readings": readings, "figures": sorted(figures.items()),
        "kinds": sorted(kinds.most_common(MOST_KINDS), key=lambda one: (-one[1], one[0])),
    }  # fmt: skip
    return render_to_string("desk/self_check/package.html", context).encode()


def _visit_row(visit: Visit) -> tuple[object, ...]:
    return (
        f"{clock.local(visit.at):%Y-%m-%d %H:%M:%S}", visit.site.name, visit.get_kind_display(), visit.what, visit.url,
        visit.status, visit.milliseconds, "；".join(one["text"] for one in visit.faults), visit.sha256,
        _snapshot_name(visit) if visit.snapshot.name else "",
    )  # fmt: skip


def _radar_row(one: Reading) -> tuple[object, ...]:
    evidence = "；".join(line["what"] for line in one.evidence)
    return (
        one.site.name, one.item, one.get_item_display(), one.on.isoformat(), one.get_light_display(), one.said, one.limit,
        "" if one.days_left is None else one.days_left, one.owner, evidence,
    )  # fmt: skip


def _table(headings: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> Iterator[bytes]:
    """CSV that a spreadsheet opens as it is; text that looks like a formula is marked as text."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    sheet.write("\ufeff")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_plain(value) for value in row])
        if sheet.tell() > PIECE:
            yield sheet.getvalue().encode()
            sheet.seek(0)
            sheet.truncate()
    yield sheet.getvalue().encode()


def _plain(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _snapshot_name(visit: Visit) -> str:
    return f"snapshots/{visit.sha256}.html"


def _page(name: str) -> Iterator[bytes]:
    """A snapshot that is lost is an empty file: the table still says what it was."""
    storage = snapshots()
    if not storage.exists(name):
        return
    with storage.open(name) as packed, gzip.open(packed) as page:
        while piece := page.read(PIECE):
            yield piece
