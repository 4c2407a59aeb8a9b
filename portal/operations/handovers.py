"""工作交接 (办法第十条): the open work of somebody who left goes to a successor, until nothing is left."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from portal import audit, clock, notices, open_work
from portal.departures import rules
from portal.enums import NoticeKind
from portal.models import Departure, User
from portal.open_work import Handed
from portal.operations.departures import CLAUSE, address_of, ask_heads, locked
from portal.sweeps import sweep
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand

NAMED = 20
Chosen = Collection[tuple[str, int]]


@transaction.atomic
def hand_over(departure: Departure, successor: User, *, by: User, chosen: Chosen | None = None) -> Handed:
    """移交: these lines (kind, id), or all that can be moved, go to the successor; what cannot stays, with the reason.

    Side effects in order: each kind's own operation, an audit entry on the departure, one notice to the successor;
    when nothing is left the handover is closed.
    """
    row = _open(departure, by)
    successor = as_they_stand(successor)
    if against := rules.why_not_succeed(successor, row):
        raise Refused(against, "successor")
    found = Handed()
    for kind in open_work.kinds():
        wanted = None if chosen is None else [pk for key, pk in chosen if key == kind.key]
        if kind.hand_over is None or wanted == []:
            continue
        rows = kind.rows(row) if wanted is None else kind.rows(row).filter(pk__in=wanted)
        found.add(kind.hand_over(row, list(rows), successor, by))
    if found.done:
        _write_down(row, successor, by, found.done)
        _close_if_done(row, by)
    return found


@transaction.atomic
def close(departure: Departure, *, by: User, note: str) -> Departure:
    """结束交接: what is left stays where it is, and the note says why."""
    row = _open(departure, by)
    if row.is_planned:
        raise Refused(f"{row.person}还没有离岗，到 {row.effective_on:%Y-%m-%d} 之后才能结束交接")
    if not note.strip():
        raise Refused("请写明剩下的工作怎样安排", "note")
    return _close(row, by, note.strip())


@sweep("settle_handovers", every=timedelta(minutes=5), label="工作交接")
def settle_handovers() -> int:
    """Close what has nothing left; where the head has changed, call the new one. Returns how many were changed."""
    system, done = User.objects.system(), 0
    rows = Departure.objects.unsettled().filter(carried_out_at__isnull=False)
    for one in rows:
        with transaction.atomic():
            row = locked(one)
            done += row.is_open and bool(_close_if_done(row, system))
    return done + _call_new_heads()


def _open(departure: Departure, by: User) -> Departure:
    row = locked(departure)
    if not rules.may_act(as_they_stand(by), row):
        raise NotAllowed(rules.HEAD_OR_CENTRE)
    if not row.is_open:
        raise TooLate(f"“{row}”{row.standing}，请刷新后再看")
    return row


def _write_down(row: Departure, successor: User, by: User, titles: list[str]) -> None:
    named = "、".join(f"“{title}”" for title in titles[:NAMED]) + ("等" if len(titles) > NAMED else "")
    note = f"{row.person} → {successor}：{len(titles)} 件，{named}"
    audit.record("hand_over", "移交工作", row, actor=by, note=note, clause=CLAUSE)
    if successor.pk != by.pk:
        notices.tell(
            [successor], f"{row.person}的工作交给您：{len(titles)} 件", body=f"{by}移交：{named}",
            url=reverse("desk:home"),
        )  # fmt: skip


def _close_if_done(row: Departure, by: User) -> Departure | None:
    if row.is_planned or open_work.is_anything_left(row):
        return None
    return _close(row, by, "没有待交接的工作")


def _close(row: Departure, by: User, note: str) -> Departure:
    row.closed_at, row.closed_by, row.closing_note = clock.now(), by, note
    row.save()
    notices.settle(address_of(row))
    audit.record("close_handover", "结束交接", row, actor=by, note=note, clause=CLAUSE)
    return row


def _call_new_heads() -> int:
    changed = ask_heads(Departure.objects.unsettled().select_related("person", "to_department"))
    for row in changed:
        Departure.objects.filter(pk=row.pk).update(asked=row.asked)
        notices.settle(address_of(row))
        if row.asked_id:
            notices.tell([row.asked], f"请办理工作交接：{row}", kind=NoticeKind.TODO, url=address_of(row))
    return len(changed)
