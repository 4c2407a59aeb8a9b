"""Reminder slips to the office's messenger: one JSON document each to `REMINDER_WEBHOOK_URL`; unset, nothing."""

import json
import logging
from datetime import timedelta
from http.client import HTTPException

from django.conf import settings

from assessment.enums.slips import SlipState
from assessment.models import ReminderSlip
from portal import clock, outgoing
from portal.sweeps import sweep

TIMEOUT_SECONDS = 10
MOST_BYTES = 64 * 1024
MOST_TRIES = 100
BATCH = 50
log = logging.getLogger(__name__)


@sweep("push_slips", every=timedelta(minutes=5), label="推送提醒单到即时通信")
def push_slips() -> int:
    """Post what was not taken yet; what fails is tried again with the next sweep. Returns how many were taken."""
    if not settings.REMINDER_WEBHOOK_URL:
        return 0
    waiting = ReminderSlip.objects.filter(sent_at=None, state=SlipState.ISSUED, tries__lt=MOST_TRIES)
    rows = waiting.select_related("site", "column", "unit").prefetch_related("recipients")
    return sum(_push(one) for one in rows.order_by("tries", "pk")[:BATCH])


def _push(slip: ReminderSlip) -> bool:
    # Counted as sent before it is: two sweeps at once never post the same slip twice.
    claim = ReminderSlip.objects.filter(pk=slip.pk, sent_at=None)
    if not claim.update(sent_at=clock.now(), tries=slip.tries + 1):
        return False
    body = json.dumps(message(slip), ensure_ascii=False).encode()
    try:
        _post(body)
    except (OSError, HTTPException, ValueError) as error:
        log.warning("提醒单 %s 未能推送：%s", slip.number, type(error).__name__)
        ReminderSlip.objects.filter(pk=slip.pk).update(sent_at=None)
        return False
    return True


def _post(body: bytes) -> None:
    """Raises OSError, HTTPException; the address that was set is the one that is told, and no other."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    answer = outgoing.ask(
        "POST", settings.REMINDER_WEBHOOK_URL, body=body, headers=headers, seconds=TIMEOUT_SECONDS,
        most_bytes=MOST_BYTES, is_named=True,
    )  # fmt: skip
    if not 200 <= answer.status < 300:
        raise OSError(f"HTTP {answer.status}")


def message(slip: ReminderSlip) -> dict:
    """What the messenger is told; `text` is a whole sentence for those that show only that."""
    return {
        "text": f"{slip.number}：{slip.unit}负责的{slip.what}自 {slip.since:%Y-%m-%d} 起未更新，"
        f"要求{slip.rule}（{slip.clause}），请在 {slip.due_on:%Y-%m-%d} 前更新并签收。",
        "number": slip.number,
        "unit": slip.unit.name,
        "site": slip.site.name,
        "column": slip.column.name if slip.column else "",
        "rule": slip.rule,
        "clause": slip.clause,
        "since": slip.since.isoformat(),
        "due": slip.due_on.isoformat(),
        "level": slip.level,
        "recipients": [{"staff_number": one.staff_number, "name": one.name} for one in slip.recipients.all()],
        "path": slip.get_absolute_url(),
    }
