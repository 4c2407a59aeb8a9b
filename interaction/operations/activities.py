"""The only writers of what an activity is: made, saved, copied, handed over. How it moves is in `activity_moves`.

A kind's own operations begin with `change`, which locks the activity and makes sure that it may still be changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from columns import queries as column_queries
from columns import rules as column_rules
from interaction.enums.activities import ON_THE_WAY, ActivityKind, ActivityState, Participants
from interaction.models import Activity
from interaction.rules import activities as rules
from interaction.rules.kinds import kind_of
from portal import audit, clock, richtext
from portal.enums import Power
from portal.models import Department, Site, User
from portal.open_work import Handed
from portal.workflow import NotAllowed, Refused, TooLate

LINES = ("title", "clause")
FIELDS = (*LINES, "intro", "department", "participants", "opens_at", "closes_at")


@dataclass(frozen=True, kw_only=True)
class Frame:
    """What is typed about an activity whatever its kind; moments are aware, `departments` count for DEPARTMENTS."""

    title: str
    department: Department
    intro: str = ""
    participants: Participants = Participants.STAFF
    departments: Sequence[Department] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    clause: str = ""


@transaction.atomic
def create(kind: ActivityKind, site: Site, frame: Frame, *, by: User) -> Activity:
    """A new draft, with the content its kind begins with."""
    activity = _new(kind, site, by)
    _fill(activity, frame)
    activity.save()
    _put_departments(activity, frame)
    signs(activity, by)
    kind_of(activity).begin(activity)
    _record("create", "新建", activity, by)
    return activity


@transaction.atomic
def save(activity: Activity, frame: Frame, *, by: User, version: int | None = None) -> Activity:
    """Change the frame of a draft. `version` is what the person looked at; one saved since raises TooLate."""
    activity = change(activity, by=by, version=version)
    _fill(activity, frame)
    activity.save()
    _put_departments(activity, frame)
    _record("save", "保存", activity, by)
    return activity


@transaction.atomic
def copy(activity: Activity, *, by: User) -> Activity:
    """A new draft with the frame and the content of another one, without its dates."""
    new = _new(ActivityKind(activity.kind), activity.site, by)
    new.copy_of = activity
    for name in FIELDS:
        setattr(new, name, getattr(activity, name))
    new.opens_at = new.closes_at = None
    new.save()
    new.departments.set(activity.departments.all())
    signs(new, by)
    kind_of(new).copy(activity, new)
    _record("copy", "复制", new, by, note=f"复制自“{activity}”")
    return new


@transaction.atomic
def change(activity: Activity, *, by: User, version: int | None = None) -> Activity:
    """The locked activity, whose frame or content `by` now changes: saved by them, one version on.

    Every operation that writes content of a kind begins with this and ends with `audit.record` of its own.
    Raises TooLate when it is no longer a draft or another version was saved since, NotAllowed without the power.
    """
    activity = locked(activity)
    if not rules.may_make(by, activity.site_id):
        raise NotAllowed(f"您没有“{activity.site}”全站的{Power.COLLECT.label}权限")
    if not activity.is_editable:
        raise TooLate(f"“{activity}”{activity.get_state_display()}，不能修改")
    if version is not None and version != activity.version:
        raise TooLate(f"“{activity}”在您打开之后又被修改过，请刷新后再看")
    activity.saved_by, activity.saved_at = by, clock.now()
    activity.version += 1
    activity.save()
    signs(activity, by)
    return activity


@transaction.atomic
def hand_over(activities: Sequence[Activity], writer: User, successor: User, *, by: User) -> Handed:
    """移交: the successor looks after what `writer` left, and does not approve it; who wrote it stays on record."""
    rows = Activity.objects.select_for_update(of=("self",), no_key=True).select_related("site")
    found = Handed()
    for row in rows.filter(pk__in=[one.pk for one in activities]).order_by("pk"):
        if against := _why_not_take_over(row, writer, successor):
            found.refused.append((row.title, against))
            continue
        row.saved_by, row.saved_at = successor, clock.now()
        row.version += row.is_editable
        row.save()
        row.writers.add(successor)
        note = f"{writer}（{writer.staff_number}）→ {successor}（{successor.staff_number}）"
        audit.record("hand_over", "移交活动", row, actor=by, note=note)
        found.done.append(row.title)
    return found


def locked(activity: Activity) -> Activity:
    """The row as it is now; nobody else changes it until the transaction ends."""
    rows = Activity.objects.select_related("site").select_for_update(of=("self",), no_key=True)
    return rows.get(pk=activity.pk)


def deciders(activity: Activity, *, but_for: User | None = None) -> list[User]:
    """Who may approve or return it now: whoever holds the power and did not write it, nor acts for a writer."""
    writers = set(activity.writers.order_by().values_list("pk", flat=True))
    barred = writers | column_queries.stand_ins(writers) | ({but_for.pk} if but_for else set())
    return list(column_queries.site_holders(activity.site, Power.REVIEW).exclude(pk__in=barred))


def signs(activity: Activity, by: User) -> None:
    """Whoever wrote on it, and in whose place they did: neither may approve it."""
    principal = column_rules.acting_for_site(by, Power.COLLECT, activity.site_id)
    activity.writers.add(by, *[principal] if principal else [])


def _new(kind: ActivityKind, site: Site, by: User) -> Activity:
    if not rules.may_make(by, site.pk):
        raise NotAllowed(f"您没有“{site}”全站的{Power.COLLECT.label}权限")
    now = clock.now()
    return Activity(kind=kind, site=site, created_by=by, created_at=now, saved_by=by, saved_at=now)


def _fill(activity: Activity, frame: Frame) -> None:
    for name in FIELDS:
        setattr(activity, name, getattr(frame, name))
    for name in LINES:
        setattr(activity, name, richtext.one_line(getattr(frame, name)))
    if frame.opens_at and frame.closes_at and frame.closes_at <= frame.opens_at:
        raise Refused("截止时间须在开始时间之后", "closes_at")
    if frame.participants not in kind_of(activity).participants:
        raise Refused("这类活动不能这样限定参加范围", "participants")


def _put_departments(activity: Activity, frame: Frame) -> None:
    named = frame.departments if frame.participants == Participants.DEPARTMENTS else ()
    activity.departments.set(named)


def _record(verb: str, label: str, activity: Activity, by: User, note: str = "") -> None:
    principal = column_rules.acting_for_site(by, Power.COLLECT, activity.site_id)
    audit.record(verb, label, activity, actor=by, acting_for=principal, note=note)


def _why_not_take_over(activity: Activity, writer: User, successor: User) -> str:
    if activity.saved_by_id != writer.pk:
        return f"已由{activity.saved_by}接手"
    if activity.state not in ON_THE_WAY:
        return f"{activity.get_state_display()}，不必再移交"
    if not rules.may_make(successor, activity.site_id):
        return f"{successor}没有“{activity.site}”全站的{Power.COLLECT.label}权限"
    if activity.state == ActivityState.IN_REVIEW and not deciders(activity, but_for=successor):
        return f"{successor}是现在唯一能审核它的人，接手后就不能审核了"
    return ""
