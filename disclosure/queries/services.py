"""Reads of service items: what readers find, what waits for approval, what a guide lacks, how much is used."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from columns import rules as column_rules
from columns.queries.answerers import answering_departments
from disclosure.enums.prereviews import PreReviewState
from disclosure.enums.result_notices import NoticeState
from disclosure.enums.services import IN_WORK, SHOWN, GuideState, ItemState, ServedKind
from disclosure.models import Guide, PreReview, ResultNotice, ServiceItem
from disclosure.models.services import PARTS
from disclosure.rules import guides as guide_rules
from disclosure.rules import services as rules
from portal import clock
from portal.enums import Power
from portal.models import Department, Site, User

USED_DAYS = 365
SHOWN_WITH = ("site", "department", "guide")


@dataclass(frozen=True)
class Standing:
    """An item with what its guide (in force, or in work) lacks."""

    item: ServiceItem
    guide: Guide | None
    vetoed: list[str]
    advised: list[str]


def shown(site: Site) -> QuerySet[ServiceItem]:
    """What readers of the site find."""
    rows = ServiceItem.objects.filter(site=site, state__in=SHOWN, guide__isnull=False)
    return rows.select_related(*SHOWN_WITH)


def offering(site: Site) -> Site:
    """The site whose items are offered here: its own, those of the site above where it has none."""
    if site.parent_id is None or shown(site).exists():
        return site
    return site.parent


def most_used_first(rows: QuerySet[ServiceItem]) -> QuerySet[ServiceItem]:
    """By how often they were applied for or finished within a year, where that is known; else in their order."""
    since = clock.now() - timedelta(days=USED_DAYS)
    applied = PreReview.objects.filter(item=OuterRef("pk"), submitted_at__gte=since)
    finished = ResultNotice.objects.filter(
        item=OuterRef("pk"), state=NoticeState.PUBLIC, decided_on__gte=since, pre_review=None
    )
    rows = rows.annotate(used=_number(applied) + _number(finished))
    return rows.order_by(F("used").desc(), "position", "pk")


def for_audience(rows: QuerySet[ServiceItem], audience: str) -> QuerySet[ServiceItem]:
    return rows.filter(audience__in=(audience, ServedKind.BOTH)) if audience else rows


def matching(rows: QuerySet[ServiceItem], words: str) -> QuerySet[ServiceItem]:
    """Every word in the name, the theme, the code or the names of the materials."""
    for word in words.split():
        said = Q(name__icontains=word) | Q(theme__icontains=word) | Q(code__iexact=word)
        rows = rows.filter(said | Q(guide__in=_with_material(word)))
    return rows


def themes(rows: QuerySet[ServiceItem]) -> list[str]:
    return list(rows.exclude(theme="").order_by("theme").values_list("theme", flat=True).distinct())


def departments(rows: QuerySet[ServiceItem]) -> QuerySet[Department]:
    return Department.objects.filter(pk__in=rows.order_by().values("department"))


def with_parts(rows: QuerySet[Guide]) -> QuerySet[Guide]:
    """Each guide with all its rows: as many queries more as there are parts."""
    return rows.select_related("item__site", "department", "saved_by", "decided_by").prefetch_related(
        "materials__blank_form", "materials__sample", *(part for part in PARTS if part != "materials")
    )


def seen_by(user: User) -> QuerySet[ServiceItem]:
    rows = ServiceItem.objects.filter(site__in=rules.sites_seen(user))
    in_work = Guide.objects.filter(state__in=IN_WORK)
    return rows.select_related(*SHOWN_WITH).prefetch_related(Prefetch("guides", in_work, to_attr="in_work"))


def to_approve(user: User) -> QuerySet[Guide]:
    """Versions that wait for `user`: they publish on the site, and had no hand in it."""
    sites = column_rules.powers_of(user).sites_with(Power.PUBLISH)
    if not sites:
        return Guide.objects.none()
    own = {user.pk, *column_rules.principals(user)}
    rows = Guide.objects.filter(state=GuideState.IN_REVIEW, item__site__in=sites)
    return rows.exclude(writers__in=own)


def versions(item: ServiceItem) -> QuerySet[Guide]:
    return item.guides.select_related("saved_by", "decided_by").order_by("-number")


def in_work(item: ServiceItem) -> Guide | None:
    return item.guides.filter(state__in=IN_WORK).first()


def completeness(items: Iterable[ServiceItem]) -> list[Standing]:
    """What each item lacks: of the guide in force, or of the one in work where there is none. Six queries."""
    items = list(items)
    wanted = {one.guide_id or next((it.pk for it in one.in_work), None) for one in items} - {None}
    guides = with_parts(Guide.objects.filter(pk__in=wanted)).in_bulk()
    return [_standing(one, guides) for one in items]


def lacking(site: Site, most: int) -> list[tuple[ServiceItem, list[str]]]:
    """Items in force with what the national check does not forgive; for the radar."""
    rows = ServiceItem.objects.filter(site=site, state=ItemState.IN_FORCE, guide__isnull=False)
    items = list(rows.select_related("site", "department").order_by("position", "pk")[:most])
    guides = with_parts(Guide.objects.filter(pk__in=[one.guide_id for one in items])).in_bulk()
    return [(one, guide_rules.lacks(guides[one.guide_id], vetoed=True)) for one in items]


def issues(guide: Guide) -> list[str]:
    """Why this version may not be published yet."""
    answered = not guide.takes_pre_review or (
        answering_departments(guide.item.site).filter(pk=guide.department_id).exists()
    )
    return guide_rules.issues(guide, is_answered=answered)


def figures(site: Site, first: date | None = None, last: date | None = None) -> dict[str, int]:
    """How many guides are in force, how many pre-reviews came in from `first` to `last` (within the last year) and how
    many of them passed. Two queries.
    """
    last = last or clock.today()
    first = first or last - timedelta(days=USED_DAYS)
    rows = PreReview.objects.filter(site=site, limits__started_at__date__range=(first, last)).order_by()
    found = rows.aggregate(received=Count("pk"), passed=Count("pk", filter=Q(state=PreReviewState.PASSED)))
    return {"guides": shown(site).count(), **found}


def _standing(item: ServiceItem, guides: dict[int, Guide]) -> Standing:
    guide = guides.get(item.guide_id or next((one.pk for one in item.in_work), 0))
    if guide is None:
        return Standing(item, None, [], [])
    return Standing(
        item, guide, guide_rules.lacks(guide, vetoed=True), guide_rules.lacks(guide, vetoed=False)
    )


def _with_material(word: str) -> QuerySet:
    return Guide.objects.filter(state=GuideState.IN_FORCE, materials__name__icontains=word).values("pk")


def _number(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("item").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
