"""The only writers of official mailboxes (慈溪第十八至二十二条).

A person applies for their own, anyone of a unit for the unit's; 系统管理员 issue, change and cancel. Every act is
audited, every request told to 系统管理员, every answer to whoever asked and whoever keeps the mailbox.
"""

from portal.operations.mailboxes.answers import (
    cancel,
    change,
    correct,
    issue,
    refuse,
    refuse_cancel,
    refuse_change,
    strike,
)
from portal.operations.mailboxes.requests import apply, ask_cancel, ask_change, recall, set_listed, withdraw

__all__ = [
    "apply",
    "ask_cancel",
    "ask_change",
    "cancel",
    "change",
    "correct",
    "issue",
    "recall",
    "refuse",
    "refuse_cancel",
    "refuse_change",
    "set_listed",
    "strike",
    "withdraw",
]
