"""Who holds a power: on a column, on a site, in whose place."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from columns.models import Column, Delegation, Tenure
from columns.queries.trees import tree
from columns.rules import NEVER_LENT
from portal.enums import Power
from portal.models import Site, User


def holders(column: Column, power: Power) -> QuerySet[User]:
    """Everybody who holds `power` on `column` by a grant on it, a column above it or its site, and who acts for them."""
    above = [step.pk for step in tree(column.site).path(column)]
    place = Q(appointment__column__in=above) | Q(appointment__column=None)
    return _people(Tenure.objects.filter(place, appointment__site=column.site_id), power)


def site_holders(site: Site, power: Power) -> QuerySet[User]:
    """Everybody who holds `power` on the whole site, and who acts for them."""
    return _people(Tenure.objects.filter(appointment__site=site, appointment__column=None), power)


def holders_of_all(site: Site) -> dict[tuple[int, str], list[User]]:
    """`holders` of every column and every power of the site at once: (column id, power) to people, by 工号.

    Three queries however large the site is: the grants in force, the delegations, the tree.
    """
    given, columns = _given(site), tree(site)
    powers = {power for _, power in given}
    found: dict[tuple[int, str], list[User]] = {}
    for column in columns:
        places = [None, *(step.pk for step in columns.path(column))]
        for power in powers:
            people = {person for place in places for person in given.get((place, power), ())}
            if people:
                found[column.pk, power] = sorted(people, key=lambda one: one.staff_number)
    return found


def consenters(site: Site) -> QuerySet[User]:
    """总版主: who consents to grants on the site (办法第十条)."""
    return site_holders(site, Power.CONSENT)


def executors(site: Site) -> QuerySet[User]:
    """网管: who executes grants on the site (办法第十条)."""
    return site_holders(site, Power.GRANT)


def stand_ins(people: Iterable[int]) -> set[int]:
    """Ids of those who act today for any of `people` (ids)."""
    rows = Delegation.objects.live().filter(principal__in=set(people) - {None})
    return set(rows.order_by().values_list("acting", flat=True))


def acting_today(user: User) -> list[Delegation]:
    """The delegations under which `user` acts today."""
    return list(Delegation.objects.live().filter(acting=user).select_related("principal"))


def _given(site: Site) -> dict[tuple[int | None, str], set[User]]:
    """By column id (None: the whole site) and power: who was granted it there or acts for somebody who was."""
    lent: dict[int, list[User]] = {}
    for one in Delegation.objects.live().select_related("acting"):
        lent.setdefault(one.principal_id, []).append(one.acting)
    found: dict[tuple[int | None, str], set[User]] = {}
    tenures = Tenure.objects.live().filter(appointment__site=site)
    for tenure in tenures.select_related("appointment__user").order_by():
        row = tenure.appointment
        for power in tenure.powers:
            stand_ins = [] if power in NEVER_LENT else lent.get(row.user_id, [])
            found.setdefault((row.column_id, power), set()).update({row.user, *stand_ins})
    return found


def _people(tenures: QuerySet[Tenure], power: Power) -> QuerySet[User]:
    rows = tenures.live().order_by().values_list("appointment__user", "powers")
    own = {user for user, powers in rows if power in powers}
    wanted = Q(pk__in=own)
    if power not in NEVER_LENT:
        lent = Delegation.objects.live().filter(principal__in=own)
        wanted |= Q(pk__in=lent.order_by().values("acting"))
    return User.objects.filter(wanted)
