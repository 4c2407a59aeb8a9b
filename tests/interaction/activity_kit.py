"""What tests about activities share: a kind without content of its own, and a maker of activities in any state."""

from datetime import timedelta

from interaction.enums.activities import ActivityKind, Participants
from interaction.models import Activity
from interaction.operations import activities as operations
from interaction.operations import activity_moves as moves
from interaction.operations.activities import Frame
from interaction.rules.kinds import Kind
from portal import clock

BARE = Kind(
    ActivityKind.INTERVIEW, editor="activity_edit", template="desk/_badge.html", results="activity",
    clause="办法第十四条第4项",
)  # fmt: skip
UPTO = ("report", "approve")


def frame(office, **fields) -> Frame:
    """Open for a week from an hour ago."""
    now = clock.now()
    fields = {
        "title": "在线访谈：食品安全怎么看", "department": office.section, "participants": Participants.STAFF,
        "opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=7), **fields,
    }  # fmt: skip
    return Frame(**fields)


def make(office, kind: ActivityKind = ActivityKind.INTERVIEW, *, upto: str = "", **fields) -> Activity:
    """By the collector; `upto` "report" or "approve" takes it further."""
    site = fields.pop("site", office.main)
    activity = operations.create(kind, site, frame(office, **fields), by=office.collector)
    return take(activity, office, upto)


def take(activity: Activity, office, upto: str) -> Activity:
    if upto in UPTO:
        activity = moves.report(activity, by=office.collector)
    if upto == "approve":
        activity = moves.approve(activity, by=office.head_person)
    return activity
