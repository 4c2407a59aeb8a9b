"""检查 (办法第二十二条): planned, columns drawn by lot, every item answered, ended with a summary.

Each answer is saved by itself. Of two people who answer one item the second is told what the first wrote.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from assessment.enums.inspections import CheckResult, InspectionState
from assessment.models import Inspection, InspectionCheck
from assessment.operations import rectifications
from assessment.queries import inspections as queries
from assessment.queries import people
from assessment.rules import drawing, oversight
from assessment.rules import inspections as rules
from interaction.operations.activity_files import accept as take_file
from portal import audit, clock, notices, uploads
from portal.enums import NoticeKind
from portal.models import Site, User
from portal.richtext import one_line
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand, fire


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is typed before it begins; `checklist` as in `presets/*/checklists.yaml`."""

    title: str
    planned_on: date
    sites: Sequence[Site]
    sample: int
    checklist: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was found at one item. `rectify_days` None: nothing is ordered; `picture` None: it stays as it is."""

    result: CheckResult
    finding: str = ""
    points: Decimal = Decimal(0)
    rectify_days: int | None = None
    picture: UploadedFile | None = None
    drops_picture: bool = False


@transaction.atomic
def plan(typed: Plan, *, by: User) -> Inspection:
    """A new inspection; one for today may begin at once, and units learn of none before it is over."""
    _require_assessor(by)
    inspection = Inspection(planned_by=by)
    _fill(inspection, typed)
    audit.record("plan", "计划检查", inspection, actor=by, clause=inspection.clause)
    return inspection


@transaction.atomic
def change(inspection: Inspection, typed: Plan, *, by: User) -> Inspection:
    """Another day, other sites, before it begins; raises TooLate afterwards."""
    _require_assessor(by)
    inspection = _locked(inspection)
    if inspection.state != InspectionState.PLANNED:
        raise TooLate(f"“{inspection}”{inspection.get_state_display()}，不能再改计划")
    _fill(inspection, typed)
    audit.record("change", "修改检查计划", inspection, actor=by)
    return inspection


@transaction.atomic
def begin(inspection: Inspection, *, by: User) -> Inspection:
    """开始检查: a seed by the system, columns drawn by it from what `by` may read, one check an item and column."""
    inspection = _move(inspection, "begin", by, began_at=clock.now(), seed=secrets.token_hex(8))
    for site in inspection.sites.select_related("department").order_by("position", "pk"):
        inspection.draw.append(_draw(inspection, site, by))
    inspection.save(update_fields=["draw"])
    if not inspection.checks.exists():
        raise Refused("所选站点没有可以抽查的栏目")
    number = inspection.checks.values("column").distinct().count()
    audit.record(
        "draw", "抽取栏目", inspection, actor=by, note=f"种子 {inspection.seed}，抽到 {number} 个栏目"
    )
    return inspection


@transaction.atomic
def call_off(inspection: Inspection, *, by: User, note: str) -> Inspection:
    """取消 what has not begun: a drawing cannot be made again until it pleases."""
    return _move(inspection, "call_off", by, note=note)


def answer(check: InspectionCheck, found: Answer, *, by: User, version: int) -> InspectionCheck:
    """Save one item. `version` is what was looked at: one that somebody answered since raises TooLate."""
    with uploads.together():
        inspection = _locked(check.inspection)
        check = InspectionCheck.objects.select_related("column__site", "unit").get(pk=check.pk)
        if reason := rules.why_not_answer(as_they_stand(by), check):
            raise NotAllowed(reason)
        if inspection.state != InspectionState.UNDER_WAY:
            raise TooLate(f"检查{inspection.get_state_display()}，不能再填写")
        if check.version != version:
            raise TooLate(f"{check.checked_by}刚刚填写了这一项（{check.get_result_display()}），请看过再改")
        _put(check, found, by)
    return check


@transaction.atomic
def end(inspection: Inspection, *, summary: str, by: User) -> Inspection:
    """结束检查 once every item is answered: rectifications are ordered, the units told what was found."""
    inspection = _move(inspection, "end", by, ended_at=clock.now(), summary=summary.strip())
    if number := queries.pending(inspection):
        raise Refused(f"还有 {number} 项没有检查，全部填写后才能结束")
    if not inspection.summary:
        raise Refused("请填写检查小结", "summary")
    faults = inspection.checks.filter(result=CheckResult.FAULT).select_related("column__site", "unit__head")
    for check in faults.filter(rectify_days__isnull=False).select_related("checked_by"):
        _order(check, check.rectify_days, check.checked_by)
    for unit in {check.unit for check in faults}:
        number = sum(check.unit == unit for check in faults)
        title = f"检查发现 {number} 个问题：{inspection}"
        url = inspection.get_absolute_url()
        notices.tell(people.responsible(unit), title, kind=NoticeKind.RESULT, url=url)
    return inspection


@transaction.atomic
def order_rectification(check: InspectionCheck, *, working_days: int, by: User) -> InspectionCheck:
    """责令整改 of a fault after the inspection is over; raises TooLate where it was ordered already."""
    check = InspectionCheck.objects.select_for_update(of=["self"], no_key=True).get(pk=check.pk)
    if reason := oversight.why_not_assess(by, check.unit):
        raise NotAllowed(reason)
    if check.result != CheckResult.FAULT or check.inspection.state != InspectionState.DONE:
        raise Refused("检查结束后，对有问题的项目才能责令整改")
    if check.rectification_id:
        raise TooLate("这个问题已经责令整改")
    return _order(check, working_days, by)


def _order(check: InspectionCheck, working_days: int, by: User) -> InspectionCheck:
    check.rectification = rectifications.order(
        key=f"check-{check.pk}", unit=check.unit, working_days=working_days, by=by,
        subject=f"{check.column.site}“{check.column}”未达到“{check.label}”", demand=check.finding,
        clause=check.clause or check.inspection.clause,
        url=f"{reverse('desk:inspection', args=[check.inspection_id])}#check-{check.pk}",
    )  # fmt: skip
    check.rectify_days = working_days
    check.save(update_fields=["rectification", "rectify_days"])
    return check


def _put(check: InspectionCheck, found: Answer, by: User) -> None:
    is_fault = found.result == CheckResult.FAULT
    if is_fault and not found.finding.strip():
        raise Refused("请写明发现的问题", "finding")
    check.result, check.finding = found.result, found.finding.strip() if is_fault else ""
    check.points = found.points if is_fault else Decimal(0)
    check.rectify_days = found.rectify_days if is_fault else None
    if found.picture is not None:
        check.picture = take_file(found.picture, by=by, field="picture", pictures=True)
    elif found.drops_picture or not is_fault:
        check.picture = None
    check.checked_by, check.checked_at, check.version = by, clock.now(), check.version + 1
    check.save()
    words = f"{check.get_result_display()}{f'，扣 {check.points.normalize():f} 分：{check.finding}' if is_fault else ''}"
    audit.record("check", "检查", check, actor=by, acting_for=oversight.principal_of(by), note=words)


def _draw(inspection: Inspection, site: Site, by: User) -> dict[str, Any]:
    pool = {one.slug: one for one in queries.pool(site, by)}
    slugs = drawing.draw(inspection.seed, site.key, pool, inspection.sample)
    drawn = [pool[slug] for slug in slugs]
    units = queries.units_of(site, drawn)
    InspectionCheck.objects.bulk_create(
        InspectionCheck(
            inspection=inspection, column=column, unit=units[column.pk], key=item["key"], group=item["group"],
            label=item["label"], look=item["look"], clause=item["clause"], worth=item["points"],
        )
        for column in drawn
        for item in inspection.checklist
    )  # fmt: skip
    told = [{"column": one.pk, "slug": one.slug, "name": one.name} for one in pool.values()]
    return {"site": site.key, "name": site.name, "pool": told, "drawn": slugs}


def _fill(inspection: Inspection, typed: Plan) -> None:
    inspection.title, inspection.planned_on = one_line(typed.title), typed.planned_on
    inspection.sample, inspection.clause = typed.sample, typed.checklist["clause"]
    inspection.checklist_name, inspection.checklist = typed.checklist["name"], typed.checklist["items"]
    inspection.rectify_days = typed.checklist["rectify_days"]
    inspection.save()
    inspection.sites.set(typed.sites)


def _move(inspection: Inspection, verb: str, by: User, note: str = "", **changes: Any) -> Inspection:
    return fire(
        inspection, verb, actor=by, why_not=rules.why_not, acting_for=oversight.acting_for, note=note,
        clause=inspection.clause, changes=changes,
    )  # fmt: skip


def _locked(inspection: Inspection) -> Inspection:
    return Inspection.objects.select_for_update(no_key=True).get(pk=inspection.pk)


def _require_assessor(by: User) -> None:
    if reason := oversight.why_not_assess(by):
        raise NotAllowed(reason)
