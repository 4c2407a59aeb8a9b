"""States of reminders and of the lists they lead to."""

from django.db.models import TextChoices


class SlipState(TextChoices):
    """How a 提醒单 ended is found by the system, but for an excuse."""

    ISSUED = "ISSUED", "待改进"
    IMPROVED = "IMPROVED", "已改进"
    LAPSED = "LAPSED", "逾期未改进"
    EXCUSED = "EXCUSED", "不予追究"


class MentionKind(TextChoices):
    PRAISE = "PRAISE", "通报表扬"
    CRITICISM = "CRITICISM", "通报批评"


class MentionState(TextChoices):
    """What the rules list is proposed; the office confirms it or strikes it out with a reason."""

    LISTED = "LISTED", "待确认"
    CONFIRMED = "CONFIRMED", "已列入"
    STRUCK = "STRUCK", "不列入"


class RectificationState(TextChoices):
    ORDERED = "ORDERED", "整改中"
    REPORTED = "REPORTED", "待复查"
    ACCEPTED = "ACCEPTED", "已整改"
    CANCELLED = "CANCELLED", "已撤销"
