"""依申请公开's board: a site's requests, page by page by keyset, so that many open as quickly as few."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from columns import rules as column_rules
from disclosure.enums.requests import OWED, ApplicantKind, Channel, RequestState
from disclosure.models import DisclosureRequest, Office
from disclosure.queries.requests import SHOWN_WITH
from disclosure.rules.requests import OVERSEE
from portal import clock, limits
from portal.enums import Power
from portal.models import Department, Limit, LimitPause, Site, User
from portal.once import once
from portal.workdays import Calendar, end_of_day

PAGE_SIZE = 20
LATE, NEARLY = "late", "nearly"
OURS = ("登记申请", "答复申请")
"""Clocks that the organ itself may miss."""
NEARLY_DAYS = 3


@dataclass(frozen=True)
class Asked:
    """What the board was asked for; what is not there is not asked for."""

    site: Site
    state: str = ""
    channel: str = ""
    kind: str = ""
    department: int | None = None
    words: str = ""

    @classmethod
    def read(cls, typed: Mapping[str, str], sites: list[Site]) -> "Asked":
        site = next((one for one in sites if one.key == typed.get("site")), sites[0])
        words = " ".join(typed.get("q", "").replace("\x00", "").split())[:60]
        return cls(
            site, _one_of(typed, "state", (*RequestState.values, LATE, NEARLY)),
            _one_of(typed, "channel", Channel.values), _one_of(typed, "kind", ApplicantKind.values),
            number(typed.get("department", "")), words,
        )  # fmt: skip

    @property
    def query(self) -> str:
        """The same question as part of an address."""
        said = {
            "site": self.site.key, "state": self.state, "channel": self.channel, "kind": self.kind,
            "department": self.department or "", "q": self.words,
        }  # fmt: skip
        return "&".join(f"{name}={value}" for name, value in said.items() if value)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.state or self.channel or self.kind or self.department or self.words)


@dataclass(frozen=True)
class Row:
    """A request with how its clock stands."""

    request: DisclosureRequest
    due_at: Any = None
    urgency: str = ""
    time_left: str = ""


@dataclass(frozen=True)
class Slice:
    """One page; `before` leads to the next one, None at the end."""

    rows: list[Row]
    before: int | None
    is_first: bool


@dataclass(frozen=True)
class Scope:
    """What of the board is somebody's: the sites where they answer or oversee requests, with their offices."""

    user: User
    offices: list[Office] = field(default_factory=list)

    @classmethod
    def of(cls, user: User) -> "Scope":
        """Once per request: the rail asks it on every page of the desk."""
        return once(user, "request_scope", lambda: cls._read(user))

    @classmethod
    def _read(cls, user: User) -> "Scope":
        wanted = column_rules.powers_of(user).sites_with(Power.ANSWER, *OVERSEE)
        headed = Q(department__head=user) | Q(department__head__in=column_rules.principals(user))
        rows = Office.objects.filter(Q(site__in=wanted) | headed).select_related("site", "department")
        return cls(user, list(rows.order_by("site__position", "pk")))

    @property
    def sites(self) -> list[Site]:
        return [one.site for one in self.offices]

    def office(self, site: Site) -> Office:
        return next(one for one in self.offices if one.site_id == site.pk)

    def seats(self, site: Site) -> set[int]:
        """Ids of the departments for which they answer there."""
        return {seat.department_id for seat in column_rules.seats(self.user, Power.ANSWER, site.pk)}

    def sees_all(self, site: Site) -> bool:
        """The office, its head, and inspection; a department sees what it handles."""
        office, powers = self.office(site), column_rules.powers_of(self.user)
        heads = {self.user.pk, *column_rules.principals(self.user)}
        if office.department.head_id in heads or office.department_id in self.seats(site):
            return True
        return any(powers.has_on_site(power, site.pk) for power in OVERSEE)

    def types_in(self, site: Site) -> bool:
        """Whether they put down what came by letter, visit or fax."""
        return self.office(site).department_id in self.seats(site)

    def rows(self, site: Site) -> QuerySet[DisclosureRequest]:
        found = DisclosureRequest.objects.filter(site=site)
        return found if self.sees_all(site) else found.filter(department__in=self.seats(site))


def rows(scope: Scope, asked: Asked) -> QuerySet[DisclosureRequest]:
    found = scope.rows(asked.site)
    if asked.state in (LATE, NEARLY):
        found = found.filter(pk__in=late() if asked.state == LATE else nearly_late())
    elif asked.state:
        found = found.filter(state=asked.state)
    for name in ("channel", "kind", "department"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    for word in asked.words.split():
        found = found.filter(Q(title__icontains=word) | Q(code__iexact=word))
    return found


def page(found: QuerySet[DisclosureRequest], typed: Mapping[str, str]) -> Slice:
    """Requests older than `?before=`, newest first, each with its clock: three queries."""
    before = number(typed.get("before", ""))
    older = found.filter(pk__lt=before) if before else found
    running = Limit.objects.filter(subject_type=_type(), subject_id=OuterRef("pk"), met_at=None)
    first = running.order_by("due_at")
    older = older.annotate(
        due_at=Subquery(first.values("due_at")[:1]), computed=Subquery(first.values("computed")[:1])
    )
    requests = list(older.select_related(*SHOWN_WITH).order_by("-pk")[: PAGE_SIZE + 1])
    shown = requests[:PAGE_SIZE]
    more = shown[-1].pk if len(requests) > PAGE_SIZE else None
    return Slice([Row(one, **words) for one, words in limits.timed(shown)], more, before is None)


def counts(scope: Scope, site: Site) -> list[tuple[str, str, int | None]]:
    """(key, label, number) for the tabs: what is owed is counted, in one query; what is done is not."""
    figures = {state: Count("pk", filter=Q(state=state)) for state in OWED}
    figures[LATE] = Count("pk", filter=Q(pk__in=late()))
    figures[NEARLY] = Count("pk", filter=Q(pk__in=nearly_late()))
    numbers = scope.rows(site).filter(state__in=OWED).order_by().aggregate(**figures)
    return [
        ("", "全部", None), *((state, state.label, numbers[state]) for state in OWED),
        (NEARLY, "临近到期", numbers[NEARLY]), (LATE, "已逾期", numbers[LATE]),
        *((one, one.label, None) for one in (RequestState.ANSWERED, RequestState.CLOSED)),
    ]  # fmt: skip


def choices() -> dict[str, Any]:
    """What the filters offer."""
    return {
        "channels": Channel.choices, "kinds": ApplicantKind.choices,
        "departments": Department.objects.filter(is_active=True),
    }  # fmt: skip


def late() -> QuerySet:
    """Ids of the requests whose own clock has run out."""
    return _running().filter(due_at__lt=clock.now()).values("subject_id")


def nearly_late() -> QuerySet:
    """Ids of those that run out within three working days."""
    today = clock.today()
    last = end_of_day(Calendar.since(today).add(today, NEARLY_DAYS).due)
    return _running().filter(due_at__gte=clock.now(), due_at__lte=last).values("subject_id")


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _running() -> QuerySet[Limit]:
    """Clocks of the organ that run and do not stand still."""
    rows = Limit.objects.filter(subject_type=_type(), met_at=None, label__in=OURS)
    return rows.exclude(pk__in=LimitPause.objects.filter(ended_at=None).values("limit"))


def _type() -> ContentType:
    return ContentType.objects.get_for_model(DisclosureRequest)


def _one_of(typed: Mapping[str, str], name: str, known: Any) -> str:
    value = typed.get(name, "")
    return value if value in known else ""
