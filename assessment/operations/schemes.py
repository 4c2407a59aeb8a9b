"""计分办法: taken into use and out of it; a change of numbers is a new version from a day on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from assessment.models import Indicator, Scheme
from assessment.queries.facts.base import kinds_by_fact
from assessment.rules.facts import may_assess
from assessment.rules.schemes import faults
from assessment.rules.scores import ASSESSORS_ONLY
from portal import audit
from portal.models import User
from portal.workflow import NotAllowed, Refused, TooLate, as_they_stand

COPIED = (
    "key", "name", "source", "clause", "cycle", "unit_kinds", "ranking", "counts_closed_units", "self_score_day",
    "fix_day", "sums_up_by", "sums_up_in", "summary", "awards", "awards_in", "joint_offices", "note", "is_used",
)  # fmt: skip


@dataclass(frozen=True)
class IndicatorChange:
    """The new numbers of one indicator."""

    most: Decimal | None
    settings: dict[str, Any]


@dataclass(frozen=True)
class Change:
    """A new version: from when, and the numbers; what is not named stays."""

    starts_on: date
    full_marks: Decimal | None
    pass_mark: Decimal | None
    objection_days: int
    rectify_days: int | None
    indicators: Mapping[str, IndicatorChange] = field(default_factory=dict)


@transaction.atomic
def use(scheme: Scheme, *, by: User) -> Scheme:
    """采用: rounds of the periods to come are opened under it."""
    return _set_used(scheme, True, by, "采用计分办法")


@transaction.atomic
def stop(scheme: Scheme, *, by: User) -> Scheme:
    """停用: no new rounds; those that are there go their way."""
    return _set_used(scheme, False, by, "停用计分办法")


@transaction.atomic
def new_version(scheme: Scheme, change: Change, *, by: User) -> Scheme:
    """The old version ends the day before and stays as it was. Raises Refused (field: `starts_on`, `full_marks`, or an
    indicator's key) where dates overlap or numbers do not add up.
    """
    if not may_assess(as_they_stand(by)):
        raise NotAllowed(ASSESSORS_ONLY)
    versions = list(Scheme.objects.select_for_update().filter(key=scheme.key).order_by("-version"))
    old = versions[0]
    if old.pk != scheme.pk:
        raise TooLate(f"“{scheme}”已有第 {old.version} 版，请从最新一版修改")
    if change.starts_on <= old.starts_on:
        raise Refused(f"新版须在现行版施行（{old.starts_on:%Y-%m-%d}）之后", "starts_on")
    if old.ends_on is not None and change.starts_on <= old.ends_on:
        raise Refused(f"与第 {old.version} 版的施行期重叠（至 {old.ends_on:%Y-%m-%d}）", "starts_on")
    new = Scheme(
        **{name: getattr(old, name) for name in COPIED}, version=old.version + 1, starts_on=change.starts_on,
        full_marks=change.full_marks, pass_mark=change.pass_mark, objection_days=change.objection_days,
        rectify_days=change.rectify_days,
    )  # fmt: skip
    indicators = [_changed(one, change.indicators.get(one.key)) for one in old.indicators.all()]
    _refuse_faults(new, indicators)
    if old.ends_on is None:
        old.ends_on = change.starts_on - timedelta(days=1)
        old.save()
    new.save()
    for one in indicators:
        one.scheme = new
        one.save()
    note = f"第 {new.version} 版，{new.starts_on:%Y-%m-%d} 起施行"
    audit.record("new_version", "修订计分办法", new, actor=by, note=note, clause=new.clause)
    return new


def _set_used(scheme: Scheme, is_used: bool, by: User, label: str) -> Scheme:
    """Of all versions of the key: which one holds is a matter of dates."""
    if not may_assess(as_they_stand(by)):
        raise NotAllowed(ASSESSORS_ONLY)
    rows = list(Scheme.objects.select_for_update().filter(key=scheme.key))
    if all(row.is_used == is_used for row in rows):
        raise TooLate(f"“{scheme}”已经{'采用' if is_used else '停用'}")
    for row in rows:
        row.is_used = is_used
        row.save()
    audit.record("use" if is_used else "stop", label, scheme, actor=by, clause=scheme.clause)
    scheme.refresh_from_db()
    return scheme


def _changed(one: Indicator, change: IndicatorChange | None) -> Indicator:
    new = Indicator(
        key=one.key, label=one.label, group=one.group, kind=one.kind, fact=one.fact, most=one.most,
        settings=dict(one.settings), clause=one.clause, position=one.position,
    )  # fmt: skip
    if change is not None:
        new.most, new.settings = change.most, change.settings
    return new


def _refuse_faults(scheme: Scheme, indicators: list[Indicator]) -> None:
    data = {"full_marks": scheme.full_marks, "indicators": [vars(one) for one in indicators]}
    for fault in faults(data, kinds_by_fact()):
        place = fault.path[1] if fault.path[0] == "indicators" else None
        name = indicators[int(place)].key if place is not None else str(fault.path[0])
        raise Refused(fault.message, name)
