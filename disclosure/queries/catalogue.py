"""Lists of the catalogue, page by page by keyset, so that two hundred thousand entries open as quickly as two hundred."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from disclosure.enums.catalogue import OVER, Publicity, Validity
from disclosure.models import CatalogueEntry, Category, Office
from disclosure.queries import catalogue_clocks as clocks
from disclosure.queries.categories import CategoryTree
from disclosure.rules.entries import closed_columns
from disclosure.rules.numbers import tidy_document_number
from portal import limits
from portal.models import Limit, Site
from publishing.enums import ArticleState

PAGE_SIZE = 20
WAITING, LATE = "WAITING", "LATE"
FIRST_YEAR, LAST_YEAR = 1949, 2100
SHOWN_WITH = ("category", "issuer", "article")


@dataclass(frozen=True)
class Asked:
    """What a list was asked for; what is not there is not asked for."""

    words: str = ""
    number: str = ""
    category: Category | None = None
    categories: tuple[int, ...] = ()
    issuer: int | None = None
    publicity: str = ""
    validity: str = ""
    year: int | None = None

    @classmethod
    def read(cls, typed: Mapping[str, str], tree: CategoryTree, category: Category | None = None) -> "Asked":
        """`category` where the address itself names one."""
        chosen = category or tree.by_key(typed.get("category", ""))
        year = whole(typed.get("year", ""))
        return cls(
            _line(typed.get("q", "")), _line(typed.get("number", "")), chosen,
            tuple(tree.branch_ids(chosen)) if chosen else (), whole(typed.get("issuer", "")),
            _one_of(typed.get("publicity", ""), (*Publicity.values, WAITING, LATE)),
            _one_of(typed.get("validity", ""), Validity.values),
            year if year and FIRST_YEAR <= year <= LAST_YEAR else None,
        )  # fmt: skip

    @property
    def is_narrowed(self) -> bool:
        return bool(
            self.words
            or self.number
            or self.category
            or self.issuer
            or self.publicity
            or self.validity
            or self.year
        )

    def narrow(self, rows: QuerySet[CatalogueEntry]) -> QuerySet[CatalogueEntry]:
        wanted = Q()
        for word in self.words.lower().split():
            wanted &= Q(words__contains=word)
        if self.number:
            wanted &= Q(words__contains=tidy_document_number(self.number).lower())
        if self.categories:
            wanted &= (
                Q(category__in=self.categories)
                if len(self.categories) > 1
                else Q(category=self.categories[0])
            )
        if self.issuer:
            wanted &= Q(issuer=self.issuer)
        if self.validity:
            wanted &= Q(validity=self.validity)
        if self.year:
            wanted &= Q(made_on__range=(date(self.year, 1, 1), date(self.year, 12, 31)))
        return _of_publicity(rows.filter(wanted), self.publicity)


@dataclass(frozen=True)
class Row:
    """An entry with how its clock stands."""

    entry: CatalogueEntry
    urgency: str = ""
    time_left: str = ""


@dataclass(frozen=True)
class Slice:
    """One page; `before` leads to the next one, None at the end."""

    rows: list[Row]
    before: int | None
    is_first: bool


def whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def listed(site: Site) -> QuerySet[CatalogueEntry]:
    """What the public finds: what is online, what may be asked for, what is over. Never what is closed, nor what
    stands in a column that not everybody may read, nor what was withdrawn a moment ago.
    """
    readable = ~Q(article__column__in=closed_columns(site))
    online = Q(article__state=ArticleState.LIVE) | Q(article__state=ArticleState.WITHDRAWN, validity__in=OVER)
    rows = CatalogueEntry.objects.filter(site=site, listed_at__isnull=False)
    return rows.filter(Q(article=None) | (online & readable)).exclude(publicity=Publicity.CLOSED)


def public_page(site: Site, asked: Asked, typed: Mapping[str, str]) -> Slice:
    """One page of the public list, newest first."""
    rows = asked.narrow(listed(site))
    before = whole(typed.get("before", ""))
    if before and (
        at := CatalogueEntry.objects.filter(pk=before, site=site).values_list("listed_at").first()
    ):
        rows = (
            rows.filter(listed_at__lte=at[0]).filter(Q(listed_at__lt=at[0]) | Q(pk__lt=before))
            if at[0]
            else rows
        )
    found = list(rows.select_related(*SHOWN_WITH).order_by("-listed_at", "-pk")[: PAGE_SIZE + 1])
    for one in found:
        one.site = one.category.site = site
        if one.article:
            one.article.site = site
    return _slice([Row(one) for one in found], before)


def desk_rows(office: Office, *, closed: bool) -> QuerySet[CatalogueEntry]:
    rows = CatalogueEntry.objects.filter(site=office.site_id)
    return rows if closed else rows.exclude(publicity=Publicity.CLOSED)


def desk_page(office: Office, rows: QuerySet[CatalogueEntry], typed: Mapping[str, str]) -> Slice:
    """One page of the desk's list, the last registered first, each with its clock."""
    before = whole(typed.get("before", ""))
    older = rows.filter(pk__lt=before) if before else rows
    found = list(clocks.with_clock(older).select_related(*SHOWN_WITH).order_by("-pk")[: PAGE_SIZE + 1])
    running = clocks.timed(found)
    calendar = limits.calendar_for(running.values()) if running else None
    for one in found:
        one.site = office.site
    return _slice([_row(one, running.get(one.pk), calendar) for one in found], before)


def _of_publicity(rows: QuerySet[CatalogueEntry], asked: str) -> QuerySet[CatalogueEntry]:
    if asked == WAITING:
        return rows.filter(publicity=Publicity.OPEN, public_at=None)
    if asked == LATE:
        return rows.filter(pk__in=clocks.overdue_entries())
    return rows.filter(publicity=asked) if asked else rows


def _slice(rows: list[Row], before: int | None) -> Slice:
    shown = rows[:PAGE_SIZE]
    return Slice(shown, shown[-1].entry.pk if len(rows) > PAGE_SIZE else None, before is None)


def _row(entry: CatalogueEntry, limit: Limit | None, calendar: Any) -> Row:
    if limit is None:
        return Row(entry)
    return Row(entry, limits.urgency(limit, calendar=calendar), limits.time_left(limit, calendar=calendar))


def _line(typed: str) -> str:
    return " ".join(typed.replace("\x00", "").split())[:60]


def _one_of(typed: str, known: Any) -> str:
    return typed if typed in known else ""
