"""Letters and questions: answered in time, late, not at all; what the writers thought of it.

A thing belongs to the month in which its answer fell due, so that a month can be closed.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from assessment.enums.schemes import IndicatorKind as K
from assessment.queries.facts.base import Fact, Line, Options, moments, register
from assessment.rules.points import Tally, Window
from interaction.enums.letters import Satisfaction
from interaction.enums.questions import QuestionState
from interaction.models import Letter, Question
from interaction.queries.letters import ANSWER_LABEL
from portal import clock
from portal.models import Limit

CONTENT = (Satisfaction.SATISFIED, Satisfaction.FAIR)
Model = type[Letter] | type[Question]


def clocks(model: Model, window: Window) -> QuerySet[Limit]:
    """The clocks of answers that fell due in the window; of letters only that of the answer, not those on its way."""
    begins, ends = moments(window)
    rows = Limit.objects.filter(
        subject_type=ContentType.objects.get_for_model(model), due_at__gte=begins, due_at__lt=ends,
        due_at__lte=clock.now(),
    )  # fmt: skip
    return rows.filter(label=ANSWER_LABEL) if model is Letter else rows


def due(model: Model, window: Window, options: Options) -> QuerySet:
    """What had to be answered in the window, with its clock as `due_at` and `met_at`."""
    found = clocks(model, window)
    own = found.filter(subject_id=OuterRef("pk")).order_by("-due_at")
    rows = model.objects.filter(pk__in=found.values("subject_id"), department__isnull=False).select_related(
        "site"
    )
    if model is Question:
        rows = rows.exclude(state=QuestionState.REFUSED)
    rows = rows.annotate(due_at=Subquery(own.values("due_at")[:1]), met_at=Subquery(own.values("met_at")[:1]))
    return rows.order_by("-due_at", "-pk")


def in_time(model: Model, window: Window, options: Options) -> QuerySet:
    return due(model, window, options).filter(pk__in=_kept(model, window))


def missed(model: Model, window: Window, options: Options) -> QuerySet:
    """Answered late, or not yet."""
    return due(model, window, options).exclude(pk__in=_kept(model, window))


def unanswered(model: Model, window: Window, options: Options) -> QuerySet:
    return due(model, window, options).filter(met_at=None)


def tally(model: Model, part: Callable[..., QuerySet], window: Window, options: Options) -> dict[int, Tally]:
    """How many of `part` among all that fell due, by department. One query."""
    chosen = Q(pk__in=part(model, window, options).order_by().values("pk"))
    rows = due(model, window, options).order_by().values("department")
    found = rows.annotate(number=Count("pk", filter=chosen), of=Count("pk"))
    return _tallies(found)


def rated(window: Window, options: Options) -> QuerySet[Letter]:
    begins, ends = moments(window)
    rows = Letter.objects.filter(rated_at__gte=begins, rated_at__lt=ends, department__isnull=False)
    return rows.exclude(satisfaction="").select_related("site").order_by("-rated_at", "-pk")


def content(window: Window, options: Options) -> QuerySet[Letter]:
    return rated(window, options).filter(satisfaction__in=CONTENT)


def tally_rated(window: Window, options: Options) -> dict[int, Tally]:
    rows = rated(window, options).order_by().values("department")
    return _tallies(rows.annotate(number=Count("pk", filter=Q(satisfaction__in=CONTENT)), of=Count("pk")))


def line(row: Any, is_counted: bool) -> Line:
    """The title of a letter names nobody; who wrote it is on its own page, for whoever may see it."""
    due_on = clock.local(row.due_at).date()
    answered = f"{clock.local(row.met_at):%Y-%m-%d} 答复" if row.met_at else "尚未答复"
    return Line(
        row.pk, row.department_id, row.title, due_on, is_counted, row.get_absolute_url(),
        why=f"{answered}，限期 {due_on:%Y-%m-%d}",
    )  # fmt: skip


def rated_line(row: Letter, is_counted: bool) -> Line:
    on, words = clock.local(row.rated_at).date(), row.get_satisfaction_display()
    return Line(row.pk, row.department_id, row.title, on, is_counted, row.get_absolute_url(), why=words)


def _kept(model: Model, window: Window) -> QuerySet:
    return clocks(model, window).filter(met_at__lte=F("due_at")).values("subject_id")


def _tallies(rows: QuerySet) -> dict[int, Tally]:
    return {row["department"]: Tally(Decimal(row["number"]), Decimal(row["of"])) for row in rows}


def _answers(key: str, label: str, word: str, explains: str, thing: str, model: Model, part, kinds) -> Fact:
    return Fact(
        key, label, word, explains, thing, frozenset(kinds), "department", partial(tally, model, part),
        partial(due, model), partial(part, model), line,
    )  # fmt: skip


DUE = "答复限期落在期内的"
register(
    _answers(
        "letters_in_time", "来信按时答复", "件", f"{DUE}来信中，在限期内答复的；比例为按时件数除以到期件数。",
        "letter", Letter, in_time, {K.RATIO, K.COUNTED, K.BANDED},
    ),
    _answers(
        "letters_missed", "来信逾期或未答复", "件", f"{DUE}来信中，逾期答复或至今未答复的。",
        "letter", Letter, missed, {K.DEDUCTED, K.COUNTED},
    ),
    _answers(
        "letters_unanswered", "来信未答复", "件", f"{DUE}来信中，至今未答复的。",
        "letter", Letter, unanswered, {K.DEDUCTED, K.COUNTED},
    ),
    _answers(
        "questions_in_time", "提问按时答复", "件", f"{DUE}提问中，在限期内答复的；比例为按时件数除以到期件数。",
        "question", Question, in_time, {K.RATIO, K.COUNTED, K.BANDED},
    ),
    _answers(
        "questions_missed", "提问逾期或未答复", "件", f"{DUE}提问中，逾期答复或至今未答复的。",
        "question", Question, missed, {K.DEDUCTED, K.COUNTED},
    ),
    Fact(
        "satisfaction", "来信评价满意", "件", "期内有评价的来信中，评为满意或基本满意的；比例为满意件数除以评价件数。",
        "letter", frozenset({K.RATIO, K.VOTE}), "department", tally_rated, rated, content, rated_line,
    ),
)  # fmt: skip
