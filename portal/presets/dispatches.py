"""`--demo`: documents that the office sent, with who signed for them when; one is overdue, one has just gone out."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from disclosure.models import Dispatch, Receipt
from disclosure.operations import dispatches as operations
from disclosure.operations import receipts
from portal import clock
from portal.models import Department, Site, User
from portal.presets.moments import moment
from portal.presets.scenes import rows

Row = Mapping[str, Any]
FILE, CLERK = "dispatches.yaml", "bangongshi"


def play(preset: str) -> None:
    """Once, in an office that has sent nothing yet."""
    clerk = User.objects.filter(staff_number=CLERK, is_sample=True).first()
    told = rows(preset, FILE, "dispatches")
    if clerk is None or not told or Dispatch.objects.exists():
        return
    site = Site.objects.filter(parent=None).select_related("department").first()
    for row in sorted(told, key=lambda row: -row["ago"]):
        _play(site, row, clerk)


def _play(site: Site, row: Row, clerk: User) -> None:
    units = set(Department.objects.filter(code__in=row["units"]).values_list("pk", flat=True))
    words = operations.Words(
        title=row["title"], document_number=row["number"], text=row["text"], priority=row["priority"],
        sign_by=clock.today() + timedelta(days=row["due"]), units=units,
    )  # fmt: skip
    with clock.at(moment(row["ago"], hour=9)):
        sent = operations.draft(site, words, by=clerk)
        sent = operations.send(sent, by=clerk, version=sent.version)
    steps = [(days, "read", who) for who, days in row.get("read", {}).items()]
    steps += [(days, "sign", who) for who, days in row["signed"].items()]
    steps += [(row["ago"] - row["remind"], "remind", CLERK)] if "remind" in row else []
    for place, (days, what, who) in enumerate(sorted(steps)):
        with clock.at(moment(row["ago"] - days, hour=10, minute=7 * place)):
            _act(sent, what, User.objects.get(staff_number=who))


def _act(sent: Dispatch, what: str, person: User) -> None:
    if what == "remind":
        operations.remind(sent, by=person)
        return
    if what == "read":
        receipts.note_read(sent, by=person)
        return
    rows_of = Receipt.objects.select_related("unit", "dispatch")
    receipts.sign(rows_of.get(dispatch=sent, unit=person.department_id), by=person)
