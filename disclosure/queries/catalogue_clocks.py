"""二十个工作日: which entries are open and not online yet, how their clocks stand, whom they call."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, QuerySet, Subquery

from columns import rules as column_rules
from columns.queries import site_holders
from disclosure.enums.catalogue import Publicity
from disclosure.models import CatalogueEntry, CategoryDuty
from disclosure.queries.issuers import keepers
from portal import clock
from portal.enums import Power
from portal.models import Limit, User


def entry_type() -> ContentType:
    return ContentType.objects.get_for_model(CatalogueEntry)


def running() -> QuerySet[Limit]:
    """Clocks of entries that run, each with its entry."""
    rows = Limit.objects.filter(subject_type=entry_type(), met_at=None)
    return rows.prefetch_related(
        "subject__site__disclosure_office__department", "subject__category__duties__department"
    )


def with_clock(rows: QuerySet[CatalogueEntry]) -> QuerySet[CatalogueEntry]:
    """Each row with `due_at` and `computed` of its clock; None where none runs."""
    found = Limit.objects.filter(subject_type=entry_type(), subject_id=OuterRef("pk"), met_at=None).order_by(
        "due_at"
    )
    return rows.annotate(
        due_at=Subquery(found.values("due_at")[:1]), computed=Subquery(found.values("computed")[:1])
    )


def overdue_entries(now: datetime | None = None) -> QuerySet:
    late = Limit.objects.filter(subject_type=entry_type(), met_at=None, due_at__lt=now or clock.now())
    return late.values("subject_id")


def called(entry: CatalogueEntry, *, heads: bool = False) -> list[User]:
    """Those who keep the catalogue and who collect for the category; `heads` of the responsible departments as well."""
    office, duties = (
        entry.site.disclosure_office,
        list(entry.category.duties.select_related("department__head")),
    )
    named = {duty.department_id for duty in duties}
    collectors = site_holders(entry.site, Power.COLLECT).filter(department__in=named, is_active=True)
    people = {person.pk: person for person in (*keepers(office), *collectors)}
    if heads:
        found = (duty.department.head for duty in duties)
        people |= {head.pk: head for head in found if head is not None and head.is_active}
    return list(people.values())


def waiting_for(user: User) -> QuerySet[CatalogueEntry]:
    """Open and not online, of the sites that `user` keeps and of the categories that their department makes public:
    the same people as in `rules.cataloguing`, as part of one query.
    """
    powers, wanted = column_rules.powers_of(user), Q(pk__in=[])
    for site in handled_sites(user):
        if powers.has_on_site(Power.PUBLISH, site):
            wanted |= Q(site=site)
            continue
        collecting = {one.department_id for one in column_rules.seats(user, Power.COLLECT, site)}
        answering = {one.department_id for one in column_rules.seats(user, Power.ANSWER, site)}
        wanted |= Q(site=site, site__disclosure_office__department__in=collecting | answering)
        named = CategoryDuty.objects.filter(department__in=collecting)
        wanted |= Q(site=site, category__in=named.values("category"))
    clocks = Limit.objects.filter(subject_type=entry_type(), met_at=None).values("subject_id")
    return CatalogueEntry.objects.filter(wanted, publicity=Publicity.OPEN, public_at=None, pk__in=clocks)


def handled_sites(user: User) -> set[int]:
    powers = column_rules.powers_of(user)
    return powers.sites_with(Power.COLLECT, Power.ANSWER, Power.PUBLISH)


def timed(rows: Iterable[CatalogueEntry]) -> dict[int, Limit]:
    """By entry, the clock that `with_clock` read."""
    return {one.pk: Limit(due_at=one.due_at, computed=one.computed) for one in rows if one.due_at}
