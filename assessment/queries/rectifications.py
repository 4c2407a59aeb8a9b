"""Named reads of rectifications: who sees which, what is late, which clocks run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, Exists, F, Q, QuerySet, Value, When

from assessment.enums.slips import RectificationState
from assessment.models import Rectification
from assessment.rules import oversight
from assessment.rules.facts import own_units
from columns import rules as column_rules
from portal import clock, limits
from portal.enums import Power, Urgency
from portal.models import Limit, Site, User

LATE = "late"
OPEN = (RectificationState.ORDERED, RectificationState.REPORTED)


@dataclass(frozen=True)
class Row:
    """A rectification with how its clock stands."""

    one: Rectification
    urgency: str
    time_left: str


def visible_to(user: User) -> QuerySet[Rectification]:
    """All for overseers; of others what their unit, or one they head, must put right."""
    rows = Rectification.objects.all()
    if oversight.oversees(user):
        return rows
    return rows.filter(Q(unit__in=own_units(user)) | Q(unit__head=user))


def late_on(today: date) -> Q:
    return Q(state=RectificationState.ORDERED, due_on__lt=today)


def narrowed(rows: QuerySet[Rectification], state: str, unit: int | None) -> QuerySet[Rectification]:
    """`state`: one of the states, `late`, or nothing."""
    if unit:
        rows = rows.filter(unit=unit)
    if state == LATE:
        return rows.filter(late_on(clock.today()))
    return rows.filter(state=state) if state else rows


def ordered(rows: QuerySet[Rectification]) -> QuerySet[Rectification]:
    """What is open first, by its day; then what is done, the latest day first."""
    is_done = Case(When(state__in=OPEN, then=Value(0)), default=Value(1))
    by_day = Case(When(state__in=OPEN, then=F("due_on")))
    return rows.select_related("unit").order_by(is_done, by_day, "-due_on", "-id")


def tabs(rows: QuerySet[Rectification]) -> list[tuple[str, str, int | None]]:
    """(key, label, number) in one query; what is done is not counted."""
    numbers = rows.order_by().aggregate(
        ordered=Count("pk", filter=Q(state=RectificationState.ORDERED)),
        reported=Count("pk", filter=Q(state=RectificationState.REPORTED)),
        late=Count("pk", filter=late_on(clock.today())),
    )
    states = RectificationState
    return [
        ("", "全部", None), (states.ORDERED, states.ORDERED.label, numbers["ordered"]),
        (LATE, "已逾期", numbers["late"]), (states.REPORTED, states.REPORTED.label, numbers["reported"]),
        (states.ACCEPTED, states.ACCEPTED.label, None), (states.CANCELLED, states.CANCELLED.label, None),
    ]  # fmt: skip


def with_clocks(rows: Iterable[Rectification]) -> list[Row]:
    """Each with its clock: two queries and the calendar."""
    rows = list(rows)
    clocks = {one.subject_id: one for one in clocks_of(rows)}
    calendar = limits.calendar_for(clocks.values()) if clocks else None
    return [_row(one, clocks.get(one.pk), calendar) for one in rows]


def clocks_of(rows: Iterable[Rectification]) -> QuerySet[Limit]:
    ids = [one.pk for one in rows]
    return Limit.objects.filter(subject_type=_type(), subject_id__in=ids).order_by("pk")


def clock_of(row: Rectification) -> Limit | None:
    return clocks_of([row]).first()


def running_clocks() -> QuerySet[Limit]:
    """Of what still has to be reported; while it waits to be re-checked nobody is reminded."""
    waiting = Rectification.objects.filter(state=RectificationState.ORDERED).order_by()
    rows = Limit.objects.filter(subject_type=_type(), subject_id__in=waiting.values("pk"), met_at=None)
    return rows.prefetch_related("subject__unit__head")


def to_do(user: User) -> QuerySet[Rectification]:
    """待整改: of the units they head, and of their own where they collect."""
    mine = Q(unit__head=user)
    if user.department_id and column_rules.powers_of(user).anywhere(Power.COLLECT):
        mine |= Q(unit=user.department_id)
    return Rectification.objects.filter(mine, state=RectificationState.ORDERED)


def to_check(user: User) -> QuerySet[Rectification]:
    """待复查: for whoever assesses, not of their own unit."""
    sites = column_rules.powers_of(user).sites_with(Power.INSPECT)
    mains = Site.objects.filter(parent=None, pk__in=sites)
    rows = Rectification.objects.filter(Exists(mains), state=RectificationState.REPORTED)
    return rows.exclude(unit=user.department_id) if user.department_id else rows


def _type() -> ContentType:
    return ContentType.objects.get_for_model(Rectification)


def _row(one: Rectification, limit: Limit | None, calendar) -> Row:
    if one.state == RectificationState.REPORTED:
        return Row(
            one, Urgency.RED if one.was_late else Urgency.OK, "逾期报告" if one.was_late else "按时报告"
        )
    if one.state == RectificationState.CANCELLED or limit is None:
        return Row(one, Urgency.OK, "")
    if one.state == RectificationState.ACCEPTED:
        return Row(one, Urgency.OK, "逾期整改" if one.was_late else "按时整改")
    return Row(one, limits.urgency(limit, calendar=calendar), limits.time_left(limit, calendar=calendar))
