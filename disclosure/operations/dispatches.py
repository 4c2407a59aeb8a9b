"""公文: drafted, sent to units, urged, withdrawn (石家庄第二十五条)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from disclosure.enums.dispatches import DispatchState
from disclosure.models import Dispatch, DispatchFile, Receipt
from disclosure.queries import dispatches as queries
from disclosure.rules import dispatches as rules
from portal import audit, clock, limits, notices, uploads
from portal.enums import NoticeKind
from portal.models import Department, Site, User
from portal.workflow import NotAllowed, Refused, fire

HOUR = "%Y%m%d%H"

_by_sender = partial(fire, why_not=rules.why_not)


@dataclass(frozen=True)
class Words:
    """What a dispatch says, to whom (ids of units), and by when it is to be signed for."""

    title: str
    document_number: str
    text: str
    priority: str
    sign_by: date
    units: Collection[int]


def draft(site: Site, words: Words, *, by: User, files: Sequence[UploadedFile] = ()) -> Dispatch:
    """A new one, by somebody who may send for the site. Raises UploadRefused for a bad file."""
    department = by.department or site.department
    dispatch = Dispatch(site=site, issuer=department, drafted_by=by, drafted_at=clock.now())
    if reason := rules.why_not(by, "save", dispatch):
        raise NotAllowed(reason)
    with uploads.together():
        _write(dispatch, words)
        dispatch.save()
        _address(dispatch, words.units)
        _attach(dispatch, files, by)
        audit.record("draft", "拟写公文", dispatch, actor=by)
    return dispatch


def save(
    dispatch: Dispatch, words: Words, *, by: User, version: int, files: Sequence[UploadedFile] = (),
    dropped: Collection[int] = (),
) -> Dispatch:  # fmt: skip
    """保存 of a draft: `dropped` files (ids of DispatchFile) are taken off. TooLate when another version was saved."""
    with uploads.together():
        changes = {name: getattr(words, name) for name in TEXTS} | {"version": version + 1}
        dispatch = _by_sender(dispatch, "save", actor=by, changes=changes, version=version)
        _address(dispatch, words.units)
        dispatch.files.filter(pk__in=dropped).delete()
        _attach(dispatch, files, by)
    return dispatch


TEXTS = ("title", "document_number", "text", "priority", "sign_by")


@transaction.atomic
def send(dispatch: Dispatch, *, by: User, version: int) -> Dispatch:
    """发送: each unit has a receipt, its people are told."""
    changes = {"sent_by": by, "sent_at": clock.now()}
    dispatch = _by_sender(dispatch, "send", actor=by, changes=changes, version=version)
    if dispatch.sign_by < clock.today():
        raise Refused("签收期限已经过去，请改为今天或以后的日期", "sign_by")
    if not dispatch.text.strip() and not dispatch.files.exists():
        raise Refused("请写正文，或上传公文附件", "text")
    units = list(dispatch.receipts.select_related("unit"))
    if not units:
        raise Refused("请至少选一个签收单位", "units")
    for one in units:
        one.unit_name = one.unit.name
    Receipt.objects.bulk_update(units, ["unit_name"])
    if closed := [one.unit_name for one in units if not one.unit.is_active]:
        raise Refused(f"{'、'.join(closed)}已撤并，请改选", "units")
    people = queries.people_of(one.unit_id for one in units)
    notices.tell(
        people, f"请签收{_urgency(dispatch)}公文：{dispatch}", kind=NoticeKind.TODO, url=dispatch.get_absolute_url(),
        body=f"{dispatch.issuer}发来公文，请于 {dispatch.sign_by:%Y-%m-%d} 前签收。", key=f"dispatch-{dispatch.pk}-sent",
    )  # fmt: skip
    return dispatch


def discard(dispatch: Dispatch, *, by: User) -> Dispatch:
    """作废 of a draft that nobody has seen."""
    return _by_sender(dispatch, "discard", actor=by)


@transaction.atomic
def remind(dispatch: Dispatch, *, by: User) -> int:
    """催签: everybody of the units that have not signed, once an hour at most. Returns how many people were told."""
    waiting = list(queries.unsigned(dispatch))
    if not waiting:
        raise Refused("各单位都已签收，不用再催")
    now = clock.now()
    dispatch = _by_sender(
        dispatch, "remind", actor=by, changes={"reminded_at": now}, note=f"未签收 {len(waiting)} 个单位"
    )
    people = queries.people_of(one.unit_id for one in waiting)
    key = f"dispatch-{dispatch.pk}-urged-{clock.local(now):{HOUR}}"
    told = limits.tell_once(people, f"催签：请尽快签收公文“{dispatch}”", dispatch.get_absolute_url(), key)
    if not told:
        raise Refused("这一小时里已经催过，请稍后再催；未签收的单位也可能没有可通知的人")
    return told


@transaction.atomic
def withdraw(dispatch: Dispatch, *, by: User, note: str) -> Dispatch:
    """撤回 with a reason: nobody signs for it any more; whoever had it is told why."""
    note = note.strip()[:200]
    changes = {"withdrawn_at": clock.now(), "withdrawn_why": note}
    dispatch = _by_sender(dispatch, "withdraw", actor=by, note=note, changes=changes)
    notices.settle(dispatch.get_absolute_url())
    people = queries.people_of(dispatch.receipts.values_list("unit", flat=True))
    notices.tell(
        people, f"公文已撤回：{dispatch}", kind=NoticeKind.RESULT, body=f"撤回理由：{note}",
        url=dispatch.get_absolute_url(), key=f"dispatch-{dispatch.pk}-withdrawn",
    )  # fmt: skip
    return dispatch


def _urgency(dispatch: Dispatch) -> str:
    return "" if dispatch.priority == "ORDINARY" else dispatch.get_priority_display()


def _write(dispatch: Dispatch, words: Words) -> None:
    for name in TEXTS:
        setattr(dispatch, name, getattr(words, name))


def _address(dispatch: Dispatch, units: Collection[int]) -> None:
    """The units it goes to, none twice; only while it is a draft."""
    if dispatch.state != DispatchState.DRAFT:
        return
    dispatch.receipts.exclude(unit__in=units).delete()
    rows = Department.objects.filter(pk__in=units).exclude(pk__in=dispatch.receipts.values("unit"))
    Receipt.objects.bulk_create(Receipt(dispatch=dispatch, unit=one, unit_name=one.name) for one in rows)


def _attach(dispatch: Dispatch, files: Sequence[UploadedFile], by: User) -> None:
    for one in files:
        DispatchFile.objects.create(dispatch=dispatch, file=uploads.accept(one, owner=by))
