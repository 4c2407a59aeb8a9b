"""What was published: items and days, what the site above adopted, documents online the same or the next day."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from assessment.enums.facts import EventKind, Verdict
from assessment.enums.schemes import IndicatorKind as K
from assessment.models import Publication
from assessment.queries.facts.base import Fact, Line, Options, register
from assessment.queries.publications import counted
from assessment.rules.points import Tally, Window
from columns.models import Column
from portal import lineage
from publishing.enums import ArticleState

ROW = ("revision", "article__site", "like__revision", "like__article__site", "overruled_by")
DOCUMENTS = "documents"


def in_columns(rows: QuerySet[Publication], options: Options) -> QuerySet[Publication]:
    """Only of the columns that the indicator names, by class of information or by address, with all below them."""
    asks_class, slugs = options.get("update_class"), set(options.get("columns", ()))
    if not asks_class and not slugs:
        return rows
    columns = {
        pk: (parent, slug, kind)
        for pk, parent, slug, kind in Column.objects.order_by().values_list(
            "pk", "parent", "slug", "update_class"
        )
    }
    parents = {pk: row[0] for pk, row in columns.items()}
    named = [pk for pk, row in columns.items() if row[1] in slugs]
    wanted = lineage.beneath(named, parents)
    if asks_class:
        wanted |= {pk for pk in columns if _class_of(pk, columns, parents) == asks_class}
    return rows.filter(column__in=wanted)


def items(window: Window, options: Options) -> QuerySet[Publication]:
    """What counts as an item; reprints too unless the indicator says otherwise."""
    rows = counted(window.starts_on, window.ends_on)
    return in_columns(rows if options.get("reprints", True) else rows.filter(is_reprint=False), options)


def tally_items(window: Window, options: Options) -> dict[int, Tally]:
    """Items and days of all units, one query: a row for every unit and day."""
    rows = items(window, options).order_by().values("unit", "on").annotate(n=Count("pk"))
    return _by_day(rows.values_list("unit", "on", "n"))


def first_events(window: Window, options: Options) -> QuerySet[Publication]:
    """Everything published for the first time, with what did not count and why."""
    rows = Publication.objects.filter(kind=EventKind.FIRST, on__range=window).exclude(verdict=Verdict.ADOPTED)
    return in_columns(rows, options).select_related(*ROW).order_by("-at", "-pk")


def adopted(window: Window, options: Options) -> QuerySet[Publication]:
    """What a site above took over: the credit is the origin's."""
    rows = Publication.objects.filter(verdict=Verdict.ADOPTED, on__range=window, like__isnull=False)
    return rows.select_related(*ROW).order_by("-at", "-pk")


def tally_adopted(window: Window, options: Options) -> dict[int, Tally]:
    rows = adopted(window, options).order_by().values("like__unit", "on").annotate(n=Count("pk"))
    return _by_day(rows.values_list("like__unit", "on", "n"))


def documents(window: Window, options: Options) -> QuerySet[Publication]:
    """First publications of the columns of documents whose date of writing is known (麻山第一条第 12 项)."""
    asks = {"update_class": DOCUMENTS, **options}
    rows = Publication.objects.filter(
        kind=EventKind.FIRST, on__range=window, revision__written_on__isnull=False
    )
    return in_columns(rows, asks).exclude(verdict=Verdict.ADOPTED).select_related(*ROW).order_by("-at", "-pk")


def documents_in_time(window: Window, options: Options) -> QuerySet[Publication]:
    days = timedelta(days=options.get("within_days", 1))
    return documents(window, options).filter(on__lte=F("revision__written_on") + days)


def tally_documents(window: Window, options: Options) -> dict[int, Tally]:
    in_time = Q(pk__in=documents_in_time(window, options).order_by().values("pk"))
    rows = documents(window, options).order_by().values("unit")
    found = rows.annotate(number=Count("pk", filter=in_time), of=Count("pk"))
    return {row["unit"]: Tally(Decimal(row["number"]), Decimal(row["of"])) for row in found}


def line(row: Publication, is_counted: bool) -> Line:
    """With the text it repeats where it does not count, and why the office said otherwise."""
    like = row.like
    return Line(
        row.pk, row.unit_id, row.revision.title, row.on, is_counted, row.article.get_absolute_url(),
        why=_why_not(row, is_counted), like=like.revision.title if like else "",
        like_url=like.article.get_absolute_url() if like else "", column=row.column_id,
        is_live=row.article.state == ArticleState.LIVE, overruled=_overruled(row),
    )  # fmt: skip


def adopted_line(row: Publication, is_counted: bool) -> Line:
    return Line(
        row.pk, row.like.unit_id, row.revision.title, row.on, is_counted, row.article.get_absolute_url(),
        why=f"采用于{row.article.site}", like=row.like.revision.title, like_url=row.like.article.get_absolute_url(),
        column=row.column_id, is_live=row.article.state == ArticleState.LIVE,
    )  # fmt: skip


def document_line(row: Publication, is_counted: bool) -> Line:
    days = (row.on - row.revision.written_on).days
    late = "" if is_counted else f"成文 {row.revision.written_on:%Y-%m-%d}，{days} 天后上网"
    return Line(
        row.pk, row.unit_id, row.revision.title, row.on, is_counted, row.article.get_absolute_url(), why=late,
        column=row.column_id, is_live=row.article.state == ArticleState.LIVE,
    )  # fmt: skip


def _why_not(row: Publication, is_counted: bool) -> str:
    if row.verdict != Verdict.COUNTED:
        return row.get_verdict_display()
    if is_counted:
        return ""
    return "转载不计" if row.is_reprint else "公布之后登记，不计入本期"


def _overruled(row: Publication) -> str:
    return f"{row.overruled_by}改判：{row.overruled_note}" if row.overruled_by_id else ""


def _by_day(rows: Iterable[tuple[int, date, int]]) -> dict[int, Tally]:
    numbers: dict[int, int] = defaultdict(int)
    days: dict[int, list[date]] = defaultdict(list)
    for unit, day, n in rows.iterator(chunk_size=5000) if isinstance(rows, QuerySet) else rows:
        numbers[unit] += n
        days[unit].append(day)
    return {unit: Tally(Decimal(n), None, frozenset(days[unit])) for unit, n in numbers.items()}


def _class_of(pk: int, columns: dict[int, tuple[Any, str, str]], parents: lineage.Parents) -> str:
    """The class of the column itself or of the nearest above it."""
    return next((columns[step][2] for step in lineage.upwards(pk, parents) if columns[step][2]), "")


register(
    Fact(
        "published", "发布信息", "条",
        "期内首次发布并计入的信息，按系统发布时间归入当日；近似重复、拆分发布、自行重发的不计，更新已有信息不另计。",
        "publication", frozenset({K.COUNTED, K.BANDED, K.RHYTHM}), "unit", tally_items, first_events, items, line,
    ),
    Fact(
        "adopted", "被上级站点采用", "条", "期内上级站点采用本单位信息的条数，计给原发布单位。",
        "publication", frozenset({K.COUNTED, K.BANDED}), "like__unit", tally_adopted, adopted, adopted, adopted_line,
    ),
    Fact(
        "documents_in_time", "下发文件当日或次日上网", "件",
        "文件类栏目中写明成文日期的信息，发布日不晚于成文日期次日的为按时；比例为按时件数除以全部件数。",
        "publication", frozenset({K.RATIO, K.BANDED, K.COUNTED}), "unit", tally_documents, documents,
        documents_in_time, document_line,
    ),
)  # fmt: skip
