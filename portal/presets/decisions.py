"""`--demo`: sample answers to the sample requests, drafted, covered, approved, delivered by the real operations."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from disclosure.enums.requests import Delivery
from disclosure.models import Decision, DisclosureRequest
from disclosure.operations import answer_files, decisions, deliveries, proceedings
from disclosure.operations.decisions import Draft
from disclosure.operations.deliveries import Proof
from disclosure.rules import decisions as rules
from disclosure.rules.proceedings import Facts
from portal import clock
from portal.enums import Power
from portal.models import User
from portal.presets import source
from portal.presets.moments import moment
from portal.presets.requests import CLERK
from portal.presets.scenes import rows
from portal.redaction import Box, text_file

Row = Mapping[str, Any]


def play(preset: str) -> None:
    """Once, in an office that has answered nothing yet."""
    told = rows(preset, "decisions.yaml", "decisions")
    if not told or Decision.objects.exists():
        return
    people = {person.staff_number: person for person in User.objects.all()}
    for row in sorted(told, key=lambda row: -row["ago"]):
        request = DisclosureRequest.objects.filter(nonce=uuid5(NAMESPACE_URL, row["request"]).hex).first()
        if request:
            _answer(preset, request, row, people)


@transaction.atomic
def _answer(preset: str, request: DisclosureRequest, row: Row, people: Mapping[str, User]) -> None:
    by = people[row["by"]]
    with clock.at(moment(row["ago"], hour=9)):
        version = _attach(preset, request, row["file"], by) if "file" in row else 0
        draft = Draft(row["outcome"], row.get("ground", ""), row.get("text", ""), row.get("place", ""))
        decision = decisions.finish(request, draft, version=version, by=by)
    with clock.at(moment(row["ago"], hour=11)):
        _decide(decision, row)
    if row["upto"] == "delivered":
        _deliver(request, row, people[CLERK])
    for one in row.get("proceedings", ()):
        _go_to_law(request, one, people[CLERK])


def _attach(preset: str, request: DisclosureRequest, row: Row, by: User) -> int:
    """The file with what is covered in it; the version of the draft it was begun with."""
    if "picture" in row:
        path = source.folder(preset) / "demo" / "pictures" / row["picture"]
        upload = SimpleUploadedFile(f"{row['name']}.jpg", path.read_bytes())
    else:
        upload = SimpleUploadedFile(f"{row['name']}.docx", text_file(row["lines"], "docx"))
    file = answer_files.attach(request, [upload], by=by).files.get()
    boxes = [Box(1, *sides) for sides in row.get("boxes", ())]
    answer_files.mark(
        file, name=row["name"], ground=row["ground"], boxes=boxes, phrases=row.get("phrases", ()), by=by
    )
    answer_files.burn(file, by=by)
    return file.decision.version


def _decide(decision: Decision, row: Row) -> None:
    """Step by step, as far as the sample tells."""
    while step := rules.current_step(decision):
        power = Power(step.power)
        by = rules.deciders(decision, power)[0]
        if row["upto"] == "returned":
            decisions.return_(step, by=by, note=row["note"])
            return
        if row["upto"] == "sign" and power == Power.SIGN:
            return
        decisions.approve(step, by=by)


def _deliver(request: DisclosureRequest, row: Row, clerk: User) -> None:
    with clock.at(moment(row["delivered"], hour=15)):
        request.refresh_from_db()
        if request.delivery == Delivery.ONLINE:
            deliveries.open_online(request)
        else:
            proof = Proof(request.delivery, clock.today(), row["proof"])
            deliveries.deliver(request, proof, by=clerk)


def _go_to_law(request: DisclosureRequest, row: Row, clerk: User) -> None:
    with clock.at(moment(row["closed"], hour=15)):
        today = clock.today()
        facts = Facts(
            row["kind"], row["organ"], today - timedelta(days=row["filed"] - row["closed"]), row["number"],
            row["result"], today,
        )  # fmt: skip
        proceedings.record(request, facts, by=clerk)
