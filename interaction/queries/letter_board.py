"""受理中心's board (12365: 每天统一接收): a site's letters, page by page by keyset, so that two hundred thousand open as
quickly as two hundred.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from columns import rules as column_rules
from interaction.enums.letters import OPEN_STATES, LetterState
from interaction.models import Letter, Letterbox
from interaction.queries.letters import SHOWN_WITH, overdue_letters, with_clock
from portal import limits
from portal.enums import Power
from portal.models import Department, Limit, Site, User

PAGE_SIZE = 30
LATE = "late"
OVERSEE = (Power.INSPECT, Power.AUDIT)


@dataclass(frozen=True)
class Asked:
    """What the board was asked for; what is not there is not asked for."""

    site: Site
    state: str = ""
    box: int | None = None
    department: int | None = None
    words: str = ""

    @classmethod
    def read(cls, typed: Mapping[str, str], sites: list[Site]) -> "Asked":
        site = next((one for one in sites if one.key == typed.get("site")), sites[0])
        state = typed.get("state", "")
        return cls(
            site, state if state in (*LetterState.values, LATE) else "", number(typed.get("box", "")),
            number(typed.get("department", "")), " ".join(typed.get("q", "").replace("\x00", "").split())[:60],
        )  # fmt: skip

    @property
    def query(self) -> str:
        """The same question as part of an address."""
        said = {
            "site": self.site.key, "state": self.state, "box": self.box or "",
            "department": self.department or "", "q": self.words,
        }  # fmt: skip
        return "&".join(f"{name}={value}" for name, value in said.items() if value)


@dataclass(frozen=True)
class Row:
    """A letter with how its clock stands."""

    letter: Letter
    urgency: str
    time_left: str


@dataclass(frozen=True)
class Slice:
    """One page; `before` leads to the next one, None at the end."""

    rows: list[Row]
    before: int | None
    is_first: bool


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class Scope:
    """What of the board is somebody's: the sites where they answer or oversee letters, read once with the letterboxes."""

    def __init__(self, user: User):
        self.user, self.powers = user, column_rules.powers_of(user)
        wanted = self.powers.sites_with(Power.ANSWER, *OVERSEE)
        rows = Letterbox.objects.filter(site__in=wanted).select_related("site")
        self.boxes = list(rows) if wanted else []
        self.sites = list(dict.fromkeys(box.site for box in self.boxes))

    def boxes_of(self, site: Site) -> list[Letterbox]:
        return [box for box in self.boxes if box.site_id == site.pk]

    def seats(self, site: Site) -> set[int]:
        """Ids of the departments for which they answer there."""
        return {seat.department_id for seat in column_rules.seats(self.user, Power.ANSWER, site.pk)}

    def sees_all(self, site: Site) -> bool:
        """The centre, the office and inspection; a department sees what it has and helps with."""
        if any(self.powers.has_on_site(power, site.pk) for power in OVERSEE):
            return True
        return any({box.receiver_id, box.office_id} & self.seats(site) for box in self.boxes_of(site))

    def rows(self, site: Site) -> QuerySet[Letter]:
        found = Letter.objects.filter(site=site)
        if self.sees_all(site):
            return found
        seats = self.seats(site)
        return found.filter(Q(department__in=seats) | Q(helpers__in=seats)).distinct()


def rows(scope: Scope, asked: Asked) -> QuerySet[Letter]:
    return _narrowed(scope.rows(asked.site), asked)


def rows_of_box(box: Letterbox) -> QuerySet[Letter]:
    return Letter.objects.filter(letterbox=box, state__in=OPEN_STATES)


def page(found: QuerySet[Letter], typed: Mapping[str, str]) -> Slice:
    """Letters older than `?before=`, newest first, each with its clock: three queries."""
    before = number(typed.get("before", ""))
    older = found.filter(pk__lt=before) if before else found
    letters = list(with_clock(older).select_related(*SHOWN_WITH).order_by("-pk")[: PAGE_SIZE + 1])
    shown = letters[:PAGE_SIZE]
    clocks = {one.pk: Limit(due_at=one.due_at, computed=one.computed) for one in shown if one.due_at}
    calendar = limits.calendar_for(clocks.values()) if clocks else None
    return Slice(
        [_row(one, clocks.get(one.pk), calendar) for one in shown],
        shown[-1].pk if len(letters) > PAGE_SIZE else None, before is None,
    )  # fmt: skip


def counts(scope: Scope, site: Site) -> list[tuple[str, str, int | None]]:
    """(key, label, number) for the tabs: what is open is counted, in one query; what is done is not."""
    figures = {state: Count("pk", filter=Q(state=state), distinct=True) for state in OPEN_STATES}
    late = Count("pk", filter=Q(pk__in=overdue_letters()), distinct=True)
    numbers = scope.rows(site).filter(state__in=OPEN_STATES).order_by().aggregate(**figures, **{LATE: late})
    return [
        ("", "全部", None), *((state, state.label, numbers[state]) for state in OPEN_STATES),
        (LATE, "已逾期", numbers[LATE]), *((one, one.label, None) for one in (LetterState.ANSWERED, LetterState.CLOSED)),
    ]  # fmt: skip


def choices(scope: Scope, site: Site) -> dict[str, Any]:
    """What the filters offer."""
    return {"boxes": scope.boxes_of(site), "departments": Department.objects.filter(is_active=True)}


def _narrowed(found: QuerySet[Letter], asked: Asked) -> QuerySet[Letter]:
    if asked.state == LATE:
        found = found.filter(pk__in=overdue_letters())
    elif asked.state:
        found = found.filter(state=asked.state)
    if asked.box:
        found = found.filter(letterbox=asked.box)
    if asked.department:
        found = found.filter(department=asked.department)
    for word in asked.words.split():
        found = found.filter(Q(title__icontains=word) | Q(code=word.upper()))
    return found


def _row(letter: Letter, clock: Limit | None, calendar: Any) -> Row:
    if clock is None:
        return Row(letter, "", "")
    return Row(letter, limits.urgency(clock, calendar=calendar), limits.time_left(clock, calendar=calendar))
