"""What the radar is told about a site, and what it says: plain values, nothing is read or decided here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from assessment.enums.radar import Item, Light

SHOWN = 20
"""As many lines of evidence are kept; how many more there are is said."""


@dataclass(frozen=True)
class Line:
    """One piece of evidence: what it says, and where it is opened."""

    what: str
    url: str = ""


@dataclass(frozen=True)
class Action:
    """The one act that would mend it. `column`: where it is to be written, for whoever may write there."""

    label: str
    url: str = ""
    column: int | None = None


@dataclass(frozen=True)
class Finding:
    item: Item
    light: Light
    said: str
    limit: str
    days_left: int | None = None
    owner: str = ""
    evidence: tuple[Line, ...] = ()
    action: Action | None = None


@dataclass(frozen=True)
class Spot:
    """A public column as an inspector finds it. `newest`: the date of its newest item, `updated` of its latest change;
    `due_on`: the day on which its own update limit is broken, `rule` in words.
    """

    pk: int
    name: str
    url: str
    owner: str = ""
    watch: str = ""
    classes: tuple[str, ...] = ()
    newest: date | None = None
    updated: date | None = None
    items: int = 0
    due_on: date | None = None
    rule: str = ""


@dataclass(frozen=True)
class Reach:
    """How often the home page was asked for lately, how often it did not open in time; on how many days."""

    visits: int = 0
    failures: tuple[Line, ...] = ()
    failed: int = 0
    is_visiting: bool = True


@dataclass(frozen=True)
class Waiting:
    """A message that nobody answered yet."""

    name: str
    url: str
    owner: str
    since: date


@dataclass(frozen=True)
class Guide:
    """办事指南 and the elements its text lacks."""

    name: str
    url: str
    owner: str
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All that the radar looks at on one site.

    `spots`: the public columns that texts are written for; `owed`: what has an update limit, a main column as one;
    `pages`: how many pages the last round looked through, None: no round; `guides` None: no services.
    """

    spots: Sequence[Spot] = ()
    owed: Sequence[Spot] = ()
    reach: Reach = field(default_factory=Reach)
    pages: int | None = None
    serious: Sequence[Line] = ()
    errors: Sequence[Waiting] = ()
    errors_late: int = 0
    channels: Sequence[Line] = ()
    broken_channels: Sequence[Line] = ()
    waiting: Sequence[Waiting] = ()
    guides: Sequence[Guide] | None = None
    keeper: str = ""
    editor: str = ""
    visits_url: str = ""
    services_url: str = ""
    mailbox_url: str = ""


def stalest(spots: Iterable[Spot]) -> Spot | None:
    return min(spots, key=lambda spot: (spot.newest or date.min, spot.pk), default=None)


def write(spot: Spot) -> Action:
    return Action(f"给“{spot.name}”写稿", spot.url, spot.pk)


def by(owner: str) -> str:
    return f"，责任单位 {owner}" if owner else ""


def owners(spots: Sequence[Spot]) -> str:
    names = list(dict.fromkeys(spot.owner for spot in spots if spot.owner))
    return "、".join(names[:3]) + (f"等 {len(names)} 个单位" if len(names) > 3 else "")


def finding(
    item: Item, light: Light, said: str, limit: str, left: int | None = None, owner: str = "",
    evidence: Iterable[Line] = (), action: Action | None = None,
) -> Finding:  # fmt: skip
    lines = list(evidence)
    if len(lines) > SHOWN:
        lines = [*lines[:SHOWN], Line(f"另有 {len(lines) - SHOWN} 条")]
    return Finding(item, light, said, limit, left, owner, tuple(lines), action)
