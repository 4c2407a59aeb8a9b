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


def sites_of(user: User) -> list[Site]:
    """Sites whose letters the person answers or oversees."""
    powers = column_rules.powers_of(user)
    wanted = powers.sites_with(Power.ANSWER, *OVERSEE)
    return list(Site.objects.filter(pk__in=wanted)) if wanted else []


def rows(user: User, asked: Asked) -> QuerySet[Letter]:
    """The centre, the office and inspection see all letters of a site, a department those it has or had or helps with."""
    found = Letter.objects.filter(site=asked.site)
    if not _sees_all(user, asked.site):
        seats = {seat.department_id for seat in column_rules.seats(user, Power.ANSWER, asked.site.pk)}
        found = found.filter(Q(department__in=seats) | Q(helpers__in=seats)).distinct()
    return _narrowed(found, asked)


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


def counts(user: User, site: Site) -> list[tuple[str, str, int | None]]:
    """(key, label, number) for the tabs: what is open is counted, what is done is not."""
    found = rows(user, Asked(site)).filter(state__in=OPEN_STATES).order_by()
    numbers = dict(found.values_list("state").annotate(n=Count("pk", distinct=True)))
    late = found.filter(pk__in=overdue_letters()).count()
    tabs: list[tuple[str, str, int | None]] = [("", "全部", None)]
    tabs += [(state, state.label, numbers.get(state, 0)) for state in OPEN_STATES]
    return [
        *tabs, (LATE, "已逾期", late), *((one, one.label, None) for one in (LetterState.ANSWERED, LetterState.CLOSED)),
    ]  # fmt: skip


def choices(site: Site) -> dict[str, Any]:
    """What the filters offer."""
    boxes = Letterbox.objects.filter(site=site)
    return {"boxes": boxes, "departments": Department.objects.filter(is_active=True)}


def _sees_all(user: User, site: Site) -> bool:
    powers = column_rules.powers_of(user)
    if any(powers.has_on_site(power, site.pk) for power in OVERSEE):
        return True
    seats = {seat.department_id for seat in column_rules.seats(user, Power.ANSWER, site.pk)}
    return Letterbox.objects.filter(Q(receiver__in=seats) | Q(office__in=seats), site=site).exists()


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
