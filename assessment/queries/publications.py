"""Named reads of publication facts."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from assessment.enums.facts import EventKind, Verdict
from assessment.models import Publication
from assessment.rules.similarity import Print

COMPARED = ("pk", "on", "unit", "site", "title_key", "shape", "size")


def counted(starts_on: date, ends_on: date) -> QuerySet[Publication]:
    """What counts as an item from one day to another, both included."""
    return Publication.objects.filter(
        kind=EventKind.FIRST, verdict=Verdict.COUNTED, on__gte=starts_on, on__lte=ends_on
    )


def print_of(row: Publication) -> Print:
    return Print(row.pk, row.on, row.unit_id, row.site_id, row.title_key, row.shape, row.size)


def candidates(row: Publication, since: date) -> Iterator[Print]:
    """What `row` may repeat, the newest first: everything of its unit, and what has its title or its very words."""
    same = Q(unit=row.unit_id) | Q(title_key=row.title_key) | Q(shape=row.shape)
    rows = Publication.objects.filter(same, kind=EventKind.FIRST, on__gte=since, at__lte=row.at)
    rows = rows.exclude(article=row.article_id)
    return (Print(*values) for values in rows.order_by("-at", "-pk").values_list(*COMPARED))
