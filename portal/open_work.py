"""未办结的工作: what somebody who leaves has open. Every app registers its own kinds in its module `handovers`."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from portal.models import Departure, User


@dataclass(frozen=True)
class Line:
    """One open thing. `stands`: how it stands, in words; `successors`: who may take it over; `advice`: what to do
    where it cannot be handed over here.
    """

    pk: int
    title: str
    where: str = ""
    stands: str = ""
    since: datetime | None = None
    url: str = ""
    successors: Sequence[User] = ()
    advice: str = ""


@dataclass
class Handed:
    """What became of a handing over: the titles that went, and (title, reason) of those that did not."""

    done: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: "Handed") -> None:
        self.done += other.done
        self.refused += other.refused


def nobody(people: Iterable[int]) -> set[int]:
    """Of a kind that only powers bring about: whoever has any is among those who lose one."""
    return set()


@dataclass(frozen=True)
class Kind:
    """One kind of open work, in a bounded number of queries however much there is.

    `rows(departure)` are a person's open things; `lines(departure, rows, viewer)` how they read for whoever looks;
    `owners(people)` which of these ids have any; `hand_over(departure, rows, successor, by)` moves them, all that
    may be moved. A kind without it settles itself elsewhere, and the line says where.
    """

    key: str
    label: str
    place: int
    rows: Callable[[Departure], QuerySet]
    lines: Callable[[Departure, Sequence[Any], User], list[Line]]
    owners: Callable[[Iterable[int]], set[int]] = nobody
    hand_over: Callable[[Departure, Sequence[Any], User, User], Handed] | None = None


Losses = Callable[[Sequence[Departure]], dict[int, list[str]]]
_kinds: dict[str, Kind] = {}
_losses: list[Losses] = []


def register(*kinds: Kind) -> None:
    _kinds.update({kind.key: kind for kind in kinds})


def register_losses(losses: Losses) -> None:
    """`losses(departures)` names in words what each person, by id, loses by leaving so."""
    _losses.append(losses)


def kinds() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.place)


def owners(people: Iterable[int]) -> set[int]:
    """Those of these people who have anything open: one query a kind."""
    wanted = set(people)
    return set().union(*(kind.owners(wanted) for kind in kinds()))


def losses(departures: Sequence[Departure]) -> dict[int, list[str]]:
    """By person, the grants that end: one query an app."""
    found: dict[int, list[str]] = {}
    for read in _losses:
        for person, words in read(departures).items():
            found.setdefault(person, []).extend(words)
    return found


def counts(departure: Departure) -> list[tuple[Kind, int]]:
    """How much of each kind is open, kinds without anything left out."""
    found = [(kind, kind.rows(departure).count()) for kind in kinds()]
    return [(kind, number) for kind, number in found if number]


def is_anything_left(departure: Departure) -> bool:
    """Whether anything is open still."""
    return any(kind.rows(departure).exists() for kind in kinds())
