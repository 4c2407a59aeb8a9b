"""What the annual report counts: one grouped query for each table, and the cases behind any of its cells."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Sum, Value, When
from django.utils.timezone import make_aware

from disclosure.enums.catalogue import Validity
from disclosure.enums.decisions import Outcome, ProceedingResult
from disclosure.enums.requests import FeeState
from disclosure.models import CatalogueEntry, DisclosureRequest, Fee, Proceeding
from disclosure.rules.annual_form import CARRIED_IN, CARRIED_OUT, HANDLED, OUTCOME_OF, RECEIVED, TOTAL
from disclosure.rules.annual_tables import Done, Intake, ProceedingFact, RequestFact
from portal.models import Site

GONE = (Validity.REPEALED, Validity.LAPSED)
WITHDRAWN = Q(answered_on=None, outcome="", closed_at__isnull=False)
"""Taken back by the applicant: nothing was answered. The form has no line of its own for it, it stands under 其他."""


class Span(NamedTuple):
    """The first and the last day of a year, and the moments it begins and ends."""

    first: date
    last: date
    begins: datetime
    ends: datetime

    @classmethod
    def of(cls, year: int) -> "Span":
        first, following = date(year, 1, 1), date(year + 1, 1, 1)
        return cls(first, date(year, 12, 31), _midnight(first), _midnight(following))


def _midnight(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))


def requests_of(site: Site, year: int) -> QuerySet[DisclosureRequest]:
    """All requests that the year's report may tell of, each with `intake`, `done` and `counted_as`."""
    span = Span.of(year)
    told = Q(received_on__lte=span.last) | Q(answered_on__range=(span.first, span.last))
    over = Q(received_on__lt=span.first) & (
        Q(answered_on__lt=span.first) | WITHDRAWN & Q(closed_at__lt=span.begins)
    )
    return (
        DisclosureRequest.objects.filter(told, site=site)
        .exclude(over)
        .annotate(intake=_intake(span), done=_done(span), counted_as=_outcome())
        .order_by()
    )


def _intake(span: Span) -> Case:
    return Case(
        When(received_on=None, then=Value(Intake.NEVER)),
        When(received_on__lt=span.first, then=Value(Intake.BEFORE)),
        When(received_on__lte=span.last, then=Value(Intake.IN_YEAR)),
        default=Value(Intake.AFTER),
        output_field=CharField(),
    )


def _done(span: Span) -> Case:
    """As at the end of the year, whenever it is asked."""
    return Case(
        When(answered_on__lt=span.first, then=Value(Done.BEFORE)),
        When(answered_on__lte=span.last, then=Value(Done.IN_YEAR)),
        When(WITHDRAWN & Q(closed_at__lt=span.begins), then=Value(Done.BEFORE)),
        When(WITHDRAWN & Q(closed_at__lt=span.ends), then=Value(Done.IN_YEAR)),
        default=Value(Done.OWED),
        output_field=CharField(),
    )


def _outcome() -> Case:
    return Case(
        When(WITHDRAWN, then=Value(Outcome.OTHER.value)), default=F("outcome"), output_field=CharField()
    )


def request_facts(site: Site, year: int) -> dict[RequestFact, int]:
    """表三, in one query."""
    rows = requests_of(site, year).values_list("intake", "done", "counted_as", "kind").annotate(n=Count("pk"))
    return {RequestFact(*fact): number for *fact, number in rows}


def request_cases(site: Site, year: int, row: str, column: str) -> QuerySet[DisclosureRequest]:
    """The requests that a cell of the third table counts: as `annual_tables.holds` says of their facts."""
    found = requests_of(site, year)
    match row:
        case _ if row == RECEIVED:
            found = found.filter(intake=Intake.IN_YEAR)
        case _ if row == CARRIED_IN:
            found = found.filter(intake=Intake.BEFORE).exclude(done=Done.BEFORE)
        case _ if row == CARRIED_OUT:
            found = found.filter(intake__in=(Intake.BEFORE, Intake.IN_YEAR), done=Done.OWED)
        case _ if row == HANDLED:
            found = found.filter(done=Done.IN_YEAR)
        case _:
            found = found.filter(done=Done.IN_YEAR, counted_as=OUTCOME_OF[row])
    return found if column == TOTAL else found.filter(kind=column)


def proceedings_of(site: Site, year: int) -> QuerySet[Proceeding]:
    """Closed in the year, or pending at its end, each with `stands` (its result then) and `is_old`."""
    span = Span.of(year)
    pending = Q(closed_on=None) | Q(closed_on__gt=span.last)
    told = Q(closed_on__range=(span.first, span.last)) | Q(filed_on__lte=span.last) & pending
    return (
        Proceeding.objects.filter(told, request__site=site)
        .annotate(
            stands=Case(When(pending, then=Value(ProceedingResult.PENDING.value)), default=F("result")),
            is_old=Case(When(filed_on__lt=span.first, then=Value(True)), default=Value(False)),
        )
        .order_by()
    )


def proceeding_facts(site: Site, year: int) -> dict[ProceedingFact, int]:
    """表四, in one query."""
    rows = proceedings_of(site, year).values_list("kind", "stands", "is_old").annotate(n=Count("pk"))
    return {ProceedingFact(kind, stands, bool(old)): number for kind, stands, old, number in rows}


def proceeding_cases(site: Site, year: int, row: str, column: str) -> QuerySet[Proceeding]:
    found = proceedings_of(site, year).filter(kind=row)
    return found if column == TOTAL else found.filter(stands=column)


def _normative(year: int) -> dict[str, Q]:
    """Which 行政规范性文件 count as issued and repealed in the year, and in force at its end (失效 counts as 废止)."""
    span = Span.of(year)
    gone = Q(validity__in=GONE, validity_on__lte=span.last)
    return {
        "issued": Q(made_on__range=(span.first, span.last)),
        "repealed": Q(validity__in=GONE, validity_on__range=(span.first, span.last)),
        "in_force": Q(made_on__lte=span.last) & ~gone,
    }


def normative_facts(site: Site, year: int) -> dict[str, int]:
    """What of 表二 the catalogue knows, in one query."""
    rows = CatalogueEntry.objects.filter(site=site, is_normative=True).order_by()
    return rows.aggregate(**{key: Count("pk", filter=which) for key, which in _normative(year).items()})


def normative_cases(site: Site, year: int, column: str) -> QuerySet[CatalogueEntry]:
    return CatalogueEntry.objects.filter(_normative(year)[column], site=site, is_normative=True).order_by()


def published(site: Site, year: int) -> int:
    """How many entries of the catalogue went online in the year."""
    span = Span.of(year)
    return CatalogueEntry.objects.filter(
        site=site, public_at__gte=span.begins, public_at__lt=span.ends
    ).count()


def fees(site: Site, year: int) -> Decimal:
    """信息处理费 that was paid in the year (国办函〔2020〕109号: told under 六)."""
    span = Span.of(year)
    paid = Fee.objects.filter(request__site=site, state=FeeState.PAID, paid_on__range=(span.first, span.last))
    return paid.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
