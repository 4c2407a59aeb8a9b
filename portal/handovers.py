"""What somebody who leaves has open in the foundation: departments they lead, mailboxes they keep (慈溪第二十条)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from portal.departures import rules
from portal.enums import MAILBOX_IN_USE, MAILBOX_LIVE, MAILBOX_WAITING, MailboxKind, MailboxState
from portal.models import Department, Departure, OfficialMailbox, User
from portal.open_work import Handed, Kind, Line, register
from portal.operations import mailboxes, save_department
from portal.workflow import Refused

BY_CENTRE = "部门负责人由网管在管理后台登记"


def each(rows: Sequence[Any], act: Callable[[Any], Any]) -> Handed:
    """One after the other, each for itself: a refused one stays as it is, with the reason."""
    found = Handed()
    for row in rows:
        try:
            with transaction.atomic():
                act(row)
        except Refused as refusal:
            found.refused.append((str(row), refusal.message))
        else:
            found.done.append(str(row))
    return found


def members(department: int | None) -> list[User]:
    """Everybody at work in a department."""
    if department is None:
        return []
    return list(User.objects.filter(department=department, is_active=True).order_by("staff_number"))


def _led(departure: Departure) -> QuerySet[Department]:
    rows = Department.objects.filter(head=departure.person_id, is_active=True)
    return rows.exclude(pk=departure.to_department_id) if departure.to_department_id else rows


def _led_lines(departure: Departure, rows: Sequence[Department], viewer: User) -> list[Line]:
    keeps = rules.keeps(viewer)
    people = _by_department(rows)
    return [
        Line(
            one.pk, f"{one.name}负责人", where=str(one.parent or ""),
            url=reverse("admin:portal_department_change", args=[one.pk]) if keeps else "",
            successors=[who for who in people.get(one.pk, []) if who.pk != departure.person_id],
            advice="" if keeps else BY_CENTRE,
        )
        for one in rows
    ]  # fmt: skip


def _by_department(rows: Iterable[Department]) -> dict[int, list[User]]:
    found: dict[int, list[User]] = {}
    for person in User.objects.filter(department__in=rows, is_active=True).order_by("staff_number"):
        found.setdefault(person.department_id, []).append(person)
    return found


def _lead(departure: Departure, rows: Sequence[Department], successor: User, by: User) -> Handed:
    def act(department: Department) -> None:
        if not rules.keeps(by):
            raise Refused(BY_CENTRE)
        department.head = successor
        save_department(department, by=by)

    return each(rows, act)


def _kept(departure: Departure) -> QuerySet[OfficialMailbox]:
    """Of the unit they left, what they keep; of their own, when they leave the office, what is in use or asked for."""
    unit = Q(kind=MailboxKind.UNIT, holder=departure.person_id, department=departure.from_department_id)
    mine = unit & Q(state__in=MAILBOX_LIVE)
    if departure.to_department_id is None:
        mine |= Q(kind=MailboxKind.PERSONAL, holder=departure.person_id, state__in=MAILBOX_LIVE)
    asked = Q(kind=MailboxKind.UNIT, asked_by=departure.person_id, department=departure.from_department_id)
    mine |= asked & Q(state__in=MAILBOX_WAITING)
    return OfficialMailbox.objects.filter(mine).select_related("department", "holder").order_by("asked_at")


def _kept_lines(departure: Departure, rows: Sequence[OfficialMailbox], viewer: User) -> list[Line]:
    people = [one for one in members(departure.from_department_id) if one.pk != departure.person_id]
    return [
        Line(
            one.pk, str(one), where=one.address, stands=one.get_state_display(), since=one.asked_at,
            url=reverse("desk:mailbox", args=[one.pk]) if rules.watches(viewer) else "",
            successors=people if not _why_not_keep(one) else (),
            advice=_why_not_keep(one),
        )
        for one in rows
    ]  # fmt: skip


def _why_not_keep(mailbox: OfficialMailbox) -> str:
    if not mailbox.is_unit:
        return "个人邮箱与本人一一对应，由网管撤销"
    if mailbox.state != MailboxState.ISSUED:
        return "正在办理，办结后再更换管理人"
    return ""


def _keep(departure: Departure, rows: Sequence[OfficialMailbox], successor: User, by: User) -> Handed:
    """网管 changes the keeper at once; the head asks for it."""

    def act(mailbox: OfficialMailbox) -> None:
        if against := _why_not_keep(mailbox):
            raise Refused(against)
        note = f"{departure.person}离岗，工作交接"
        if rules.keeps(by):
            mailboxes.correct(mailbox, by=by, address=mailbox.address, holder=successor, note=note)
        else:
            mailboxes.ask_change(mailbox, by=by, wanted_holder=successor, note=note)

    return each(rows, act)


def _owners(rows: QuerySet, field: str) -> Callable[[Iterable[int]], set[int]]:
    return lambda people: set(
        rows.filter(**{f"{field}__in": people}).order_by().values_list(field, flat=True)
    )


register(
    Kind(
        "headships",
        "负责的部门",
        10,
        _led,
        _led_lines,
        _owners(Department.objects.filter(is_active=True), "head"),
        _lead,
    ),
    Kind(
        "mailboxes",
        "公务邮箱",
        50,
        _kept,
        _kept_lines,
        _owners(OfficialMailbox.objects.filter(state__in=MAILBOX_IN_USE), "holder"),
        _keep,
    ),
)
