"""考核期 are opened when their period is over and computed anew as long as they are open (麻山第四条)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from assessment.enums.schemes import Cycle, Summary
from assessment.enums.scores import RoundState
from assessment.models import IndicatorScore, Publication, Round, Scheme, UnitScore
from assessment.operations import sealing
from assessment.queries import scoring as queries
from assessment.rules.points import NOTHING, Window
from assessment.rules.schemes import SchemeRules, as_json
from portal import audit, clock
from portal.models import User
from portal.sweeps import sweep

BATCH = 1000


@sweep("score_rounds", every=timedelta(hours=1), label="考核计分")
def score_rounds() -> int:
    """Open what is over, compute what is open, seal what nobody may object to any more."""
    opened = sum(open_last(scheme, cycle) for scheme, cycle in _wanted(clock.today()))
    for round_ in Round.objects.filter(state=RoundState.OPEN).order_by("pk"):
        recompute(round_)
    return opened + sealing.freeze_due()


@transaction.atomic
def open_last(scheme: Scheme, cycle: str) -> bool:
    """Open the round of the last period that is over, if it is not there yet."""
    return open_round(scheme, cycle, Cycle(cycle).before(clock.today()))[1]


@transaction.atomic
def open_round(scheme: Scheme, cycle: str, first: date) -> tuple[Round, bool]:
    """The round that begins on `first`, and whether it was opened by this call; a new one is computed at once."""
    own = cycle == scheme.cycle
    window = Window(first, Cycle(cycle).last(first))
    if not own and not queries.rounds_to_sum(scheme.key, scheme.cycle, window):
        return Round(scheme=scheme, cycle=cycle, starts_on=first, ends_on=window.ends_on), False
    values = {
        "ends_on": window.ends_on, "rules": _rules(scheme, cycle, window), "computed_at": clock.now(),
        "self_due_on": _day_after(window, scheme.self_score_day) if own else None,
        "fix_due_on": _day_after(window, scheme.fix_day) if own else _summed_up_by(scheme, cycle, window),
    }  # fmt: skip
    round_, is_new = Round.objects.get_or_create(scheme=scheme, cycle=cycle, starts_on=first, defaults=values)
    if is_new:
        audit.record("open", "开始考核", round_, actor=User.objects.system(), clause=scheme.clause)
        recompute(round_)
    return round_, is_new


@transaction.atomic
def recompute(round_: Round) -> Round:
    """Bring what the system computes up to date; what people said stays. A round no longer open is left alone."""
    round_ = Round.objects.select_for_update(no_key=True).select_related("scheme").get(pk=round_.pk)
    if round_.state != RoundState.OPEN:
        return round_
    found = {sheet.unit: sheet for sheet in sheets_of(round_)}
    known = {
        score.unit_id: score
        for score in round_.units.select_for_update(no_key=True).prefetch_related("points")
    }
    _drop([score for unit, score in known.items() if unit not in found])
    _add(round_, [sheet for unit, sheet in found.items() if unit not in known])
    _update([(score, found[unit]) for unit, score in known.items() if unit in found])
    round_.computed_at = clock.now()
    round_.save(update_fields=["computed_at"])
    return round_


def publish(round_: Round, *, by: User) -> Round:
    """公布 what is up to date: computed anew first, and that stays even when publishing is refused."""
    recompute(round_)
    return sealing.publish(round_, by=by)


def recompute_about(publication: Publication) -> None:
    """After 改判: what is open and counts that day is computed at once."""
    rows = Round.objects.filter(
        state=RoundState.OPEN, starts_on__lte=publication.on, ends_on__gte=publication.on
    )
    for round_ in rows.order_by("pk"):
        recompute(round_)


def sheets_of(round_: Round) -> list[queries.Sheet]:
    """What the facts give now."""
    rules, window = SchemeRules.read(round_.rules), Window(round_.starts_on, round_.ends_on)
    if not round_.is_summary:
        return queries.sheets(rules, window)
    return queries.summary_sheets(rules, queries.rounds_to_sum(rules.key, rules.cycle, window))


def total_of(points: Iterable[IndicatorScore]):
    return sum((one.standing for one in points if one.standing is not None), NOTHING)


def _wanted(today: date) -> list[tuple[Scheme, str]]:
    """By scheme used and cycle; the version is the one in force when the period began (an old period keeps its rules)."""
    found = []
    for cycle in Cycle:
        for scheme in Scheme.objects.on(cycle.before(today)).filter(is_used=True).order_by("key"):
            if cycle == scheme.cycle or cycle in scheme.sums_up_in:
                found.append((scheme, cycle))
    return found


def _rules(scheme: Scheme, cycle: str, window: Window) -> dict[str, Any]:
    """The scheme as it stands. A summary has the indicators of all its rounds, prizes where it is the one that gives
    them, and a pass mark only as an average."""
    own = cycle == scheme.cycle
    data = as_json(scheme, with_awards=cycle == (scheme.awards_in or scheme.cycle))
    if own:
        return data
    if scheme.summary == Summary.SUM:
        data["pass_mark"] = data["full_marks"] = None
    keys = {one["key"] for one in data["indicators"]}
    for round_ in queries.rounds_to_sum(scheme.key, scheme.cycle, window):
        for one in round_.rules["indicators"]:
            if one["key"] not in keys:
                keys.add(one["key"])
                data["indicators"].append(one)
    return data


def _day_after(window: Window, day: int | None) -> date | None:
    """Such a day of the month after the period."""
    return None if day is None else (window.ends_on + timedelta(days=1)).replace(day=day)


def _summed_up_by(scheme: Scheme, cycle: str, window: Window) -> date | None:
    """By 31 January the year is summed up: `sums_up_by` is month-day of the year after."""
    if cycle != Cycle.YEAR or not scheme.sums_up_by:
        return None
    month, _, day = scheme.sums_up_by.partition("-")
    return date(window.ends_on.year + 1, int(month), int(day))


def _drop(scores: list[UnitScore]) -> None:
    """Units that are scored no longer, unless somebody has said something about them."""
    for score in scores:
        if score.self_scored_at is None and all(one.fixed is None for one in score.points.all()):
            score.delete()


def _add(round_: Round, sheets: list[queries.Sheet]) -> None:
    scores = UnitScore.objects.bulk_create(
        (
            UnitScore(round=round_, unit_id=one.unit, unit_name=one.name, total=one.total, published=one.published)
            for one in sheets
        ),
        batch_size=BATCH,
    )  # fmt: skip
    IndicatorScore.objects.bulk_create(
        (
            IndicatorScore(unit_score=score, key=key, computed=points, facts=sheet.facts[key])
            for score, sheet in zip(scores, sheets, strict=True)
            for key, points in sheet.points.items()
        ),
        batch_size=BATCH,
    )


def _update(pairs: list[tuple[UnitScore, queries.Sheet]]) -> None:
    """Only what changed is written."""
    points, scores, fresh = [], [], []
    for score, sheet in pairs:
        own = {one.key: one for one in score.points.all()}
        for key, computed in sheet.points.items():
            if key not in own:
                own[key] = IndicatorScore(
                    unit_score=score, key=key, computed=computed, facts=sheet.facts[key]
                )
                fresh.append(own[key])
            elif (own[key].computed, own[key].facts) != (computed, sheet.facts[key]):
                own[key].computed, own[key].facts = computed, sheet.facts[key]
                points.append(own[key])
        now = (total_of(own.values()), sheet.published, sheet.name)
        if (score.total, score.published, score.unit_name) != now:
            score.total, score.published, score.unit_name = now
            scores.append(score)
    IndicatorScore.objects.bulk_create(fresh, batch_size=BATCH)
    IndicatorScore.objects.bulk_update(points, ["computed", "facts"], batch_size=BATCH)
    UnitScore.objects.bulk_update(scores, ["total", "published", "unit_name"], batch_size=BATCH)
