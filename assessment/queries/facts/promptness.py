"""How long a text waited between its last approval and its publication (气象第八条：24 小时、12 小时)."""

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from assessment.enums.facts import EventKind
from assessment.enums.schemes import IndicatorKind as K
from assessment.models import Publication
from assessment.queries.facts.base import Fact, Line, Options, register
from assessment.queries.facts.publications import ROW, in_columns
from assessment.rules.points import Tally, Window
from columns.enums import StepState
from portal.enums import Power
from publishing.enums import ArticleState
from publishing.models import ReviewStep

DAY_HOURS = 24


def approved(window: Window, options: Options) -> QuerySet[Publication]:
    """First publications that somebody approved; `approved_at` the last approval, `is_major` where a leader signed."""
    signed = ReviewStep.objects.filter(
        revision=OuterRef("revision"), state=StepState.APPROVED, power=Power.SIGN
    )
    rows = in_columns(Publication.objects.filter(kind=EventKind.FIRST, on__range=window), options)
    given = Q(revision__steps__state=StepState.APPROVED)
    rows = rows.annotate(
        approved_at=Max("revision__steps__decided_at", filter=given), is_major=Exists(signed)
    )
    return rows.filter(approved_at__isnull=False).select_related(*ROW).order_by("-at", "-pk")


def prompt(window: Window, options: Options) -> QuerySet[Publication]:
    return approved(window, options).filter(_in_time(options))


def late(window: Window, options: Options) -> QuerySet[Publication]:
    return approved(window, options).exclude(_in_time(options))


def tally_prompt(window: Window, options: Options) -> dict[int, Tally]:
    """Number in time of all that were approved. One query, read in one pass."""
    return _tally(window, options, in_time=True)


def tally_late(window: Window, options: Options) -> dict[int, Tally]:
    return _tally(window, options, in_time=False)


def line(row: Publication, is_counted: bool) -> Line:
    hours = (row.at - row.approved_at).total_seconds() / 3600
    kind = "重大信息" if row.is_major else "一般信息"
    return Line(
        row.pk, row.unit_id, row.revision.title, row.on, is_counted, row.article.get_absolute_url(),
        why=f"{kind}，审核通过 {hours:.1f} 小时后发布", column=row.column_id,
        is_live=row.article.state == ArticleState.LIVE,
    )  # fmt: skip


def _in_time(options: Options) -> Q:
    ordinary, major = _hours(options)
    return Q(is_major=False, at__lte=F("approved_at") + ordinary) | Q(
        is_major=True, at__lte=F("approved_at") + major
    )


def _hours(options: Options) -> tuple[timedelta, timedelta]:
    ordinary = options.get("hours", DAY_HOURS)
    return timedelta(hours=ordinary), timedelta(hours=options.get("hours_signed", ordinary))


def _tally(window: Window, options: Options, *, in_time: bool) -> dict[int, Tally]:
    ordinary, major = _hours(options)
    numbers: dict[int, int] = defaultdict(int)
    of: dict[int, int] = defaultdict(int)
    rows = (
        approved(window, options)
        .select_related(None)
        .order_by()
        .values_list("unit", "at", "approved_at", "is_major")
    )
    for unit, at, approved_at, is_major in rows.iterator(chunk_size=5000):
        of[unit] += 1
        numbers[unit] += _is_prompt(at, approved_at, major if is_major else ordinary) == in_time
    return {unit: Tally(Decimal(numbers[unit]), Decimal(n)) for unit, n in of.items()}


def _is_prompt(at: datetime, approved_at: datetime, allowed: timedelta) -> bool:
    return at <= approved_at + allowed


register(
    Fact(
        "prompt", "审核通过后按时发布", "条",
        "期内首次发布且经过审核的信息，从最后一次审核通过到发布不超过规定小时数的为按时；有领导签发的按重大信息计。",
        "publication", frozenset({K.RATIO, K.COUNTED, K.BANDED}), "unit", tally_prompt, approved, prompt, line,
    ),
    Fact(
        "late", "审核通过后迟发", "条", "期内首次发布且经过审核的信息中，超过规定小时数才发布的。",
        "publication", frozenset({K.DEDUCTED, K.COUNTED}), "unit", tally_late, approved, late, line,
    ),
)  # fmt: skip
