"""The only writers of official mailboxes (慈溪第十八至二十二条).

A person applies for their own, anyone of a unit for the unit's; 系统管理员 issue, change and cancel. Every act is
audited, every request told to 系统管理员, every answer to whoever asked and whoever keeps the mailbox.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from portal import audit, clock, notices
from portal.enums import MAILBOX_LIVE, MailboxKind, NoticeKind
from portal.mailboxes import rules
from portal.models import OfficialMailbox, User
from portal.workflow import NotAllowed, Refused, TooLate, fire

CLAUSE = "慈溪办法第十九条"
TAKEN = "这个地址已有单位或个人在用，请换一个"
HAS_ONE = {
    MailboxKind.PERSONAL: "您已有个人邮箱，或已有一份正在办理的申请：每人只配备一个",
    MailboxKind.UNIT: "本单位已有单位邮箱，或已有一份正在办理的申请：每个单位只配备一个",
}


@transaction.atomic
def apply(
    kind: MailboxKind,
    *,
    by: User,
    wanted_address: str = "",
    holder: User | None = None,
    is_listed: bool = False,
    note: str = "",
) -> OfficialMailbox:
    """申请: for oneself, or for the unit where one works, with the one who is to keep it (by default oneself)."""
    is_unit = kind == MailboxKind.UNIT
    mailbox = OfficialMailbox(
        kind=kind, department=by.department if is_unit else None, holder=(is_unit and holder) or by,
        wanted_address=_clean(wanted_address), is_listed=is_listed and not is_unit, note=note.strip(),
        asked_by=by, asked_at=clock.now(),
    )  # fmt: skip
    _check_applicant(mailbox, by)
    with _one_to_one(TooLate(HAS_ONE[kind])):
        mailbox.save()
    audit.record("apply", "申请", mailbox, actor=by, note=mailbox.note, clause=CLAUSE)
    _tell_administrators(mailbox, "申请发放")
    return mailbox


@transaction.atomic
def issue(
    mailbox: OfficialMailbox,
    *,
    by: User,
    address: str,
    holder: User | None = None,
    note: str = "",
    version: int | None = None,
) -> OfficialMailbox:
    """发放: the address is set and published. `version` is what the administrator looked at."""
    return _settle(mailbox, "issue", by, note, version, address=address, holder=holder, issued_at=clock.now())


@transaction.atomic
def refuse(mailbox: OfficialMailbox, *, by: User, note: str, version: int | None = None) -> OfficialMailbox:
    """不予发放, with the reason."""
    return _answer(mailbox, "refuse", by, note, version, ended_at=clock.now())


def withdraw(mailbox: OfficialMailbox, *, by: User) -> OfficialMailbox:
    """撤回申请: before anything was issued."""
    return _take_back(mailbox, "withdraw", by, ended_at=clock.now())


@transaction.atomic
def ask_change(
    mailbox: OfficialMailbox,
    *,
    by: User,
    note: str,
    wanted_address: str = "",
    wanted_holder: User | None = None,
) -> OfficialMailbox:
    """申请更改: another address, or for a unit another keeper; the one in use holds until it is changed."""
    now, wanted = _locked(mailbox), _clean(wanted_address)
    changes = _request(now, by, note) | {
        "wanted_address": "" if wanted == now.address else wanted,
        "wanted_holder": None if wanted_holder == now.holder else wanted_holder,
    }
    changed = fire(now, "ask_change", actor=by, why_not=rules.why_not, note=note, changes=changes)
    if not (changed.wanted_address or changed.wanted_holder):
        raise Refused(
            "请填写与现在不同的地址" + ("，或选择新的管理人" if changed.is_unit else ""), "wanted_address"
        )
    _check_keeper(changed, changed.wanted_holder, "wanted_holder")
    _check_free(changed)
    _tell_administrators(changed, "申请更改")
    return changed


@transaction.atomic
def change(
    mailbox: OfficialMailbox,
    *,
    by: User,
    address: str,
    holder: User | None = None,
    note: str = "",
    version: int | None = None,
) -> OfficialMailbox:
    """变更: the new address and keeper hold at once, and the directory shows them."""
    return _settle(mailbox, "change", by, note, version, address=address, holder=holder)


@transaction.atomic
def refuse_change(
    mailbox: OfficialMailbox, *, by: User, note: str, version: int | None = None
) -> OfficialMailbox:
    """不予变更: all stays as it was."""
    return _answer(mailbox, "refuse_change", by, note, version)


@transaction.atomic
def ask_cancel(mailbox: OfficialMailbox, *, by: User, note: str) -> OfficialMailbox:
    """申请注销: until it is done the mailbox works on."""
    now = _locked(mailbox)
    changes = _request(now, by, note)
    changed = fire(now, "ask_cancel", actor=by, why_not=rules.why_not, note=note, changes=changes)
    _tell_administrators(changed, "申请注销")
    return changed


@transaction.atomic
def cancel(
    mailbox: OfficialMailbox, *, by: User, note: str = "", version: int | None = None
) -> OfficialMailbox:
    """注销 as asked: the address disappears from the directory at once and may be given out again."""
    return _answer(mailbox, "cancel", by, note, version, ended_at=clock.now())


@transaction.atomic
def refuse_cancel(
    mailbox: OfficialMailbox, *, by: User, note: str, version: int | None = None
) -> OfficialMailbox:
    """不予注销: the mailbox stays in use."""
    return _answer(mailbox, "refuse_cancel", by, note, version)


def recall(mailbox: OfficialMailbox, *, by: User) -> OfficialMailbox:
    """撤回: the request to change or cancel is taken back."""
    return _take_back(mailbox, "recall", by)


@transaction.atomic
def correct(
    mailbox: OfficialMailbox,
    *,
    by: User,
    address: str,
    note: str,
    holder: User | None = None,
    version: int | None = None,
) -> OfficialMailbox:
    """更正 without a request: a slip of the pen, a keeper who left."""
    return _settle(mailbox, "correct", by, note, version, address=address, holder=holder)


@transaction.atomic
def strike(mailbox: OfficialMailbox, *, by: User, note: str, version: int | None = None) -> OfficialMailbox:
    """撤销 without a request: the person left the office, the unit is no more (第十八条)."""
    return _answer(mailbox, "strike", by, note, version, ended_at=clock.now())


@transaction.atomic
def set_listed(mailbox: OfficialMailbox, is_listed: bool, *, by: User) -> OfficialMailbox:
    """内部公布与否: the person alone decides (第二十二条 隐私), at any time."""
    mailbox = _locked(mailbox)
    if mailbox.is_unit or not rules.owns(by, mailbox):
        raise NotAllowed("是否公布个人邮箱只能由本人决定")
    if mailbox.state not in MAILBOX_LIVE:
        raise TooLate("这个邮箱已不在使用")
    if mailbox.is_listed != is_listed:
        mailbox.is_listed = is_listed
        mailbox.save(update_fields=["is_listed"])
        audit.record("set_listed", "同意公布" if is_listed else "不再公布", mailbox, actor=by)
    return mailbox


def _settle(
    mailbox: OfficialMailbox,
    verb: str,
    by: User,
    note: str,
    version: int | None,
    *,
    address: str,
    holder: User | None,
    **changes: Any,
) -> OfficialMailbox:
    """Give the mailbox its address and keeper; whoever was quicker with the same address has it."""
    if not address.strip():
        raise Refused("请填写邮箱地址", "address")
    address, now = _clean(address, "address"), _locked(mailbox)
    holder = holder or now.holder
    _check_keeper(now, holder, "holder")
    if verb == "correct" and (address, holder) == (now.address, now.holder):
        raise Refused(
            "地址和管理人都与现在一样，没有可更正的" if now.is_unit else "地址与现在一样", "address"
        )
    what = [f"{now.address} → {address}" if now.address not in ("", address) else address]
    what += [f"管理人：{now.holder} → {holder}"] if holder != now.holder else []
    changes |= {"address": address, "holder": holder}
    with _one_to_one(Refused(TAKEN, "address")):
        return _answer(mailbox, verb, by, note, version, "；".join(what), **changes)


def _answer(
    mailbox: OfficialMailbox,
    verb: str,
    by: User,
    note: str,
    version: int | None,
    what: str = "",
    **changes: Any,
) -> OfficialMailbox:
    """Fire the verb of 系统管理员, and tell whoever asked and whoever keeps the mailbox, before and after."""
    before = _locked(mailbox)
    move = before.workflow[verb]
    said = "；".join(filter(None, [what, note.strip()]))
    if move.needs_note and not note.strip():
        said = ""  # the reason is asked for, whatever else there is to say
    changes |= {"wanted_address": "", "wanted_holder": None, "version": before.version + 1}
    changed = fire(
        before, verb, actor=by, why_not=rules.why_not, note=said, version=version, changes=changes
    )  # fmt: skip
    notices.settle(_address(changed))
    told = {one for one in (changed.asked_by, changed.holder, before.holder) if one.is_active and one != by}
    notices.tell(
        sorted(told, key=lambda one: one.pk), f"{changed}：{move.label}", kind=NoticeKind.RESULT,
        body=said, url=reverse("desk:mailboxes"),
    )  # fmt: skip
    return changed


@transaction.atomic
def _take_back(mailbox: OfficialMailbox, verb: str, by: User, **changes: Any) -> OfficialMailbox:
    version = _locked(mailbox).version + 1
    changes |= {"wanted_address": "", "wanted_holder": None, "version": version}
    changed = fire(mailbox, verb, actor=by, why_not=rules.why_not, changes=changes)
    notices.settle(_address(changed))
    return changed


def _request(mailbox: OfficialMailbox, by: User, note: str) -> dict[str, Any]:
    """What every request leaves on the row: who asks, when and why."""
    return {"asked_by": by, "asked_at": clock.now(), "note": note.strip(), "version": mailbox.version + 1}


def _locked(mailbox: OfficialMailbox) -> OfficialMailbox:
    return OfficialMailbox.objects.select_for_update(no_key=True).get(pk=mailbox.pk)


def _check_applicant(mailbox: OfficialMailbox, by: User) -> None:
    if not by.is_active:
        raise NotAllowed("您的账号已停用，不能申请邮箱")
    if mailbox.is_unit and (mailbox.department is None or not mailbox.department.is_active):
        raise Refused("您还没有所属部门，或所属部门已停用；请先联系系统管理员登记部门")
    _check_keeper(mailbox, mailbox.holder, "holder")
    _check_free(mailbox)


def _check_keeper(mailbox: OfficialMailbox, holder: User | None, field: str) -> None:
    """专人 (第二十条) is one of the unit; a personal mailbox stays with its person."""
    if holder is None:
        return
    if not mailbox.is_unit and holder.pk != mailbox.holder_id:
        raise Refused("个人邮箱与本人一一对应，不能转给别人", field)
    if not mailbox.is_unit and not holder.is_active:
        raise Refused("本人的账号已停用，不能再发放或变更，只能注销")
    if mailbox.is_unit and not rules.members(mailbox.department).filter(pk=holder.pk).exists():
        raise Refused("管理人须是本单位在职的人员", field)


def _check_free(mailbox: OfficialMailbox) -> None:
    """Said early; whoever is quicker until it is issued still gets it, by the database's own constraint."""
    in_use = OfficialMailbox.objects.filter(state__in=MAILBOX_LIVE, address__iexact=mailbox.wanted_address)
    if mailbox.wanted_address and in_use.exclude(pk=mailbox.pk).exists():
        raise Refused(TAKEN, "wanted_address")


def _clean(address: str, field: str = "wanted_address") -> str:
    address = address.strip().lower()
    if address and (fault := rules.address_fault(address)):
        raise Refused(fault, field)
    return address


@contextmanager
def _one_to_one(refusal: Refused) -> Iterator[None]:
    """一一对应 (第十九条) is kept by the database; this is how it is told to people."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise refusal from clash


def _address(mailbox: OfficialMailbox) -> str:
    return reverse("desk:mailbox", args=[mailbox.pk])


def _tell_administrators(mailbox: OfficialMailbox, what: str) -> None:
    told = rules.administrators().exclude(pk=mailbox.asked_by_id)
    notices.tell(
        told, f"{mailbox}：{what}", kind=NoticeKind.TODO, body=mailbox.note, url=_address(mailbox)
    )  # fmt: skip
