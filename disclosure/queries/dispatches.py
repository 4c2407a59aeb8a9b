"""Named reads of dispatches: a unit's inbox, what was sent and who has signed, what is late."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, Value, When

from columns.rules import Visitor
from disclosure.enums.dispatches import DispatchState, ReceiptState, Standing
from disclosure.models import Dispatch, Receipt
from disclosure.rules import dispatches as rules
from portal import clock, lineage
from portal.models import Department, Site, User

OWED = Q(receipts__state=ReceiptState.WAITING, receipts__unit__is_active=True)
LATE, WAITING, DRAFTS = "late", "waiting", "draft"
TABS = {"": "全部", WAITING: "未签齐", LATE: "逾期未签收", DRAFTS: "草稿"}


def sent_by_sites(user: Visitor) -> QuerySet[Dispatch]:
    """What `user` sends or looks on at, with how many units there are, have signed, have not."""
    sending = rules.sending_sites(user)
    seen = Q(site__in=sending) | Q(site__in=rules.overseen_sites(user), state__in=rules.NOT_DRAFTS)
    rows = Dispatch.objects.filter(seen).exclude(state=DispatchState.DISCARDED)
    return (
        rows.select_related("site", "issuer", "sent_by", "drafted_by")
        .annotate(
            units=Count("receipts"),
            signed=Count("receipts", filter=Q(receipts__state=ReceiptState.SIGNED)),
            owed=Count("receipts", filter=OWED),
        )
        .order_by("-pk")
    )


def in_tab(rows: QuerySet[Dispatch], tab: str) -> QuerySet[Dispatch]:
    if tab == LATE:
        return rows.filter(state=DispatchState.SENT, sign_by__lt=clock.today(), owed__gt=0)
    if tab == WAITING:
        return rows.filter(state=DispatchState.SENT, owed__gt=0)
    return rows.filter(state=DispatchState.DRAFT) if tab == DRAFTS else rows


def inbox(user: Visitor) -> QuerySet[Receipt]:
    """Of the units of `user`: what is not signed first, the nearest date on top; then what is, the newest on top."""
    rows = Receipt.objects.filter(unit__in=rules.units_of(user), dispatch__state__in=rules.NOT_DRAFTS)
    return rows.select_related("dispatch__issuer", "unit", "signed_by", "signed_for").order_by(
        _waits().desc(), F("dispatch__sign_by").asc(), "-dispatch"
    )


def _waits() -> Case:
    open_ = When(state=ReceiptState.WAITING, dispatch__state=DispatchState.SENT, then=Value(True))
    return Case(open_, default=Value(False), output_field=BooleanField())


def waiting_for(user: Visitor) -> QuerySet[Receipt]:
    """What the units of `user` have not signed for yet."""
    return inbox(user).filter(
        state=ReceiptState.WAITING, dispatch__state=DispatchState.SENT, unit__is_active=True
    )


def unsigned(dispatch: Dispatch) -> QuerySet[Receipt]:
    return dispatch.receipts.filter(state=ReceiptState.WAITING, unit__is_active=True)


def people_of(units: Iterable[int]) -> QuerySet[User]:
    return User.objects.filter(department__in=units, is_active=True)


def due_for_reminder(within: int) -> QuerySet[Dispatch]:
    """Sent ones whose date is near or past, with a unit that has not signed."""
    last = clock.today() + timedelta(days=within)
    rows = Dispatch.objects.filter(state=DispatchState.SENT, sign_by__lte=last).filter(OWED)
    return rows.distinct().order_by("pk")


@dataclass(frozen=True)
class Row:
    """One unit's line of the receipt sheet."""

    receipt: Receipt
    standing: Standing


ORDER = [
    Standing.LATE,
    Standing.UNREAD,
    Standing.READ,
    Standing.CLOSED,
    Standing.SIGNED_LATE,
    Standing.SIGNED,
]


def sheet(dispatch: Dispatch) -> list[Row]:
    """Every unit, who has not signed on top; in the order of the units within."""
    rows = dispatch.receipts.select_related("unit", "signed_by", "signed_for", "read_by")
    found = [Row(one, rules.standing(one, dispatch.sign_by)) for one in rows]
    return sorted(
        found, key=lambda row: (ORDER.index(row.standing), row.receipt.unit.position, row.receipt.unit_id)
    )


def counts(rows: Iterable[Row]) -> dict[Standing, int]:
    found = dict.fromkeys(ORDER, 0)
    for row in rows:
        found[row.standing] += 1
    return found


def units_beneath(site: Site) -> list[Department]:
    """The units in use that documents of the site go to, each with how deep it lies."""
    wanted = lineage.beneath({site.department_id}, lineage.department_parents())
    return list(Department.objects.with_tree_fields().filter(pk__in=wanted, is_active=True))


def above(issuer_id: int, parents: lineage.Parents | None = None) -> set[int]:
    """The issuer and what it lies beneath: whole groups leave them out."""
    return set(lineage.upwards(issuer_id, parents or lineage.department_parents()))


def picked(
    site: Site,
    issuer_id: int,
    *,
    everyone: bool,
    kinds: Collection[str],
    under: Collection[int],
    units: Collection[int],
) -> set[int]:
    """Ids of the units meant, none twice. Whole groups leave out the issuer and those it lies beneath; whoever is
    named is meant."""
    parents = lineage.department_parents()
    offered = {one.pk: one for one in units_beneath(site)}
    own = above(issuer_id, parents)
    groups = set(offered) if everyone else set()
    groups |= {pk for pk, one in offered.items() if one.kind in set(kinds)}
    groups |= lineage.beneath(under, parents) & set(offered)
    return (groups - own) | set(units) & set(offered)
