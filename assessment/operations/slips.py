"""What people do with a reminder slip: 签收, 不予追究, printing."""

from django.db import transaction

from assessment.models import ReminderSlip
from assessment.rules import slips as rules
from portal import audit, clock, notices
from portal.enums import NoticeKind
from portal.models import User
from portal.workflow import Refused, TooLate, fire

LONGEST_REPLY = 500


@transaction.atomic
def acknowledge(slip: ReminderSlip, *, by: User, reply: str = "") -> ReminderSlip:
    """签收: one of the recipients has it and says what will be done; the others' notices are settled."""
    if len(reply.strip()) > LONGEST_REPLY:
        raise Refused(f"签收说明不超过 {LONGEST_REPLY} 字", "reply")
    current = ReminderSlip.objects.select_for_update(no_key=True).get(pk=slip.pk)
    if current.acknowledged_at:
        raise TooLate(f"{current}已由{current.acknowledged_by}签收")
    changes = {"acknowledged_by": by, "acknowledged_at": clock.now(), "reply": reply.strip()}
    slip = fire(slip, "acknowledge", actor=by, why_not=rules.why_not, note=reply.strip(), changes=changes)
    notices.settle(slip.get_absolute_url())
    return slip


@transaction.atomic
def excuse(slip: ReminderSlip, *, by: User, note: str) -> ReminderSlip:
    """不予追究: silence is counted anew from today; whoever had the slip is told the reason."""
    changes = {"ended_at": clock.now(), "excuse": note.strip()[:200]}
    slip = fire(
        slip, "excuse", actor=by, why_not=rules.why_not, note=note, clause=slip.clause, changes=changes
    )
    notices.settle(slip.get_absolute_url())
    notices.tell(
        slip.recipients.filter(is_active=True), f"{slip}不予追究：{slip.what}", kind=NoticeKind.RESULT,
        body=note.strip(), url=slip.get_absolute_url(),
    )  # fmt: skip
    return slip


@transaction.atomic
def printed(slip: ReminderSlip, *, by: User) -> None:
    """打印: on paper for the first time at this moment; every time is on record."""
    current = ReminderSlip.objects.select_for_update(no_key=True).get(pk=slip.pk)
    if current.printed_at is None:
        current.printed_at = clock.now()
        current.save()
    audit.record("print", "打印提醒单", current, actor=by)
