"""`--demo`: sample requests for information, each filed and handled by the real operations on the days they tell of."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from disclosure.acts.requests import ACTS
from disclosure.enums.requests import Channel
from disclosure.models import DisclosureRequest, Office
from disclosure.operations import correcting, filing
from disclosure.operations import requests as operations
from disclosure.rules.receipt import Dates
from portal import clock
from portal.models import Department, User
from portal.presets.moments import moment
from portal.presets.scenes import rows

Row = Mapping[str, Any]
CLERK = "bangongshi"
TEXTS = ("name", "representative", "phone", "email", "address", "title", "wanted", "purpose")


def play(preset: str) -> None:
    """Once, in an office that has no request yet."""
    told = rows(preset, "requests.yaml", "requests")
    office = Office.objects.select_related("site", "department").first()
    if not told or office is None or DisclosureRequest.objects.exists():
        return
    stage = Stage(office)
    for row in sorted(told, key=lambda row: -row["ago"]):
        stage.file(row)
    steps = [(step["ago"], place, row, step) for row in told for place, step in enumerate(row["steps"])]
    for _, place, row, step in sorted(steps, key=lambda one: (-one[0], one[1])):
        with clock.at(moment(step["ago"], hour=10, minute=5 * place)):
            stage.take(row["key"], step)


class Stage:
    """What the requests share, looked up once."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.people = {person.staff_number: person for person in User.objects.all()}
        self.departments = {department.code: department for department in Department.objects.all()}
        self.requests: dict[str, int] = {}

    def file(self, row: Row) -> None:
        said = {name: row[name] for name in TEXTS if name in row}
        draft = filing.Draft(
            kind=row["kind"], delivery=row["delivery"], wanted_number=row.get("number", ""),
            identity_kind=row["identity"]["kind"], identity_number=row["identity"]["number"], **said,
        )  # fmt: skip
        nonce = uuid5(NAMESPACE_URL, row["key"]).hex
        with clock.at(moment(row["ago"], hour=9)):
            if row["channel"] == Channel.ONLINE:
                receipt = filing.submit(self.office, draft, nonce=nonce)
            else:
                today = clock.today()
                dates = Dates(today, today - timedelta(days=2))
                came = filing.Came(channel=row["channel"], dates=dates)
                receipt = filing.type_in(self.office, draft, came, nonce=nonce, by=self.people[CLERK])
        self.requests[row["key"]] = receipt.request.pk

    @transaction.atomic
    def take(self, key: str, step: Row) -> None:
        """One step of one request, by whoever the sample names; what nobody is named for the applicant does."""
        request = self._request(key)
        if "by" not in step:
            act = {"correct": correcting.correct, "withdraw": _withdraw}[step["do"]]
            act(request, step["text"])
            return
        ACTS[step["do"]].run(request, self.people[step["by"]], self._typed(request, step))

    def _typed(self, request: DisclosureRequest, step: Row) -> dict[str, Any]:
        """As the form of that button would have cleaned it."""
        text, today = step.get("text", ""), clock.today()
        to = self.departments[step["to"]] if "to" in step else None
        asked = request.consultings.select_related("request").last()
        return {
            "register": lambda: {"received_on": today, "how": step["how"], "department": to},
            "refer": lambda: {"department": to, "note": text},
            "ask_correction": lambda: {"kind": step["kind"], "asks": text},
            "consult": lambda: {"kind": step["kind"], "name": step["name"], "contact": "", "asks": text},
            "deliver": lambda: {"consulting": asked, "asked_on": today},
            "hear": lambda: {"consulting": asked, "state": step["state"], "text": text, "answered_on": today},
            "extend": lambda: {"days": step["days"], "reason": text},
            "approve_extension": lambda: {"note": text},
            "charge": lambda: {"mode": step["mode"], "number": step["number"], "reason": text},
            "link": lambda: {"earlier": self._request(step["earlier"])},
        }[step["do"]]()

    def _request(self, key: str) -> DisclosureRequest:
        rows = DisclosureRequest.objects.select_related("site__disclosure_office__department", "department")
        return rows.get(pk=self.requests[key])


def _withdraw(request: DisclosureRequest, note: str) -> None:
    operations.withdraw(request, note=note)
