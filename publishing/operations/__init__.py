"""The only writers of texts, by noun: drafts, reviews, publication."""

from publishing.operations.drafts import Draft, create, create_many, discard, save
from publishing.operations.handovers import hand_over
from publishing.operations.publication import (
    publish,
    publish_scheduled,
    schedule,
    send_back,
    take_down,
    unschedule,
    withdraw,
)
from publishing.operations.reviews import approve, recall, report, return_

__all__ = [
    "Draft",
    "approve",
    "create",
    "create_many",
    "discard",
    "hand_over",
    "publish",
    "publish_scheduled",
    "recall",
    "report",
    "return_",
    "save",
    "schedule",
    "send_back",
    "take_down",
    "unschedule",
    "withdraw",
]
