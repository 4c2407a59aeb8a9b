"""`--demo`: sample inspections with what was put right and what was not, a violation, a contest; by the operations."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from assessment.enums.inspections import CheckResult, ContestKind
from assessment.models import Inspection, InspectionCheck, Rectification
from assessment.operations import contests as contest_operations
from assessment.operations import facts, rectifications, violations
from assessment.operations import inspections as operations
from assessment.operations.contests import Call
from assessment.operations.inspections import Answer, Plan
from assessment.operations.violations import Record
from assessment.queries import catalogues
from assessment.rules.facts import is_of_unit
from columns import queries as column_queries
from interaction.models import Activity
from interaction.operations import activity_moves, ballots
from portal import clock
from portal.enums import Power
from portal.models import Department, Site, User
from portal.presets.moments import moment, on_workday
from portal.presets.scenes import rows

Row = Mapping[str, Any]
FILE, A_MINUTE = "inspections.yaml", timedelta(minutes=1)


def play(preset: str) -> None:
    """Once, in an office that has inspected nothing yet."""
    if Inspection.objects.exists():
        return
    for row in rows(preset, FILE, "inspections"):
        _inspect(row)
    for row in rows(preset, FILE, "violations"):
        _record(row)
    facts.gather_all()
    for row in rows(preset, FILE, "contests"):
        _contest(row)


def _inspect(row: Row) -> None:
    """Planned some days before, begun in the morning of its day, ended before noon."""
    begins = _begin_of(row)
    planner, second = _person(row["planner"]), _person(row["second"])
    sites = list(Site.objects.filter(key__in=row["sites"]).order_by("position", "pk"))
    with clock.at(min(begins, clock.now()) - timedelta(days=5)):
        inspection = operations.plan(
            Plan(
                title=row["title"], planned_on=clock.local(begins).date(), sites=sites, sample=row["sample"],
                checklist=catalogues.checklists()[row["checklist"]],
            ),
            by=planner,
        )  # fmt: skip
    if row["upto"] == "plan":
        return
    with clock.at(begins):
        inspection = operations.begin(inspection, by=planner)
    faults = _place(inspection, row.get("faults", []))
    checks = list(
        inspection.checks.select_related("column__site", "unit").order_by("column__site", "column", "pk")
    )
    for turn, check in enumerate(checks[: row.get("answered")]):
        by = second if is_of_unit(planner, check.unit_id) else planner
        with clock.at(begins + A_MINUTE * (turn + 1)):
            operations.answer(check, _answer(check, row, faults.get(check.pk)), by=by, version=0)
    if row["upto"] == "end":
        ended = begins + A_MINUTE * (len(checks) + 5)
        with clock.at(ended):
            operations.end(inspection, summary=row["summary"], by=planner)
        for pk, fault in faults.items():
            _put_right(InspectionCheck.objects.get(pk=pk).rectification, fault, ended, planner)


def _begin_of(row: Row) -> datetime:
    if row["days_ago"] <= 0:
        return moment(row["days_ago"], hour=9) if row["days_ago"] else clock.now() - timedelta(minutes=40)
    return on_workday(moment(row["days_ago"], hour=9))


def _place(inspection: Inspection, faults: list[Row]) -> dict[int, Row]:
    """At which check each fault is found: of a column of its unit, else of the first; by the id of the check."""
    found: dict[int, Row] = {}
    for fault in faults:
        rows_of_key = inspection.checks.filter(key=fault["key"]).exclude(pk__in=found).order_by("pk")
        check = rows_of_key.filter(unit__code=fault["unit"]).first() or rows_of_key.first()
        found[check.pk] = fault
    return found


def _answer(check: InspectionCheck, row: Row, fault: Row | None) -> Answer:
    if fault is None:
        is_out = check.key in row.get("not_applicable", ())
        return Answer(result=CheckResult.NOT_APPLICABLE if is_out else CheckResult.GOOD)
    return Answer(
        result=CheckResult.FAULT, finding=fault["finding"], points=Decimal(str(fault["points"])),
        rectify_days=fault["rectify_days"],
    )  # fmt: skip


def _put_right(row: Rectification, fault: Row, ended: datetime, by: User) -> None:
    if "report" not in fault:
        return
    reporter = row.unit.head if row.unit.code != fault["unit"] else _person(fault["reporter"])
    if reporter is None:
        return
    with clock.at(ended + timedelta(days=fault["reported"])):
        row = rectifications.report(row, text=fault["report"], by=reporter)
    with clock.at(ended + timedelta(days=fault["accepted"])):
        rectifications.accept(row, by=by, note="已到页面核对，属实。")


def _record(row: Row) -> None:
    """The day after it happened."""
    day = clock.local(moment(row["days_ago"], hour=9)).date()
    unit = Department.objects.get(code=row["unit"])
    situation = catalogues.situations()[row["item"]]
    record = Record(unit=unit, situation=situation, facts=row["facts"], on=day)
    with clock.at(moment(row["days_ago"] - 1, hour=15)):
        violations.record(record, by=_person(row["by"]))


def _contest(row: Row) -> None:
    """Made, voted on by a real poll, decided the day after it was over, published by somebody else."""
    maker, kind = _person(row["by"]), ContestKind(row["kind"])
    known = catalogues.formulas()[kind]
    opens, closes = moment(row["opens"], hour=9), moment(row["opens"] - row["lasts"], hour=17)
    with clock.at(moment(row["made"], hour=9)):
        contest = contest_operations.create(
            Call(
                kind=kind, title=row["title"], candidates=row["candidates"],
                starts_on=clock.today() - timedelta(days=row["starts"] - row["made"]),
                ends_on=clock.today() - timedelta(days=row["ends"] - row["made"]),
                **{name: known[name] for name in ("score_weight", "vote_weight", "winners")},
            ),
            by=maker,
        )  # fmt: skip
        contest = contest_operations.make_poll(contest, opens_at=opens, closes_at=closes, by=maker)
        activity_moves.report(contest.poll, by=maker)
    _vote(contest.poll, opens, row["votes"])
    with clock.at(closes + timedelta(minutes=10)):
        ballots.close_polls()
    with clock.at(closes + timedelta(hours=17)):
        contest = contest_operations.decide(contest, by=maker)
    with clock.at(closes + timedelta(hours=22)):
        contest_operations.publish(contest, by=_person(row["publisher"]))


def _vote(poll: Activity, opens: datetime, votes: Mapping[str, list[int]]) -> None:
    """Approved the day before it opens; then one after another, an hour apart."""
    with clock.at(opens - timedelta(days=1)):
        reviewers = column_queries.site_holders(poll.site, Power.REVIEW).exclude(pk__in=poll.writer_ids)
        activity_moves.approve(poll, by=reviewers.order_by("pk").first(), note="同意。")
    poll = Activity.objects.select_related("site", "poll").get(pk=poll.pk)
    question = poll.poll.asked()[0]
    for turn, (staff_number, places) in enumerate(votes.items(), start=1):
        options = {question.choosable[place % len(question.choosable)] for place in places}
        with clock.at(opens + timedelta(hours=turn)):
            ballots.cast(poll, {question: list(options)[: question.most]}, by=_person(staff_number))


def _person(staff_number: str) -> User:
    return User.objects.get(staff_number=staff_number)
