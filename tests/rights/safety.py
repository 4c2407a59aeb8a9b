"""安全与运行: incidents, posting, the safety registers, the page of the 网管, logs, /metrics."""

from types import SimpleNamespace

from portal import clock, incidents
from portal.enums import IncidentKind, SafetyKind
from portal.incidents import handling
from portal.safety import records
from portal.safety.records import Entry, Period
from tests.assessment.inspections.conftest import picture
from tests.rights.dialogue import Dialogue
from tests.rights.rows import Row, signed_in
from tests.rights.site_and_desk import EVERYBODY, SAFE_ONLY, SIGNED_IN

KEEPS = {"granter": 200, "security": 200}
SEES = {**KEEPS, "auditor": 200, "inspector": 200, "signer": 200}
LOOKS = {**SEES, "chief": 200}
ALL_SEE, ALL_LOOK = signed_in(404, **SEES), signed_in(404, **LOOKS)
RUNS = signed_in(404, **KEEPS, auditor=200)


def badly(who: dict[str, int], **others: int) -> Row:
    """What is asked for before rights are is asked of all who know of the thing."""
    return signed_in(404, **dict.fromkeys(who, 422), **others)


GET: dict[str, Row] = {
    "metrics": EVERYBODY,  # from this machine; tests/portal/house/test_metrics.py asks from others
    "desk/operations/": RUNS,
    "desk/logs/": signed_in(404, auditor=200),
    "desk/incidents/": SIGNED_IN,
    "desk/incidents/new/": SIGNED_IN,
    "desk/incidents/export/": SIGNED_IN,
    "desk/incidents/<int:pk>/": ALL_SEE,
    "desk/incidents/<int:pk>/files/<uuid:file>/": ALL_SEE,
    "desk/incidents/<int:pk>/<slug:verb>/": SAFE_ONLY,
    "desk/posting/": ALL_SEE,
    "desk/posting/<int:pk>/<slug:verb>/": SAFE_ONLY,
    "desk/safety/": ALL_LOOK,
    "desk/safety/new/": signed_in(404, **dict.fromkeys(LOOKS, 403) | KEEPS),
    "desk/safety/export/": ALL_LOOK,
    "desk/safety/periods/": ALL_LOOK,
    "desk/safety/periods/<int:pk>/end/": SAFE_ONLY,
    "desk/safety/<int:pk>/": ALL_LOOK,
    "desk/safety/<int:pk>/files/<uuid:file>/": ALL_LOOK,
    "desk/safety/<int:pk>/<slug:verb>/": SAFE_ONLY,
}
POST: dict[str, Row] = dict.fromkeys(GET, SAFE_ONLY) | {
    "desk/logs/": signed_in(404, auditor=422),
    "desk/incidents/new/": signed_in(422),
    "desk/incidents/<int:pk>/<slug:verb>/": signed_in(
        404, **dict.fromkeys(SEES, 403) | dict.fromkeys(KEEPS, 302)
    ),
    "desk/posting/<int:pk>/<slug:verb>/": badly(SEES),
    "desk/safety/new/": signed_in(404, **dict.fromkeys(LOOKS, 403) | dict.fromkeys(KEEPS, 422)),
    "desk/safety/periods/": badly(LOOKS),
    "desk/safety/periods/<int:pk>/end/": signed_in(
        404, **dict.fromkeys(LOOKS, 403) | dict.fromkeys(KEEPS, 302)
    ),
    "desk/safety/<int:pk>/<slug:verb>/": badly(LOOKS),
}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """One of every kind; its id in `dialogue.numbers`, by how the address begins."""
    incident = incidents.report(IncidentKind.ATTACK, "大量异常登录")
    incident = handling.write(incident, by=office.granter, text="已断开", files=[picture()])
    dialogue.numbers["desk/incidents/"] = incident.pk
    file = str(incident.files.get().pk)
    dialogue.parts["desk/incidents/"] = {"uuid:file": file, "slug:verb": "handle"}
    dialogue.numbers["desk/posting/"] = office.main.pk
    dialogue.parts["desk/posting/"] = {"slug:verb": "close"}
    today = clock.today()
    entry = Entry(kind=SafetyKind.PATROL, title="巡查", on=today, text="正常", files=[picture()])
    record = records.keep(entry, by=office.granter)
    period = records.set_period(
        Period(title="国庆", starts_on=today, ends_on=today, patrol_hours=2, visit_minutes=10, reason="活动"),
        by=office.security,
    )
    dialogue.numbers |= {"desk/safety/": record.pk, "desk/safety/periods/": period.pk}
    dialogue.parts["desk/safety/"] = {"uuid:file": str(record.files.get().pk), "slug:verb": "strike"}
