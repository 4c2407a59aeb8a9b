"""What a kind of activity brings along. Each kind registers itself in one module of `interaction.kinds`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from interaction.enums.activities import ActivityKind, Participants
from interaction.models import Activity
from portal.models import User


def nothing(activity: Activity) -> list[str]:
    return []


def no_content(activity: Activity) -> dict[str, Any]:
    return {}


def nobody_barred(user: User, activity: Activity) -> str:
    return ""


def no_begin(activity: Activity) -> None:
    """A kind whose content begins empty."""


def no_copy(source: Activity, target: Activity) -> None:
    """A kind whose content is not taken over."""


@dataclass(frozen=True)
class Kind:
    """One kind of activity.

    `issues(activity)`: what is missing before it may be reported, in words; [] when nothing is.
    `editor`: the name of the desk's address (under `desk:`, taking the id) where its content is edited.
    `template`, `content(activity)`: how the desk's page shows the content to whoever reviews it; `style`: the sheet
    that goes with it, under `static/`.
    `begin(activity)`, `copy(source, target)`: what an operation of the kind writes along with a new or copied one.
    `results`: the name of the desk's address that shows what came of it; "" for a kind without results.
    `result_issues(activity)`: what is missing before the results may be published.
    `why_not_publish(user, activity)`: why this person may not publish them; "" when they may.
    `seals`: whether nobody sees what comes in before it is over.
    `pages`: (words, name of the desk's address) of where work goes on once it is approved.
    `signs_in`: only signed-in people take part, also where everybody may look on.
    `participants`: whom it may be for. `clause`: what it rests on, shown to whoever makes one.
    """

    key: ActivityKind
    editor: str
    template: str
    style: str = ""
    clause: str = ""
    issues: Callable[[Activity], list[str]] = nothing
    content: Callable[[Activity], dict[str, Any]] = no_content
    begin: Callable[[Activity], None] = no_begin
    copy: Callable[[Activity, Activity], None] = no_copy
    results: str = ""
    result_issues: Callable[[Activity], list[str]] = nothing
    why_not_publish: Callable[[User, Activity], str] = nobody_barred
    seals: bool = True
    pages: tuple[tuple[str, str], ...] = ()
    signs_in: bool = False
    participants: tuple[Participants, ...] = tuple(Participants)

    @property
    def label(self) -> str:
        return self.key.label

    @property
    def slug(self) -> str:
        """What stands for it in the desk's addresses."""
        return self.key.value.lower()


_kinds: dict[ActivityKind, Kind] = {}


def register(*kinds: Kind) -> None:
    _kinds.update({kind.key: kind for kind in kinds})


def kinds() -> list[Kind]:
    """Every kind there is, in the order of the choices."""
    return [_kinds[key] for key in ActivityKind if key in _kinds]


def kind_of(activity: Activity) -> Kind:
    return _kinds[ActivityKind(activity.kind)]


def by_slug(slug: str) -> Kind | None:
    return next((kind for kind in kinds() if kind.slug == slug), None)
