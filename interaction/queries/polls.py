"""Named reads of polls and appraisals: who has voted, how many could, and what came of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, QuerySet

from interaction.enums.activities import ActivityState, Participants, Phase
from interaction.models import Activity, Ballot, BallotChoice, Poll, PollOption, PollQuestion, VoterMark
from interaction.rules import polls as rules
from portal import lineage
from portal.models import Department, User

Counts = Mapping[tuple[int, int], int]
"""Votes by (question id, option id)."""


def has_voted(activity: Activity, user: User) -> bool:
    return VoterMark.objects.filter(activity=activity, voter=user).exists()


def voted(activity: Activity) -> int:
    return VoterMark.objects.filter(activity=activity).count()


def invited(activity: Activity) -> int:
    """How many people may vote: those who can sign in, in the named departments and below them, or anywhere."""
    people = User.objects.filter(is_active=True)
    if activity.participants == Participants.DEPARTMENTS:
        named = set(activity.departments.order_by().values_list("pk", flat=True))
        people = people.filter(department__in=lineage.beneath(named, lineage.department_parents()))
    return people.count()


def to_close() -> QuerySet[Poll]:
    """Polls that are over and whose ballots have not been put in order yet."""
    over = Activity.objects.in_phase(Phase.CLOSED) | Activity.objects.filter(state=ActivityState.WITHDRAWN)
    return Poll.objects.filter(closed_at=None, activity__in=over.order_by().values("pk"))


@dataclass(frozen=True)
class Line:
    """What one option got."""

    option: PollOption
    count: int


@dataclass(frozen=True)
class Tally:
    """What one question came to. `ballots`: how many were cast."""

    question: PollQuestion
    lines: list[Line]
    ballots: int

    @property
    def highest(self) -> int:
        return max((line.count for line in self.lines), default=0)

    @cached_property
    def ranked(self) -> list[Line]:
        """Most votes first; of equals the one listed first."""
        return sorted(self.lines, key=lambda line: -line.count)

    @property
    def most_points(self) -> int:
        """What the average is measured against."""
        return max((line.option.points or 0 for line in self.lines), default=0)

    @property
    def average(self) -> float | None:
        """Of the points that the levels carry; a level without points does not count."""
        rated = [(line.option.points, line.count) for line in self.lines if line.option.points is not None]
        number = sum(count for _, count in rated)
        return sum(points * count for points, count in rated) / number if number else None


@dataclass(frozen=True)
class UnitTally:
    """What one unit's ballots came to."""

    department: Department
    ballots: int
    tallies: list[Tally]


@dataclass(frozen=True)
class PollResults:
    """Everything the results' pages show. `hidden`: how many ballots are in no unit of the breakdown."""

    tallies: list[Tally]
    ballots: int
    invited: int
    units: list[UnitTally] = field(default_factory=list)
    hidden: int = 0

    @property
    def with_units(self) -> list[tuple[Tally, list[tuple[UnitTally, list[Line]]]]]:
        """Every question with what it came to in each unit."""
        return [
            (tally, [(unit, unit.tallies[place].lines) for unit in self.units])
            for place, tally in enumerate(self.tallies)
        ]

    @property
    def by_average(self) -> list[Tally]:
        """The best rated first."""
        return sorted(self.tallies, key=lambda tally: -(tally.average or 0))


def results_of(activity: Activity) -> PollResults:
    """Counted from the ballots. Whether anybody may see them is for `rules.activities.may_see_results` to say."""
    poll, questions = activity.poll, activity.poll.asked()
    ballots = Ballot.objects.filter(activity=activity).count()
    choices = BallotChoice.objects.filter(ballot__activity=activity).order_by()
    counted = choices.values_list("question", "option").annotate(Count("pk"))
    counts = {(question, option): number for question, option, number in counted}
    units, hidden = _units(activity, questions) if poll.has_units else ([], 0)
    number = invited(activity) if poll.invited is None else poll.invited
    return PollResults(_tallies(questions, counts, ballots), ballots, max(number, ballots), units, hidden)


def signed_ballots(activity: Activity) -> QuerySet[Ballot]:
    """The ballots of a signed poll with their voters and choices, for whoever handles it; none of an anonymous one."""
    rows = Ballot.objects.filter(activity=activity, voter__isnull=False).select_related("voter", "department")
    return rows.prefetch_related("choices__option").order_by("department__position", "voter__staff_number")


def shown_units(ballots: Mapping[int, int], others: int, least: int) -> set[int]:
    """Ids of the units whose results may stand for themselves; `others` are ballots without a unit.

    Each has at least `least` voters, and those left out have as many together: else what they chose could be had by
    taking the shown ones from the whole.
    """
    shown = [unit for unit, number in ballots.items() if number >= least]
    shown.sort(key=lambda unit: ballots[unit])
    left_out = others + sum(number for unit, number in ballots.items() if number < least)
    while shown and 0 < left_out < least:
        left_out += ballots[shown.pop(0)]
    return set(shown)


def _units(activity: Activity, questions: list[PollQuestion]) -> tuple[list[UnitTally], int]:
    rows = Ballot.objects.filter(activity=activity).order_by().values_list("department").annotate(Count("pk"))
    ballots = dict(rows)
    others = ballots.pop(None, 0)
    shown = shown_units(ballots, others, rules.least_voters())
    chosen = BallotChoice.objects.filter(ballot__activity=activity, ballot__department__in=shown).order_by()
    counts: dict[int, Counter] = {unit: Counter() for unit in shown}
    per_unit = chosen.values_list("ballot__department", "question", "option").annotate(Count("pk"))
    for unit, question, option, number in per_unit:
        counts[unit][question, option] = number
    departments = Department.objects.filter(pk__in=shown).order_by("position", "pk")
    units = [
        UnitTally(one, ballots[one.pk], _tallies(questions, counts[one.pk], ballots[one.pk]))
        for one in departments
    ]
    return units, others + sum(ballots.values()) - sum(unit.ballots for unit in units)


def _tallies(questions: Iterable[PollQuestion], counts: Counts, ballots: int) -> list[Tally]:
    return [
        Tally(one, [Line(option, counts.get((one.pk, option.pk), 0)) for option in one.choosable], ballots)
        for one in questions
    ]
