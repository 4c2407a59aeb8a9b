"""Inspections, violations, rectification and contests: who is answered what about one thing of every kind."""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

from assessment.enums.inspections import CheckResult, ContestKind
from assessment.operations import contests, inspections, rectifications, violations
from assessment.operations.contests import Call
from assessment.operations.inspections import Answer, Plan
from assessment.operations.violations import Record
from assessment.queries import catalogues
from portal import clock
from tests.assessment.inspections.conftest import picture
from tests.rights.dialogue import Dialogue
from tests.rights.rows import Row, signed_in
from tests.rights.site_and_desk import EVERYBODY, SAFE_ONLY, SIGNED_IN

OVERSEEN = signed_in(404, inspector=200, auditor=200)
ASSESSES, ASSESSES_BADLY = (signed_in(404, inspector=n) for n in (200, 422))
BADLY, LATE = (signed_in(404, inspector=n, auditor=n) for n in (422, 409))
OF_THE_UNIT, OWN = signed_in(), signed_in(403)
"""All roles work in the section that has something to put right: nobody cancels it, the inspector least of all."""

GET: dict[str, Row] = {
    "desk/inspections/": SIGNED_IN,
    "desk/inspections/new/": ASSESSES,
    "desk/inspections/<int:pk>/": OVERSEEN,
    "desk/inspections/<int:pk>/edit/": ASSESSES,
    "desk/inspections/<int:pk>/draw/": OVERSEEN,
    "desk/inspections/<int:pk>/export/": OVERSEEN,
    "desk/inspections/<int:pk>/columns/<int:column>/": OVERSEEN,
    "desk/inspections/<int:pk>/act/<slug:verb>/": SAFE_ONLY,
    "desk/checks/<int:pk>/": SAFE_ONLY,
    "desk/checks/<int:pk>/picture/": OVERSEEN,
    "desk/checks/<int:pk>/rectify/": SAFE_ONLY,
    "desk/rectifications/": SIGNED_IN,
    "desk/rectifications/new/": ASSESSES,
    "desk/rectifications/<int:pk>/": OF_THE_UNIT,
    "desk/rectifications/<int:pk>/files/<uuid:file>/": OF_THE_UNIT,
    "desk/rectifications/<int:pk>/act/<slug:verb>/": SAFE_ONLY,
    "desk/violations/": SIGNED_IN,
    "desk/violations/new/": ASSESSES,
    "desk/violations/export/": SIGNED_IN,
    "desk/violations/<int:pk>/": OVERSEEN,
    "desk/violations/<int:pk>/files/<uuid:file>/": OVERSEEN,
    "desk/violations/<int:pk>/strike/": SAFE_ONLY,
    "desk/contests/": OVERSEEN,
    "desk/contests/new/": ASSESSES,
    "desk/contests/<int:pk>/": OVERSEEN,
    "desk/contests/<int:pk>/candidates/": SAFE_ONLY,
    "desk/contests/<int:pk>/candidates/<int:candidate>/drop/": SAFE_ONLY,
    "desk/contests/<int:pk>/poll/": SAFE_ONLY,
    "desk/contests/<int:pk>/link/": SAFE_ONLY,
    "desk/contests/<int:pk>/act/<slug:verb>/": SAFE_ONLY,
    "scoreboard/contests/": EVERYBODY,
    "scoreboard/contests/<int:pk>/": EVERYBODY,
}
POST: dict[str, Row] = dict.fromkeys(GET, SAFE_ONLY) | {
    "desk/inspections/new/": ASSESSES_BADLY,
    "desk/inspections/<int:pk>/edit/": ASSESSES_BADLY,
    "desk/inspections/<int:pk>/act/<slug:verb>/": LATE,
    "desk/checks/<int:pk>/": BADLY,
    "desk/checks/<int:pk>/rectify/": BADLY,
    "desk/rectifications/new/": ASSESSES_BADLY,
    "desk/rectifications/<int:pk>/act/<slug:verb>/": OWN,
    "desk/violations/new/": ASSESSES_BADLY,
    "desk/violations/<int:pk>/strike/": BADLY,
    "desk/contests/new/": ASSESSES_BADLY,
    "desk/contests/<int:pk>/candidates/": BADLY,
    "desk/contests/<int:pk>/candidates/<int:candidate>/drop/": BADLY,
    "desk/contests/<int:pk>/poll/": BADLY,
    "desk/contests/<int:pk>/link/": signed_in(404),
    "desk/contests/<int:pk>/act/<slug:verb>/": LATE,
}


def build(office: SimpleNamespace, dialogue: Dialogue) -> None:
    """One thing of every kind; its id in `dialogue.numbers`, by how the address begins."""
    check = _inspection(office)
    dialogue.numbers["desk/inspections/"] = check.inspection_id
    dialogue.parts["desk/inspections/"] = {"int:column": str(check.column_id), "slug:verb": "call_off"}
    dialogue.numbers["desk/checks/"] = check.pk
    told = {"subject": "更新", "demand": "补发", "clause": "办法第二十二条", "url": "", "working_days": 5}
    rectification = rectifications.order(key="rights", unit=office.section, by=office.system, **told)
    rectification = rectifications.report(
        rectification, text="已补发。", files=[picture()], by=office.collector
    )
    dialogue.numbers["desk/rectifications/"] = rectification.pk
    file = str(rectification.files.get().pk)
    dialogue.parts["desk/rectifications/"] = {"uuid:file": file, "slug:verb": "cancel"}
    violation = _violation(office)
    dialogue.numbers["desk/violations/"] = violation.pk
    dialogue.parts["desk/violations/"] = {"uuid:file": str(violation.files.get().pk)}
    contest = _contest(office)
    dialogue.numbers |= {"desk/contests/": contest.pk, "scoreboard/contests/": contest.pk}
    candidate = str(contest.candidates.first().pk)
    dialogue.parts["desk/contests/"] = {"int:candidate": candidate, "slug:verb": "decide"}


def _inspection(office: SimpleNamespace):
    """Under way, with one fault that has a screenshot."""
    plan = Plan(
        title="突击检查", planned_on=clock.today(), sites=[office.main], sample=50,
        checklist=catalogues.checklists()["jiangsu-lanmu"],
    )  # fmt: skip
    inspection = inspections.begin(inspections.plan(plan, by=office.inspector), by=office.inspector)
    answer = Answer(result=CheckResult.FAULT, finding="打不开", points=Decimal(1), picture=picture())
    check = inspection.checks.select_related("inspection").filter(unit=office.bureau).first()
    return inspections.answer(check, answer, by=office.inspector, version=0)


def _violation(office: SimpleNamespace):
    """Of another unit."""
    return violations.record(
        Record(
            unit=office.station, situation=catalogues.situations()["f35-4"], facts="没有更新", on=clock.today(),
            files=[picture()],
        ),
        by=office.inspector,
    )  # fmt: skip


def _contest(office: SimpleNamespace):
    """By scores alone, published."""
    today = clock.today()
    call = Call(
        kind=ContestKind.SITE, title="最佳网站", starts_on=today - timedelta(days=30), ends_on=today,
        score_weight=100, vote_weight=0, winners=1,
    )  # fmt: skip
    contest = contests.decide(contests.create(call, by=office.inspector), by=office.inspector)
    return contests.publish(contest, by=office.inspector)
