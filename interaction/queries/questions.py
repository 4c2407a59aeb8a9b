"""Questions as readers, askers, departments, moderators and inspection find them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from columns import queries as column_queries
from columns import rules as column_rules
from columns.enums import ColumnKind, Duty
from columns.models import Column
from columns.tree import ColumnTree
from interaction.enums.letters import AnswerState
from interaction.enums.questions import OPEN, SHOWN
from interaction.models import Answer, Question, QuestionMark
from interaction.rules import questions as rules
from portal.enums import Power
from portal.likeness import nearest
from portal.models import Department, User

SHOWN_WITH = ("column", "site", "department", "asked_by", "asker_department")
SIMILAR = 5


def question_columns(columns: ColumnTree) -> list[Column]:
    """Those of the visitor's columns that are made of questions."""
    return [one for one in columns if one.kind == ColumnKind.QUESTIONS]


def shown(columns: Iterable[Column]) -> QuerySet[Question]:
    """What readers of these columns find there, lately answered first, with how many found each useful."""
    rows = Question.objects.filter(column__in=[one.pk for one in columns], state__in=SHOWN)
    return with_marks(rows.select_related(*SHOWN_WITH)).order_by("-answered_at", "-pk")


def with_marks(rows: QuerySet[Question]) -> QuerySet[Question]:
    """Each row with `useful`: how many people marked it."""
    marks = QuestionMark.objects.filter(question=OuterRef("pk")).order_by().values("question")
    return rows.annotate(useful=Coalesce(Subquery(marks.annotate(n=Count("pk")).values("n")), 0))


def common(columns: Iterable[Column]) -> QuerySet[Question]:
    """常见问题, the ones found useful most often first."""
    return shown(columns).filter(faq_at__isnull=False).order_by("-useful", "-faq_at")


def holding(rows: QuerySet[Question], words: str) -> QuerySet[Question]:
    """Those of `rows` that have every one of the space-separated `words` in the question or in its answer."""
    for word in words.split():
        said = Answer.objects.filter(question=OuterRef("pk"), state=AnswerState.SENT, text__icontains=word)
        rows = rows.filter(Q(title__icontains=word) | Q(body__icontains=word) | Exists(said))
    return rows


def similar(columns: Iterable[Column], text: str) -> list[Question]:
    """What was answered before and reads like `text`, likest first; one query."""
    return nearest(shown(columns), "title", text, SIMILAR)


def departments_in(rows: QuerySet[Question]) -> list[Department]:
    """Who answered these."""
    return list(Department.objects.filter(pk__in=rows.order_by().values("department")))


def answers_to(question: Question) -> QuerySet[Answer]:
    return question.answers.filter(state=AnswerState.SENT).select_related("department").order_by("pk")


def of(user: User) -> QuerySet[Question]:
    """Everything `user` ever asked, newest first."""
    return with_marks(Question.objects.filter(asked_by=user).select_related(*SHOWN_WITH)).order_by(
        "-asked_at", "-pk"
    )


def answering_departments(column: Column) -> list[Department]:
    """Those with the duty to answer there (信息维护分工); where none has it, whoever keeps the site."""
    division = column_queries.division(column.site)
    found = [
        division.departments[pk]
        for pk, shares in division.shares(column).items()
        if any(share.duty == Duty.ANSWERS for share in shares)
    ]
    return [one for one in found if one.is_active] or [column.site.department]


def answerers(question: Question) -> QuerySet[User]:
    """Who is called to answer: whoever may, of the department it is addressed to; where nobody there may, the
    column's moderators (办法第九条). Never whoever asked, nor who acts for them."""
    column, asker = question.column, {question.asked_by_id}
    people = column_queries.holders(column, Power.ANSWER).filter(is_active=True)
    below = Department.objects.descendants(question.department, include_self=True)
    theirs = set(people.filter(department__in=[one.pk for one in below]).values_list("pk", flat=True))
    theirs |= column_queries.stand_ins(theirs)
    if theirs - asker:
        people = people.filter(pk__in=theirs)
    else:
        people = people.filter(pk__in=column_queries.holders(column, Power.PUBLISH).order_by().values("pk"))
    return people.exclude(pk__in=asker | column_queries.stand_ins(asker))


def to_answer(user: User) -> QuerySet[Question]:
    """Open ones that `user` may answer, and that do not wait for those who approve an answer."""
    powers = column_rules.powers_of(user)
    answers = powers.columns_with(Power.ANSWER)
    if not answers:
        return Question.objects.none()
    mine = Q(column__in=answers & powers.columns_with(Power.PUBLISH))
    mine |= _from(powers.own, powers, column_rules.own_departments(user))
    for principal in rules.lenders(user):
        mine |= _from(powers.lent[principal.pk], powers, column_rules.own_departments(principal))
    barred = {user.pk, *column_rules.principals(user)}
    in_review = Answer.objects.filter(question=OuterRef("pk"), state=AnswerState.IN_REVIEW)
    rows = (
        Question.objects.filter(mine, state__in=OPEN).exclude(asked_by__in=barred).exclude(Exists(in_review))
    )
    return rows.select_related(*SHOWN_WITH)


def overseen(user: User) -> QuerySet[Question]:
    """All questions of the columns where `user` has anything to do, newest first."""
    powers = column_rules.powers_of(user)
    columns = set().union(*(powers.columns_with(power) for power in rules.HANDLES))
    return Question.objects.filter(column__in=columns).select_related(*SHOWN_WITH)


def by_state(rows: QuerySet[Question]) -> dict[str, int]:
    """How many of `rows` stand how."""
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def _from(book: Any, powers: Any, departments: set[int]) -> Q:
    """Questions to these departments in the columns where this book of powers has the one to answer."""
    columns = {pk for pk in powers.parents if book.covers(Power.ANSWER.value, pk, powers.parents)}
    return Q(column__in=columns, department__in=departments)
