"""`--demo`: the sample people's official mailboxes, each applied for, issued and changed by the real operations."""

from datetime import timedelta

from portal import clock
from portal.enums import MailboxKind
from portal.mailboxes import rules
from portal.models import OfficialMailbox, User
from portal.operations import mailboxes as operations
from portal.presets.scenes import mailboxes


def open_mailboxes(preset: str) -> None:
    """Play the sample mailboxes once, in an office that has none yet: what the office made of them later stays."""
    administrator = rules.administrators().order_by("pk").first()
    if administrator is None or OfficialMailbox.objects.exists():
        return
    for row in mailboxes(preset):
        with clock.at(clock.now() - timedelta(days=row["days_ago"], hours=2)):
            mailbox = _apply(row)
        if row["upto"] != "apply":
            with clock.at(clock.now() - timedelta(days=row["days_ago"])):
                mailbox = operations.issue(mailbox, by=administrator, address=row["address"])
        if row["upto"] == "change":
            with clock.at(clock.now() - timedelta(hours=3)):
                operations.ask_change(
                    mailbox, by=mailbox.holder, wanted_address=row["wants"], note=row["why"]
                )  # fmt: skip


def _apply(row: dict) -> OfficialMailbox:
    person = User.objects.select_related("department").get(staff_number=row["applicant"])
    return operations.apply(
        MailboxKind(row["kind"]), by=person, wanted_address=row["address"],
        is_listed=row.get("listed", False), note=row.get("note", ""),
    )  # fmt: skip
