"""The things behind a figure, page by page; and what happened to them after a round was sealed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet

from assessment.enums.facts import EventKind
from assessment.enums.scores import RoundState
from assessment.models import IndicatorScore, Publication, Round, UnitScore
from assessment.queries import scoring
from assessment.queries.facts.base import FACTS, Fact, Line, options_of
from assessment.rules.points import Window
from assessment.rules.schemes import IndicatorRules, SchemeRules
from columns.enums import Readers
from columns.models import Column
from portal import lineage
from portal.models import AuditEntry, Department
from publishing.enums import ArticleState
from publishing.models import Revision

PAGE_SIZE = 20
PUBLICATION = "publication"


@dataclass(frozen=True)
class Later:
    """Something that is otherwise now than it was when the round was sealed."""

    unit: str
    indicator: str
    what: str
    line: Line


def fact_of(rules: IndicatorRules) -> Fact | None:
    return FACTS.get(rules.fact)


def page(point: IndicatorScore, number: int | str | None, *, public: bool = False) -> Page | None:
    """The things behind one point with why some did not count; None where people say the points.

    `public`: only what every reader may open, and only publications: a letter is nobody else's business.
    """
    score = point.unit_score
    round_, rules = score.round, SchemeRules.read(score.round.rules)
    one = rules.of(point.key)
    fact = fact_of(one)
    if fact is None or one.is_by_people or round_.is_summary:
        return None
    window, options = _window(round_, score), options_of(one.settings)
    rows = fact.rows(window, options).filter(_behind(point, fact, departments(rules, round_, score)))
    if public:
        rows = readable(rows) if fact.thing == PUBLICATION else rows.none()
    found = Paginator(rows, PAGE_SIZE).get_page(number)
    shown = list(found.object_list)
    found.object_list = fact.lines(shown, _counted(point, fact, window, options, [row.pk for row in shown]))
    return found


def number_of(point: IndicatorScore) -> int:
    """How many things stand behind one point, readable or not; one query."""
    found = page(point, 1)
    return found.paginator.count if found else 0


def lines(score: UnitScore, rules: SchemeRules, key: str) -> list[Line]:
    """All things behind one point, for the command line."""
    round_, one = score.round, rules.of(key)
    fact = fact_of(one)
    if fact is None or one.is_by_people:
        return []
    window, options = _window(round_, score), options_of(one.settings)
    point = next((row for row in score.points.all() if row.key == key), IndicatorScore(key=key))
    rows = list(fact.rows(window, options).filter(_behind(point, fact, departments(rules, round_, score))))
    return fact.lines(rows, _counted(point, fact, window, options, [row.pk for row in rows]))


def live_lines(rules: SchemeRules, window: Window, key: str) -> dict[int, list[Line]]:
    """By unit, all things behind an indicator as they are now: two queries for all units."""
    one = rules.of(key)
    fact = fact_of(one)
    if fact is None or one.is_by_people:
        return {}
    options = options_of(one.settings)
    whose = scoring.credited(rules, [unit.pk for unit in scoring.units(rules, window)])
    counted = {pk for ids in fact.ids(window, options).values() for pk in ids}
    found: dict[int, list[Line]] = {}
    for line in fact.lines(fact.rows(window, options).iterator(chunk_size=2000), counted):
        if unit := whose.get(line.unit):
            found.setdefault(unit, []).append(line)
    return found


def departments(rules: SchemeRules, round_: Round, score: UnitScore) -> list[int]:
    """Whose work goes to the account of this unit in this round."""
    scored = round_.units.values_list("unit", flat=True)
    return [pk for pk, unit in scoring.credited(rules, scored).items() if unit == score.unit_id]


def readable(rows: QuerySet) -> QuerySet:
    """Publications that everybody may open today."""
    return rows.filter(article__state=ArticleState.LIVE).exclude(column__in=closed_columns())


def closed_columns() -> set[int]:
    """Columns not for everybody, with all below them."""
    rows = list(Column.objects.order_by().values_list("pk", "parent", "readers"))
    named = [pk for pk, _, readers in rows if readers != Readers.EVERYONE]
    return lineage.beneath(named, {pk: parent for pk, parent, _ in rows})


def later(round_: Round) -> list[Later]:
    """封存后的变化: what no longer counts, what counts now, what was withdrawn since the round was made public. No figure
    changes by it."""
    if round_.state == RoundState.OPEN or round_.is_summary:
        return []
    rules, window = SchemeRules.read(round_.rules), Window(round_.starts_on, round_.ends_on)
    sealed = _sealed(round_)
    names = dict(round_.units.values_list("unit", "unit_name"))
    found, seen = [], set()
    for key, now in scoring.things(rules, window):
        for what, line in _changes(rules.of(key), window, sealed.get(key, {}), now):
            mark = (FACTS[rules.of(key).fact].thing, what, line.pk)
            if mark not in seen:  # frequency and volume are counted from the same things
                seen.add(mark)
                found.append(Later(names.get(line.unit, str(line.unit)), rules.of(key).label, what, line))
    return found + list(_withdrawn(round_, rules, window, sealed, names))


def _sealed(round_: Round) -> dict[str, dict[int, list[int]]]:
    found: dict[str, dict[int, list[int]]] = {}
    rows = IndicatorScore.objects.filter(unit_score__round=round_)
    for key, unit, facts in rows.values_list("key", "unit_score__unit", "facts"):
        if "things" in facts:
            found.setdefault(key, {})[unit] = [pk for ids in facts["things"].values() for pk in ids]
    return found


def _changes(
    one: IndicatorRules, window: Window, sealed: dict[int, list[int]], now: dict[int, list[int]]
) -> Iterator[tuple[str, Line]]:
    """(what happened, to what) of one indicator."""
    was = {pk: unit for unit, ids in sealed.items() for pk in ids}
    is_ = {pk: unit for unit, ids in now.items() for pk in ids}
    gone, come = was.keys() - is_.keys(), is_.keys() - was.keys()
    if not gone and not come:
        return
    fact, options = FACTS[one.fact], options_of(one.settings)
    rows = {row.pk: row for row in fact.rows(window, options).filter(pk__in=gone | come)}
    for pk in sorted(gone | come):
        what, unit = ("不再计入", was[pk]) if pk in gone else ("应计入而封存时没有", is_[pk])
        line = fact.line(rows[pk], pk in come) if pk in rows else None
        yield what, line or Line(pk, unit, f"{fact.label}（编号 {pk}）", window.ends_on, False)


def _withdrawn(
    round_: Round,
    rules: SchemeRules,
    window: Window,
    sealed: dict[str, dict[int, list[int]]],
    names: dict[int, str],
) -> Iterator[Later]:
    """撤稿 after publication: the item stays counted, and is shown."""
    by_fact = {rules.of(key).fact: key for key in sealed if FACTS[rules.of(key).fact].thing == PUBLICATION}
    if not by_fact or round_.published_at is None:
        return
    entries = AuditEntry.objects.filter(
        verb="withdraw", at__gte=round_.published_at, object_type__startswith="publishing."
    )
    revisions = [int(pk) for pk in entries.values_list("object_id", flat=True) if pk.isdigit()]
    articles = Revision.objects.filter(pk__in=revisions).values("article")
    rows = Publication.objects.filter(
        article__in=articles, kind=EventKind.FIRST, article__state=ArticleState.WITHDRAWN
    )
    gone = {row.pk: row for row in rows.filter(on__range=window).select_related("revision", "article__site")}
    seen: set[int] = set()
    for key in by_fact.values():
        for unit, ids in sealed[key].items():
            for pk in gone.keys() & set(ids) - seen:
                seen.add(pk)
                row = gone[pk]
                line = Line(
                    pk, unit, row.revision.title, row.on, True, row.article.get_absolute_url(), is_live=False
                )
                yield Later(names.get(unit, ""), rules.of(key).label, "已撤稿", line)


def _behind(point: IndicatorScore, fact: Fact, whose: list[int]) -> Q:
    """Everything of these departments, and what was sealed, wherever it belongs by now."""
    sealed = point.facts.get("things", {}).get(fact.thing, [])
    return Q(**{f"{fact.at}__in": whose}) | Q(pk__in=sealed) if sealed else Q(**{f"{fact.at}__in": whose})


def _window(round_: Round, score: UnitScore) -> Window:
    """Of a unit that was closed, up to its last day."""
    unit: Department = score.unit
    if not unit.is_active and unit.closed_on and round_.starts_on <= unit.closed_on < round_.ends_on:
        return Window(round_.starts_on, unit.closed_on)
    return Window(round_.starts_on, round_.ends_on)


def _counted(
    point: IndicatorScore, fact: Fact, window: Window, options: dict[str, Any], pks: list[int]
) -> set[int]:
    """Of these, what the figure was counted from: as sealed, or as it is while the round is open."""
    if "things" in point.facts:
        return set(point.facts["things"].get(fact.thing, ())) & set(pks)
    return set(fact.counted(window, options).filter(pk__in=pks).values_list("pk", flat=True))
