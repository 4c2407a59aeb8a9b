"""`--demo`: sample questions, asked, answered along the column's route and discussed by the sample people."""

import uuid

from django.db import transaction

from columns import queries as column_queries
from columns.enums import ColumnKind
from columns.models import Column
from interaction.models import Answer, Question
from interaction.operations import answers
from interaction.operations import questions as operations
from interaction.queries import questions as queries
from interaction.rules import answers as answer_rules
from portal import clock
from portal.enums import Power
from portal.models import User
from portal.presets import source
from portal.presets.comments import discuss
from portal.presets.days import Days

MARK = uuid.UUID("6f1c1f5e-0c7d-4c8e-9d55-3f1f3a0c1a03")


@transaction.atomic
def play(preset: str) -> None:
    """Nothing where anybody has asked already, nor where the preset brings no questions."""
    path = source.folder(preset) / "demo" / "questions.yaml"
    if not path.exists() or Question.objects.exists():
        return
    days = Days()
    for place, row in enumerate(source.read_file(path, "questions.yaml")["questions"]):
        question = _ask(row, days, place)
        _handle(question, row, days, place)


def _ask(row: dict, days: Days, place: int) -> Question:
    column = Column.objects.select_related("site__department").filter(
        site__key=row["site"], kind=ColumnKind.QUESTIONS
    )[0]
    asker = User.objects.get(staff_number=row["asker"])
    department = queries.answering_departments(column)[0]
    with clock.at(days.at(row["asked"], 9, 10 + 3 * place % 45)):
        return operations.ask(
            column, department, title=row["title"], body=row["body"], by=asker,
            key=uuid.uuid5(MARK, f"{row['site']}-{row['title']}"),
        )  # fmt: skip


def _handle(question: Question, row: dict, days: Days, place: int) -> None:
    upto, answerer = row["upto"], queries.answerers(question).order_by("pk").first()
    if upto == "refuse":
        with clock.at(days.at(row["asked"], 15, 30)):
            operations.refuse(question, by=answerer, note=row["reason"])
    if "answer" in row:
        with clock.at(days.at(row["answered"], 10, 8 + 3 * place % 45)):
            _answer(question, row, answerer)
        if upto in ("answer", "close"):
            question.refresh_from_db()
            _afterwards(question, row, answerer, days)


def _answer(question: Question, row: dict, answerer: User) -> None:
    """拟稿 → 审核 → 答复, as far as `upto` says."""
    if row["upto"] == "draft":
        answers.save(question, text=row["answer"], version=0, by=answerer)
        return
    answer = answers.finish(question, text=row["answer"], version=0, by=answerer)
    while row["upto"] != "review" and (step := answer_rules.current_step(answer)):
        reviewer = answer_rules.deciders(answer, Power(step.power))[0]
        if row["upto"] == "return":
            answers.return_(step, by=reviewer, note=row["reason"])
            return
        answer: Answer = answers.approve(step, by=reviewer)


def _afterwards(question: Question, row: dict, answerer: User, days: Days) -> None:
    later = days.at(max(row["answered"] - 1, 0), 11, 40)
    with clock.at(later):
        for number in row.get("useful", []):
            operations.mark_useful(question, by=User.objects.get(staff_number=number))
        if faq := row.get("faq"):
            moderator = column_queries.holders(question.column, Power.PUBLISH).order_by("pk").first()
            operations.make_faq(question, by=moderator, title="" if faq is True else faq)
    discuss(question, row.get("discussion", []), days)
    if row["upto"] == "close":
        with clock.at(days.at(1, 17)):
            operations.close(question, by=answerer)
