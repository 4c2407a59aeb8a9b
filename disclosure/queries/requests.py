"""Reads of requests: what waits for whom, what the same applicant asked before, how its clocks went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from columns import rules as column_rules
from columns.models import Delegation
from disclosure.enums.catalogue import Publicity
from disclosure.enums.requests import ExtensionState, FeeMode, RequestState
from disclosure.models import CatalogueEntry, DisclosureRequest, Extension, Fee
from portal.enums import Power
from portal.likeness import likeness
from portal.models import Limit, Site, User

SHOWN_WITH = ("site", "department")
WITH_OFFICE = ("site__disclosure_office__department__head", "department__head")
LOOKED_BACK, LIKE, SHOWN = 60, 0.6, 5


@dataclass(frozen=True)
class Repeat:
    """An earlier request of the same applicant, and in what it is alike."""

    request: DisclosureRequest
    alike: str


@dataclass(frozen=True)
class Frequency:
    """How often one applicant asked this site, this one included."""

    month: int
    year: int


def known_entry(site: Site, typed: str) -> CatalogueEntry | None:
    """The entry of the public catalogue that somebody wants to have; None for what the public may not know of."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
        return None
    shown = Q(publicity=Publicity.ON_REQUEST) | Q(public_at__isnull=False)
    return CatalogueEntry.objects.filter(shown, pk=int(typed), site=site).first()


def own(user: User) -> QuerySet[DisclosureRequest]:
    """What somebody asked for while signed in, newest first."""
    return DisclosureRequest.objects.filter(applicant=user).select_related("site")


def clocks_of(request: DisclosureRequest) -> list[Limit]:
    """Every clock it ever had, oldest first, each with how its date was computed."""
    return list(request.limits.order_by("pk"))


def running_clocks(labels: Iterable[str]) -> Iterable[Limit]:
    """Clocks of requests that run, each with its request."""
    subject = ContentType.objects.get_for_model(DisclosureRequest)
    rows = Limit.objects.filter(subject_type=subject, met_at=None, label__in=labels)
    return rows.prefetch_related(*(f"subject__{one}" for one in WITH_OFFICE))


def waiting_for(user: User) -> QuerySet[DisclosureRequest]:
    """What `user` owes the next step of: to be registered by their office, or in the hands of their department."""
    wanted = Q(pk__in=[])
    for site, departments in seats_by_site(user).items():
        here, office = Q(site=site), Q(site__disclosure_office__department__in=departments)
        handled = Q(department__in=departments) | Q(department=None) & office
        wanted |= here & office & Q(state=RequestState.SUBMITTED)
        wanted |= here & handled & Q(state=RequestState.IN_HAND)
    return DisclosureRequest.objects.filter(wanted)


def extensions_for(user: User) -> QuerySet[Extension]:
    """What waits for 负责人 of a disclosure office, or for who acts for them."""
    head = "request__site__disclosure_office__department__head"
    lent = Delegation.objects.live().filter(acting=user).order_by().values("principal")
    rows = Extension.objects.filter(
        Q(**{head: user}) | Q(**{f"{head}__in": lent}), state=ExtensionState.PENDING
    )
    return rows.exclude(asked_by=user)


def like_earlier(request: DisclosureRequest) -> list[Repeat]:
    """Earlier requests of the same applicant that ask for much the same, likest first; the linked one left out."""
    rows = of_applicant(request).filter(pk__lt=request.pk).exclude(pk=request.repeats_id or 0)
    rows = rows.order_by("-pk")[:LOOKED_BACK]
    judged = [(*_alike(request, one), one) for one in rows]
    found = sorted((one for one in judged if one[0] >= LIKE), key=lambda one: -one[0])
    return [Repeat(row, f"{what}相似 {round(measure * 100)}%") for measure, what, row in found[:SHOWN]]


def same_words(site_id: int, key: str, title: str, wanted: str) -> DisclosureRequest | None:
    """The newest request of this applicant to the site that says the very same; None if there is none."""
    rows = DisclosureRequest.objects.filter(site=site_id, applicant_key=key, title=title).order_by("-pk")
    said = "".join(wanted.split())
    return next((one for one in rows[:LOOKED_BACK] if "".join(one.wanted.split()) == said), None)


def frequency(site_id: int, key: str, day: date) -> Frequency:
    """Of the calendar month and year of `day`, by 收到申请之日, or by arrival where that is not established yet."""
    rows = DisclosureRequest.objects.filter(site=site_id, applicant_key=key)
    in_year = rows.filter(_in(day.year) | Q(received_on=None, arrived_on__year=day.year))
    in_month = in_year.filter(
        Q(received_on__month=day.month) | Q(received_on=None, arrived_on__month=day.month)
    )
    return Frequency(in_month.count(), in_year.count())


def cases_before(request: DisclosureRequest) -> int:
    """How many cases the applicant had in the month before this one: what a charge by case counts on from."""
    day = request.received_on
    rows = of_applicant(request).filter(received_on__year=day.year, received_on__month=day.month)
    earlier = rows.filter(Q(received_on__lt=day) | Q(received_on=day, pk__lt=request.pk))
    charged = dict(
        Fee.objects.filter(request__in=earlier, mode=FeeMode.BY_CASE).values_list("request", "number")
    )
    return sum(charged.get(pk, 1) for pk in earlier.values_list("pk", flat=True))


def of_applicant(request: DisclosureRequest) -> QuerySet[DisclosureRequest]:
    """All requests of the same applicant to the site, this one included."""
    return DisclosureRequest.objects.filter(site=request.site_id, applicant_key=request.applicant_key)


def seats_by_site(user: User) -> dict[int, set[int]]:
    """By site id, the departments for which `user` answers."""
    sites = column_rules.powers_of(user).sites_with(Power.ANSWER)
    found = {
        site: {seat.department_id for seat in column_rules.seats(user, Power.ANSWER, site)} for site in sites
    }
    return {site: departments for site, departments in found.items() if departments}


def _in(year: int) -> Q:
    return Q(received_on__year=year)


def _alike(one: DisclosureRequest, other: DisclosureRequest) -> tuple[float, str]:
    measures = {"名称": likeness(one.title, other.title), "描述": likeness(one.wanted, other.wanted)}
    what = max(measures, key=measures.__getitem__)
    return measures[what], what
