"""待办: what every app's queries hand to the desk, in one shape."""

from dataclasses import dataclass
from datetime import datetime

from portal.enums import Urgency


@dataclass(frozen=True)
class Todo:
    """One thing that waits for somebody: `due_at` None means no clock runs; `time_left` is the words for it."""

    title: str
    url: str
    detail: str = ""
    since: datetime | None = None
    due_at: datetime | None = None
    urgency: Urgency = Urgency.OK
    time_left: str = ""


@dataclass(frozen=True)
class TodoKind:
    """A heap of the same kind: `count` of all, `items` the first few by due time, `url` where all of them are."""

    key: str
    label: str
    count: int
    items: list[Todo]
    url: str
