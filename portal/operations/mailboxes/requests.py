"""What people ask for: 申请, 更改, 注销, 撤回; every request is told to 系统管理员."""

from typing import Any

from django.db import transaction

from portal import audit, clock, notices
from portal.enums import MAILBOX_LIVE, MailboxKind, NoticeKind
from portal.mailboxes import rules
from portal.models import OfficialMailbox, User
from portal.operations.mailboxes.checks import (
    CLAUSE,
    address_of,
    check_free,
    check_keeper,
    clean,
    locked,
    one_to_one,
)
from portal.workflow import NotAllowed, Refused, TooLate, fire

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
        wanted_address=clean(wanted_address), is_listed=is_listed and not is_unit, note=note.strip(),
        asked_by=by, asked_at=clock.now(),
    )  # fmt: skip
    _check_applicant(mailbox, by)
    with one_to_one(TooLate(HAS_ONE[kind])):
        mailbox.save()
    audit.record("apply", "申请", mailbox, actor=by, note=mailbox.note, clause=CLAUSE)
    _tell_administrators(mailbox, "申请发放")
    return mailbox


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
    now, wanted = locked(mailbox), clean(wanted_address)
    changes = _request(now, by, note) | {
        "wanted_address": "" if wanted == now.address else wanted,
        "wanted_holder": None if wanted_holder == now.holder else wanted_holder,
    }
    changed = fire(now, "ask_change", actor=by, why_not=rules.why_not, note=note, changes=changes)
    if not (changed.wanted_address or changed.wanted_holder):
        raise Refused(
            "请填写与现在不同的地址" + ("，或选择新的管理人" if changed.is_unit else ""), "wanted_address"
        )
    check_keeper(changed, changed.wanted_holder, "wanted_holder")
    check_free(changed)
    _tell_administrators(changed, "申请更改")
    return changed


@transaction.atomic
def ask_cancel(mailbox: OfficialMailbox, *, by: User, note: str) -> OfficialMailbox:
    """申请注销: until it is done the mailbox works on."""
    now = locked(mailbox)
    changes = _request(now, by, note)
    changed = fire(now, "ask_cancel", actor=by, why_not=rules.why_not, note=note, changes=changes)
    _tell_administrators(changed, "申请注销")
    return changed


def recall(mailbox: OfficialMailbox, *, by: User) -> OfficialMailbox:
    """撤回: the request to change or cancel is taken back."""
    return _take_back(mailbox, "recall", by)


@transaction.atomic
def set_listed(mailbox: OfficialMailbox, is_listed: bool, *, by: User) -> OfficialMailbox:
    """内部公布与否: the person alone decides (第二十二条 隐私), at any time."""
    mailbox = locked(mailbox)
    if mailbox.is_unit or not rules.owns(by, mailbox):
        raise NotAllowed("是否公布个人邮箱只能由本人决定")
    if mailbox.state not in MAILBOX_LIVE:
        raise TooLate("这个邮箱已不在使用")
    if mailbox.is_listed != is_listed:
        mailbox.is_listed = is_listed
        mailbox.save(update_fields=["is_listed"])
        audit.record("set_listed", "同意公布" if is_listed else "不再公布", mailbox, actor=by)
    return mailbox


@transaction.atomic
def _take_back(mailbox: OfficialMailbox, verb: str, by: User, **changes: Any) -> OfficialMailbox:
    version = locked(mailbox).version + 1
    changes |= {"wanted_address": "", "wanted_holder": None, "version": version}
    changed = fire(mailbox, verb, actor=by, why_not=rules.why_not, changes=changes)
    notices.settle(address_of(changed))
    return changed


def _request(mailbox: OfficialMailbox, by: User, note: str) -> dict[str, Any]:
    """What every request leaves on the row: who asks, when and why."""
    return {"asked_by": by, "asked_at": clock.now(), "note": note.strip(), "version": mailbox.version + 1}


def _check_applicant(mailbox: OfficialMailbox, by: User) -> None:
    if not by.is_active:
        raise NotAllowed("您的账号已停用，不能申请邮箱")
    if mailbox.is_unit and (mailbox.department is None or not mailbox.department.is_active):
        raise Refused("您还没有所属部门，或所属部门已停用；请先联系系统管理员登记部门")
    check_keeper(mailbox, mailbox.holder, "holder")
    check_free(mailbox)


def _tell_administrators(mailbox: OfficialMailbox, what: str) -> None:
    told = rules.administrators().exclude(pk=mailbox.asked_by_id)
    notices.tell(
        told, f"{mailbox}：{what}", kind=NoticeKind.TODO, body=mailbox.note, url=address_of(mailbox)
    )  # fmt: skip
