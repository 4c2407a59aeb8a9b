"""Who holds which power now. Deny by default; unknown powers raise. The ledger alone is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from columns.models import Column, Delegation, Tenure
from portal.enums import Power
from portal.kept import kept
from portal.models import Site, User
from portal.once import once
from portal.prepared import Prepared

Visitor = User | AnonymousUser

NEVER_LENT = frozenset({Power.GRANT, Power.SYSTEM, Power.SECURITY, Power.AUDIT})
"""Keeping the house and granting are positions of one person: a delegation lends none of them (三员分立)."""

Parents = dict[int, tuple[int | None, int]]


class Book:
    """Powers by site and by column, as one person holds them."""

    def __init__(self) -> None:
        self.sites: dict[int, set[str]] = {}
        self.columns: dict[int, set[str]] = {}

    def add(self, site_id: int, column_id: int | None, powers: set[str]) -> None:
        page, pk = (self.sites, site_id) if column_id is None else (self.columns, column_id)
        page.setdefault(pk, set()).update(powers)

    def covers(self, power: str, column_id: int, parents: Parents) -> bool:
        if power in self.sites.get(parents[column_id][1], ()):
            return True
        step: int | None = column_id
        while step is not None:
            if power in self.columns.get(step, ()):
                return True
            step = parents[step][0]
        return False

    def all(self) -> Iterator[set[str]]:
        yield from self.sites.values()
        yield from self.columns.values()


def _held(user: int) -> QuerySet:
    principals = Delegation.objects.live().filter(acting=user).values("principal")
    rows = Tenure.objects.live().filter(Q(appointment__user=user) | Q(appointment__user__in=principals))
    place = ("appointment__user", "appointment__site", "appointment__column", "powers")
    return rows.order_by().values_list(*place)


_HELD = Prepared(_held)


class Powers:
    """All live powers of one person, their own and those lent by a delegation, read with one query.

    A power on a column covers everything below it, a power on a site all its columns.
    """

    def __init__(self, user: Visitor):
        self.own = Book()
        self.lent: dict[int, Book] = {}
        self._parents: Parents | None = None
        if not user.is_authenticated or not user.is_active:
            return
        for holder, site_id, column_id, powers in _HELD.rows(user.pk):
            if holder == user.pk:
                self.own.add(site_id, column_id, set(powers))
            else:
                self.lent.setdefault(holder, Book()).add(site_id, column_id, set(powers) - NEVER_LENT)

    @property
    def parents(self) -> Parents:
        """Every column's (parent id, site id), of all sites."""
        if self._parents is None:
            self._parents = kept("column-parents", _parents)
        return self._parents

    @property
    def books(self) -> list[Book]:
        return [self.own, *self.lent.values()]

    def has(self, power: str, column_id: int) -> bool:
        power = Power(power).value
        if not any(power in held for book in self.books for held in book.all()):
            return False
        return column_id in self.parents and any(
            book.covers(power, column_id, self.parents) for book in self.books
        )

    def has_on_site(self, power: str, site_id: int) -> bool:
        """Held on the whole site, not only on some of its columns."""
        power = Power(power).value
        return any(power in book.sites.get(site_id, ()) for book in self.books)

    def lent_by(self, power: str, column_id: int) -> int | None:
        """Id of the principal in whose name `power` is used on a column; None for whoever holds it themselves."""
        power = Power(power).value
        if column_id not in self.parents or self.own.covers(power, column_id, self.parents):
            return None
        return next(
            (who for who, book in self.lent.items() if book.covers(power, column_id, self.parents)), None
        )

    def lent_for_site_by(self, power: str, site_id: int) -> int | None:
        """As `lent_by`, of a power on the whole site."""
        power = Power(power).value
        if power in self.own.sites.get(site_id, ()):
            return None
        return next((who for who, book in self.lent.items() if power in book.sites.get(site_id, ())), None)

    def columns_with(self, power: str) -> set[int]:
        """Ids of all columns this person holds `power` on."""
        power = Power(power).value
        books = [book for book in self.books if any(power in held for held in book.all())]
        if not books:
            return set()
        return {pk for pk in self.parents if any(book.covers(power, pk, self.parents) for book in books)}

    def anywhere(self, *powers: str) -> bool:
        """Whether any of `powers` is held on any column or site."""
        wanted = {Power(power).value for power in powers}
        return any(wanted & held for book in self.books for held in book.all())

    def on_some_site(self, power: str) -> bool:
        """Whether `power` is held on some whole site."""
        power = Power(power).value
        return any(power in held for book in self.books for held in book.sites.values())

    def sites_with(self, *powers: str) -> set[int]:
        """Ids of the sites on the whole of which any of `powers` is held."""
        wanted = {Power(power).value for power in powers}
        return {pk for book in self.books for pk, held in book.sites.items() if wanted & held}


def _parents() -> Parents:
    rows = Column.objects.order_by().values_list("pk", "parent_id", "site_id")
    return {pk: (parent, site) for pk, parent, site in rows}


def powers_of(user: Visitor) -> Powers:
    """The person's powers, read once per user instance (that is, once per request)."""
    return once(user, "powers", lambda: Powers(user))


def on_main_site(user: Visitor, *powers: str) -> bool:
    """Whether one of `powers` is held on the whole of a main site; only of whoever holds one on any site it takes a
    query, once per request."""
    held = powers_of(user).sites_with(*powers)
    name = "main_sites_" + "_".join(str(Power(power)) for power in powers)
    return bool(held) and once(user, name, lambda: Site.objects.filter(pk__in=held, parent=None).exists())


def may(user: Visitor, power: str, column: Column | Any) -> bool:
    """Whether `user` holds `power` on `column`. Anything that is not a known power raises ValueError."""
    return powers_of(user).has(power, column.pk)


def acting_for(user: Visitor, power: str, column: Column | Any) -> User | None:
    """In whose name `user` uses `power` on `column`: the principal of a delegation, or None (办法第十条)."""
    principal = powers_of(user).lent_by(power, column.pk)
    return User.objects.get(pk=principal) if principal else None


@dataclass(frozen=True)
class Seat:
    """A place in an office from which a power is used: a department, and in whose name (None: one's own)."""

    department_id: int
    principal_id: int | None = None


def seats(user: Visitor, power: str, site_id: int) -> list[Seat]:
    """Where `user` sits with `power` on the whole of a site: in their own department, and in that of whoever they
    act for. Somebody without a department has no seat. One query at most, for those they act for.
    """
    power = Power(power).value
    if not isinstance(user, User):
        return []
    powers, found = powers_of(user), []
    if power in powers.own.sites.get(site_id, ()) and user.department_id:
        found.append(Seat(user.department_id))
    lent = [who for who, book in powers.lent.items() if power in book.sites.get(site_id, ())]
    for pk, department in User.objects.filter(pk__in=lent).values_list("pk", "department") if lent else ():
        if department:
            found.append(Seat(department, pk))
    return found


def acting_for_site(user: User, power: str, site_id: int) -> User | None:
    """As `acting_for`, of a power on the whole site."""
    principal = powers_of(user).lent_for_site_by(power, site_id)
    return User.objects.get(pk=principal) if principal else None


def principals(user: User) -> set[int]:
    """Ids of those for whom `user` acts today: what they wrote, the acting one may not approve."""
    return once(user, "principals", lambda: _principals(user))


def _principals(user: User) -> set[int]:
    return set(_ACTS_FOR.rows(user.pk))


_ACTS_FOR = Prepared(
    lambda user: Delegation.objects.live().filter(acting=user).order_by().values_list("principal", flat=True)
)


def may_manage_site(user: Visitor, site: Site) -> bool:
    """Whether `user` may add and move main columns of `site`."""
    return powers_of(user).has_on_site(Power.MANAGE, site.pk)


def may_grant_site(user: Visitor, site: Site) -> bool:
    """Whether `user` executes grants on `site` (网管, 办法第十条)."""
    return powers_of(user).has_on_site(Power.GRANT, site.pk)
