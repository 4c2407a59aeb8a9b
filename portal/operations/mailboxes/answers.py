"""What 系统管理员 answer: 发放, 变更, 注销, or not; told to whoever asked and whoever keeps the mailbox."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from portal import clock, notices
from portal.enums import NoticeKind
from portal.mailboxes import rules
from portal.models import OfficialMailbox, User
from portal.operations.mailboxes.checks import TAKEN, address_of, check_keeper, clean, locked, one_to_one
from portal.workflow import Refused, fire


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
    address, now = clean(address, "address"), locked(mailbox)
    holder = holder or now.holder
    check_keeper(now, holder, "holder")
    if verb == "correct" and (address, holder) == (now.address, now.holder):
        raise Refused(
            "地址和管理人都与现在一样，没有可更正的" if now.is_unit else "地址与现在一样", "address"
        )
    what = [f"{now.address} → {address}" if now.address not in ("", address) else address]
    what += [f"管理人：{now.holder} → {holder}"] if holder != now.holder else []
    changes |= {"address": address, "holder": holder}
    with one_to_one(Refused(TAKEN, "address")):
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
    before = locked(mailbox)
    move = before.workflow[verb]
    said = "；".join(filter(None, [what, note.strip()]))
    if move.needs_note and not note.strip():
        said = ""  # the reason is asked for, whatever else there is to say
    changes |= {"wanted_address": "", "wanted_holder": None, "version": before.version + 1}
    changed = fire(
        before, verb, actor=by, why_not=rules.why_not, note=said, version=version, changes=changes
    )  # fmt: skip
    notices.settle(address_of(changed))
    told = {one for one in (changed.asked_by, changed.holder, before.holder) if one.is_active and one != by}
    notices.tell(
        sorted(told, key=lambda one: one.pk), f"{changed}：{move.label}", kind=NoticeKind.RESULT,
        body=said, url=reverse("desk:mailboxes"),
    )  # fmt: skip
    return changed
