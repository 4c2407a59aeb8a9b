"""What goes to 图书馆 and 档案馆 (条例第二十五条, 福建第三十一条): open entries with their texts, a few at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.timezone import make_aware

from disclosure.models import CatalogueEntry
from disclosure.queries.catalogue import listed
from portal.models import Site
from publishing.enums import ArticleState

CHUNK = 200


@dataclass(frozen=True)
class Span:
    """From the first to the last day, both included: when the documents were made public."""

    first: date
    last: date

    def __str__(self) -> str:
        year = self.first.year
        if (self.first, self.last) == (date(year, 1, 1), date(year, 12, 31)):
            return f"{year}年"
        return f"{self.first:%Y%m%d}-{self.last:%Y%m%d}"


def of_span(site: Site, span: Span) -> QuerySet[CatalogueEntry]:
    """By the day on which they were made public, as in Asia/Shanghai."""
    rows = listed(site).filter(article__state=ArticleState.LIVE)
    begins, ends = (
        make_aware(datetime.combine(day, time.min)) for day in (span.first, span.last + timedelta(days=1))
    )
    return rows.filter(public_at__gte=begins, public_at__lt=ends)


def entries(site: Site, span: Span) -> Iterator[CatalogueEntry]:
    """Every entry without its text, for the list."""
    return _in_chunks(of_span(site, span).select_related("category", "issuer"))


def texts(site: Site, span: Span) -> Iterator[CatalogueEntry]:
    """Every entry with its text, files and pictures."""
    rows = of_span(site, span).select_related("category", "issuer", "article__published_revision")
    files = ("article__published_revision__attachments__file", "article__published_revision__pictures")
    return _in_chunks(rows.prefetch_related(*files))


def _in_chunks(rows: QuerySet[CatalogueEntry]) -> Iterator[CatalogueEntry]:
    """By id, a few at a time: memory stays flat on any database."""
    last = 0
    while chunk := list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield from chunk
        last = chunk[-1].pk
