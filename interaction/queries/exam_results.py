"""Named reads of what came of an exam: by person, by unit, by question. The best of a person's papers counts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import QuerySet

from interaction.enums.activities import Participants
from interaction.enums.exams import AttemptState
from interaction.models import Activity, Attempt, AttemptItem, ExamQuestion
from interaction.queries import papers
from interaction.rules import exam_statistics as statistics
from interaction.rules import exams as rules
from interaction.rules.papers import total
from interaction.rules.polls import least_voters
from portal.models import Department, User


@dataclass(frozen=True)
class Standing:
    """One person's result: the paper that counts, and whether it passes; `is_pending` while it is being marked."""

    attempt: Attempt
    is_pending: bool
    is_passed: bool


@dataclass
class Unit:
    """One department's result. `expected` are those who should have sat; who may not sit is not among them."""

    department: Department | None
    expected: int = 0
    points: list[Decimal] = field(default_factory=list)
    sat: int = 0
    passed: int = 0
    shows_points: bool = True

    @property
    def absent(self) -> int:
        return max(self.expected - self.sat, 0)

    @property
    def marked(self) -> int:
        return len(self.points)

    @property
    def average(self) -> Decimal | None:
        return sum(self.points, Decimal(0)) / len(self.points) if self.points else None


@dataclass(frozen=True)
class Item:
    """One question over all papers that count: 正答率 `p` and 区分度 `d`, each 0 to 1 (d from -1), None where unknown."""

    question: ExamQuestion
    shown: int
    p: float | None
    d: float | None


@dataclass(frozen=True)
class Overview:
    """The exam as a whole."""

    expected: int
    sat: int
    pending: int
    passed: int
    average: Decimal | None
    highest: Decimal | None
    lowest: Decimal | None
    bands: list[tuple[str, int]]

    @property
    def marked(self) -> int:
        return self.sat - self.pending

    @property
    def absent(self) -> int:
        return max(self.expected - self.sat, 0)


def issues(activity: Activity) -> list[str]:
    """What is missing before the results may be published."""
    rows = activity.attempts
    running = rows.filter(state=AttemptState.RUNNING).count()
    unmarked = rows.filter(state=AttemptState.HANDED_IN, points=None).count()
    found = [f"还有 {running} 人在答题"] if running else []
    return found + ([f"还有 {unmarked} 份答卷没有评完"] if unmarked else [])


def standings(activity: Activity) -> list[Standing]:
    """One a person, best first; whose paper waits for a marker comes last."""
    pass_mark = papers.setup_of(activity).pass_mark
    rows = Attempt.objects.filter(activity=activity, state=AttemptState.HANDED_IN)
    best: dict[int, Attempt] = {}
    for one in rows.select_related("person", "department").order_by("number"):
        if one.person_id not in best or _better(one, best[one.person_id]):
            best[one.person_id] = one
    found = [
        Standing(one, not one.is_final, one.is_final and one.points >= pass_mark) for one in best.values()
    ]
    return sorted(
        found, key=lambda one: (one.is_pending, -(one.attempt.points or 0), one.attempt.handed_in_at)
    )


def overview(activity: Activity, found: Sequence[Standing]) -> Overview:
    points = [one.attempt.points for one in found if one.attempt.points is not None]
    expected = expected_people(activity).count()
    outside = {one.attempt.person_id for one in found} - _ids(expected_people(activity))
    return Overview(
        expected=expected + len(outside), sat=len(found), pending=sum(one.is_pending for one in found),
        passed=sum(one.is_passed for one in found), average=sum(points, Decimal(0)) / len(points) if points else None,
        highest=max(points, default=None), lowest=min(points, default=None),
        bands=statistics.bands(points, total(papers.rules_of(activity))),
    )  # fmt: skip


def units(activity: Activity, found: Iterable[Standing]) -> list[Unit]:
    """By department, in the order of the office; who sat counts where they were then, who did not where they are."""
    by_unit: dict[int | None, Unit] = defaultdict(lambda: Unit(None))
    sat = set()
    for one in found:
        unit = by_unit[one.attempt.department_id]
        unit.department = one.attempt.department
        unit.sat, unit.expected = unit.sat + 1, unit.expected + 1
        unit.passed += one.is_passed
        unit.points += [one.attempt.points] if one.attempt.points is not None else []
        sat.add(one.attempt.person_id)
    for person in expected_people(activity).exclude(pk__in=sat).select_related("department"):
        unit = by_unit[person.department_id]
        unit.department, unit.expected = person.department, unit.expected + 1
    order = {pk: place for place, pk in enumerate(_departments_in_order())}
    return sorted(
        by_unit.values(), key=lambda unit: order.get(unit.department.pk if unit.department else 0, len(order))
    )


def public_units(activity: Activity, found: Iterable[Standing], *, names_people: bool) -> list[Unit]:
    """As `units`; where no person is named, no points of a unit so small that one could tell whose they are."""
    least, rows = least_voters(), units(activity, found)
    for unit in rows:
        unit.shows_points = names_people or unit.sat >= least
    return rows


def absentees(activity: Activity, found: Iterable[Standing]) -> QuerySet[User]:
    """Who should have sat and did not."""
    sat = {one.attempt.person_id for one in found}
    rows = expected_people(activity).exclude(pk__in=sat)
    return rows.select_related("department").order_by("department__position", "department", "staff_number")


def expected_people(activity: Activity) -> QuerySet[User]:
    """Whom the exam is for: the named departments, or all of the site's, with those below; who may not sit left out."""
    if activity.participants == Participants.DEPARTMENTS:
        roots = list(activity.departments.order_by().values_list("pk", flat=True))
    else:
        roots = [activity.site.department_id]
    people = User.objects.filter(is_active=True, department__in=_below(roots))
    return people.exclude(pk__in=rules.not_expected(activity))


def items(found: Sequence[Standing]) -> list[Item]:
    """Every question that was drawn, hardest first: two queries however many papers."""
    counted = {one.attempt.pk: one.attempt.points for one in found if not one.is_pending}
    rows = AttemptItem.objects.filter(attempt__in=counted).order_by().values_list(
        "question", "attempt", "awarded", "points"
    )  # fmt: skip
    by_question: dict[int, list[tuple[Decimal, float]]] = defaultdict(list)
    for question, attempt, awarded, points in rows:
        if awarded is not None:
            by_question[question].append((counted[attempt], float(awarded) / points))
    questions = ExamQuestion.objects.select_related("bank").in_bulk(by_question)
    stats = [Item(questions[pk], len(rates), *statistics.rates(rates)) for pk, rates in by_question.items()]
    return sorted(stats, key=lambda one: (1 if one.p is None else one.p, one.question.pk))


def _better(one: Attempt, other: Attempt) -> bool:
    """A paper that waits for its marker may still be the better one: it is pending until then."""
    if one.points is None or other.points is None:
        return one.points is None
    return one.points > other.points


def _below(roots: Iterable[int]) -> list[int]:
    """These departments and all below them: one query for the small tree."""
    children = defaultdict(list)
    for pk, parent in Department.objects.order_by().values_list("pk", "parent"):
        children[parent].append(pk)
    found, waiting = [], list(roots)
    while waiting:
        pk = waiting.pop()
        found.append(pk)
        waiting += children[pk]
    return found


def _departments_in_order() -> list[int]:
    return list(Department.objects.with_tree_fields().values_list("pk", flat=True))


def _ids(people: QuerySet[User]) -> set[int]:
    return set(people.order_by().values_list("pk", flat=True))
