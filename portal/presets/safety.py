"""`--demo`: sample safety registers and an incident that is over; by the operations."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from portal import clock, incidents
from portal.enums import IncidentKind, SafetyKind, Severity
from portal.incidents import handling
from portal.models import Incident, SafetyRecord, User
from portal.presets.moments import moment
from portal.presets.scenes import rows
from portal.safety import records
from portal.safety.records import Entry

Row = Mapping[str, Any]
FILE = "safety.yaml"


def play(preset: str) -> None:
    """Once, in an office whose registers are empty."""
    if not SafetyRecord.objects.exists():
        for row in rows(preset, FILE, "records"):
            _keep(row)
    if not Incident.objects.exists():
        for row in rows(preset, FILE, "incidents"):
            _happen(row)


def _keep(row: Row) -> None:
    keeper, then = User.objects.get(staff_number=row["keeper"]), moment(row["days_ago"], hour=row["hour"])
    file, day = row.get("file"), clock.local(then).date()
    entry = Entry(
        kind=SafetyKind(row["kind"]), title=row["title"], on=day, text=row["text"],
        problems=row.get("problems", ""), rectify_by=day + timedelta(days=row.get("rectify_days", 0)),
        files=[SimpleUploadedFile(file["name"], file["content"].encode())] if file else [],
    )  # fmt: skip
    with clock.at(then):
        record = records.keep(entry, by=keeper)
    if "rectified" in row:
        with clock.at(then + timedelta(days=row["rectified_after"])):
            records.rectify(record, by=keeper, note=row["rectified"])


def _happen(row: Row) -> None:
    """Found by the keeper, looked into within the hour, closed in two."""
    keeper, then = User.objects.get(staff_number=row["keeper"]), moment(row["days_ago"], hour=row["hour"])
    with clock.at(then):
        found = incidents.report(
            IncidentKind(row["kind"]), row["what"], severity=Severity(row["severity"]), found_by=keeper
        )
        found = handling.handle(found, by=keeper)
    with clock.at(then + timedelta(minutes=40)):
        found = handling.write(found, by=keeper, text=row["handled"])
    with clock.at(then + timedelta(hours=2)):
        handling.close(found, by=keeper, note=row["result"])
