"""Named reads of surveys: who has answered, and what came of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median

from django.db.models import Count, F, IntegerField, QuerySet, Value

from interaction.enums.activities import ActivityState, Phase
from interaction.models import Activity, Survey, SurveyAnswer, SurveyQuestion, SurveySheet, VoterMark
from interaction.queries.polls import shown_units
from interaction.rules.polls import least_voters
from portal.models import Department, User

TEXTS_SHOWN = 5


def has_answered(activity: Activity, user: User) -> bool:
    return VoterMark.objects.filter(activity=activity, voter=user).exists()


def to_close() -> QuerySet[Survey]:
    """Surveys that are over and whose sheets have not been put in order yet."""
    over = Activity.objects.in_phase(Phase.CLOSED) | Activity.objects.filter(state=ActivityState.WITHDRAWN)
    return Survey.objects.filter(closed_at=None, activity__in=over.order_by().values("pk"))


@dataclass(frozen=True)
class Bar:
    """How often one option, or one mark of a scale, was chosen."""

    label: str
    count: int


@dataclass
class Figures:
    """What one question came to. `answered`: how many answered it; the rest as its kind has it."""

    question: SurveyQuestion
    answered: int = 0
    bars: list[Bar] = field(default_factory=list)
    average: float | None = None
    middle: float | None = None
    lowest: float | date | None = None
    highest: float | date | None = None
    texts: list[str] = field(default_factory=list)

    @property
    def most(self) -> int:
        return max((bar.count for bar in self.bars), default=0)


@dataclass(frozen=True)
class UnitFigures:
    department: Department
    sheets: int
    figures: list[Figures]


@dataclass(frozen=True)
class SurveyResults:
    """Everything the analysis shows. `hidden`: how many sheets are in no unit of the cross table."""

    sheets: int
    figures: list[Figures]
    units: list[UnitFigures] = field(default_factory=list)
    hidden: int = 0

    @property
    def crossed(self) -> list[tuple[Figures, list[tuple[UnitFigures, Figures]]]]:
        """Every question that can be compared, with what it came to in each unit."""
        return [
            (figures, [(unit, unit.figures[place]) for unit in self.units])
            for place, figures in enumerate(self.figures)
            if figures.question.type.has_options or figures.question.type.top
        ]


def results_of(activity: Activity, *, publicly: bool) -> SurveyResults:
    """Counted from the sheets; of texts only what is published where it is `publicly` shown.

    Whether anybody may see them is for `rules.activities.may_see_results` to say.
    """
    questions = activity.survey.asked()
    sheets = SurveySheet.objects.filter(activity=activity).count()
    figures = _figures(questions, _read(SurveyAnswer.objects.filter(sheet__activity=activity))[None])
    _add_texts(figures, activity, publicly)
    units, hidden = ([], 0) if activity.survey.is_anonymous else _units(activity, questions)
    return SurveyResults(sheets, figures, units, hidden)


def texts_of(question: SurveyQuestion) -> QuerySet[SurveyAnswer]:
    """What was written to one question, those not yet published first; their order says nothing of when."""
    return question.answers.exclude(text="").order_by("shown_text", "pk")


def sheets_of(activity: Activity) -> QuerySet[SurveySheet]:
    """All sheets with their answers, in no telling order."""
    rows = SurveySheet.objects.filter(activity=activity).select_related("voter", "department")
    return rows.prefetch_related("answers__option").order_by("pk")


@dataclass
class Raw:
    """What was answered, by question: how many did, every number, every day; and how often each option was chosen."""

    answered: dict[int, int] = field(default_factory=dict)
    chosen: dict[int, int] = field(default_factory=dict)
    numbers: dict[int, list[float]] = field(default_factory=dict)
    days: dict[int, list[date]] = field(default_factory=dict)


def _read(answers: QuerySet[SurveyAnswer], unit: str = "") -> dict[int | None, Raw]:
    """By unit (the path to it), or under None all together; four queries however many questions, sheets and units."""
    found: dict[int | None, Raw] = defaultdict(Raw)
    answers = answers.order_by().annotate(unit=F(unit) if unit else Value(None, IntegerField()))
    answered = answers.values_list("unit", "question").annotate(Count("sheet", distinct=True))
    for of, question, number in answered:
        found[of].answered[question] = number
    for of, option, number in (
        answers.exclude(option=None).values_list("unit", "option").annotate(Count("pk"))
    ):
        found[of].chosen[option] = number
    for of, question, number in answers.exclude(number=None).values_list("unit", "question", "number"):
        found[of].numbers.setdefault(question, []).append(float(number))
    for of, question, day in answers.exclude(day=None).values_list("unit", "question", "day"):
        found[of].days.setdefault(question, []).append(day)
    return found


def _figures(questions: Iterable[SurveyQuestion], raw: Raw) -> list[Figures]:
    return [_one(question, raw) for question in questions]


def _one(question: SurveyQuestion, raw: Raw) -> Figures:
    numbers, days = raw.numbers.get(question.pk, []), raw.days.get(question.pk, [])
    found = Figures(question, raw.answered.get(question.pk, 0))
    if question.type.has_options:
        found.bars = [Bar(option.text, raw.chosen.get(option.pk, 0)) for option in question.options.all()]
    if question.type.top:
        marks = Counter(numbers)
        found.bars = [Bar(f"{mark} 分", marks[mark]) for mark in range(question.type.top, 0, -1)]
    if numbers:
        found.average, found.middle = sum(numbers) / len(numbers), median(numbers)
        found.lowest, found.highest = min(numbers), max(numbers)
    if days:
        found.lowest, found.highest = min(days), max(days)
    return found


def _add_texts(figures: list[Figures], activity: Activity, publicly: bool) -> None:
    wanted = {one.question.pk: one for one in figures if one.question.type.is_text}
    rows = SurveyAnswer.objects.filter(sheet__activity=activity, question__in=wanted).exclude(text="")
    name = "shown_text" if publicly else "text"
    rows = rows.exclude(shown_text="") if publicly else rows
    for question, words in rows.order_by("pk").values_list("question", name):
        if publicly or len(wanted[question].texts) < TEXTS_SHOWN:
            wanted[question].texts.append(words)


def _units(activity: Activity, questions: list[SurveyQuestion]) -> tuple[list[UnitFigures], int]:
    rows = SurveySheet.objects.filter(activity=activity).order_by()
    sheets = dict(rows.values_list("department").annotate(Count("pk")))
    others = sheets.pop(None, 0)
    shown = shown_units(sheets, others, least_voters())
    answers = SurveyAnswer.objects.filter(sheet__activity=activity, sheet__department__in=shown)
    raw = _read(answers, "sheet__department")
    departments = Department.objects.filter(pk__in=shown).order_by("position", "pk")
    units = [UnitFigures(one, sheets[one.pk], _figures(questions, raw[one.pk])) for one in departments]
    return units, others + sum(sheets.values()) - sum(unit.sheets for unit in units)
