"""What the records know of a website's year: the counted rows of 政府网站工作年度报表."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from assessment.enums.facts import EventKind
from assessment.models import Publication
from assessment.rules.website_form import COLUMN_TYPES, FORM, UPDATES_TOO, Line, contradictions, missing
from columns import queries as column_queries
from columns.rules import type_of
from disclosure.enums.reports import ReportState
from disclosure.enums.services import ItemState
from disclosure.models import AnnualReport, ServiceItem
from disclosure.queries.annual import Span
from interaction.enums.activities import ActivityKind, ActivityState
from interaction.models import Activity, InterviewEntry, InterviewQuestion, Letter, Opinion, PublicLetter
from portal.models import Site

CALLS = (ActivityKind.CONSULTATION, ActivityKind.SURVEY)
ONE_DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Row:
    """A line with what is said there; `by` and `at` of what was entered. None: nobody has said yet."""

    line: Line
    value: Any
    by: str = ""
    at: str = ""


@dataclass(frozen=True)
class Block:
    title: str
    rows: list[Row]


def sites_of(site: Site) -> list[int]:
    """The website: the site, and of the main one the sub-sites that have no host name of their own."""
    below = Site.objects.filter(parent=site, host_name=None) if site.is_main else Site.objects.none()
    return [site.pk, *below.values_list("pk", flat=True)]


def counted(site: Site, year: int) -> dict[str, Any]:
    span, sites = Span.of(year), sites_of(site)
    services = ServiceItem.objects.filter(site__in=sites, state=ItemState.IN_FORCE).count()
    return {
        **_publications(sites, span), **_letters(sites, span), **_activities(sites, span), "services": services,
    }  # fmt: skip


def _publications(sites: list[int], span: Span) -> dict[str, int]:
    """Two groups a column, first events and later ones: one query, and one tree a site for what its columns are."""
    rows = Publication.objects.filter(site__in=sites, on__range=(span.first, span.last)).order_by()
    groups = list(rows.values_list("column", "kind").annotate(n=Count("pk")))
    types = _types(sites)
    found = {"published": sum(number for _, kind, number in groups if kind == EventKind.FIRST)}
    for key, wanted in COLUMN_TYPES.items():
        kinds = EventKind.values if key in UPDATES_TOO else (EventKind.FIRST,)
        found[key] = sum(n for column, kind, n in groups if kind in kinds and types.get(column) in wanted)
    return found


def _types(sites: list[int]) -> dict[int, str]:
    found = {}
    for site in Site.objects.filter(pk__in=sites):
        tree = column_queries.tree(site)
        found.update({column.pk: type_of(column, tree).name for column in tree})
    return found


def _letters(sites: list[int], span: Span) -> dict[str, Any]:
    taken = ExpressionWrapper(F("answered_at") - F("written_at"), output_field=DurationField())
    answered = Letter.objects.filter(site__in=sites, **_in("answered_at", span))
    average = answered.aggregate(average=Avg(taken))["average"]
    days = Decimal(average.total_seconds()) / ONE_DAY if average else Decimal(0)
    return {
        "letters": Letter.objects.filter(site__in=sites, **_in("written_at", span)).count(),
        "letters_done": answered.count(), "letters_days": float(round(days, 1)),
        "letters_public": PublicLetter.objects.filter(
            site__in=sites, is_public=True, **_in("published_at", span)
        ).count(),
    }  # fmt: skip


def _activities(sites: list[int], span: Span) -> dict[str, int]:
    shown = Activity.objects.filter(site__in=sites, state=ActivityState.APPROVED).order_by()
    began = Q(**_in("opens_at", span))
    figures = shown.aggregate(
        calls=Count("pk", filter=Q(kind__in=CALLS) & began),
        calls_published=Count("pk", filter=Q(kind__in=CALLS, **_in("results_published_at", span))),
        interviews=Count("pk", filter=Q(kind=ActivityKind.INTERVIEW) & began),
    )
    held = {"interview__activity__site__in": sites}
    return figures | {
        "opinions": Opinion.objects.filter(
            consultation__activity__site__in=sites, **_in("sent_at", span)
        ).count(),
        "interview_questions": InterviewQuestion.objects.filter(**held, **_in("sent_at", span)).count(),
        "interview_answers": _answered(held, span).count(),
    }  # fmt: skip


def _answered(held: Mapping[str, Any], span: Span) -> QuerySet:
    rows = InterviewEntry.objects.filter(**held, taken_back_at=None, **_in("at", span)).exclude(question=None)
    return rows.order_by().values("question").distinct()


def _in(field: str, span: Span) -> dict[str, datetime]:
    return {f"{field}__gte": span.begins, f"{field}__lt": span.ends}


@dataclass(frozen=True)
class Sheet:
    """The form as it is shown: from the records while it is put together, as it was kept once it is issued."""

    blocks: list[Block]
    missing: list[Line]
    contradictions: list[str]


def sheet(report: AnnualReport) -> Sheet:
    if report.state == ReportState.ISSUED:
        values, entered = report.snapshot["values"], report.snapshot["entered"]
    else:
        values, entered = counted(report.site, report.year), report.entered
    return Sheet(
        [Block(one.title, [_row(line, values, entered) for line in one.lines]) for one in FORM],
        missing(entered), contradictions(values | {key: said["value"] for key, said in entered.items()}),
    )  # fmt: skip


def _row(line: Line, values: Mapping[str, Any], entered: Mapping[str, Any]) -> Row:
    if line.counted:
        return Row(line, values.get(line.key, 0))
    said = entered.get(line.key)
    return Row(line, said["value"], said["by"], said["at"][:10]) if said else Row(line, None)
