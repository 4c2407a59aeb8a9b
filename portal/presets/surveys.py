"""`--demo`: sample surveys, answered by the sample people and by visitors through the real operations."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from columns import queries as column_queries
from interaction.enums.activities import ActivityKind
from interaction.enums.surveys import QuestionKind
from interaction.models import Activity, SurveyQuestion
from interaction.operations import sheets, survey_results
from interaction.operations import surveys as operations
from interaction.operations.surveys import Asked
from interaction.queries.surveys import texts_of
from portal import clock
from portal.enums import Power
from portal.models import User
from portal.presets.activities import publish, stage
from portal.presets.scenes import rows


def play(preset: str) -> None:
    """Once, in an office that has no surveys yet."""
    if Activity.objects.filter(kind=ActivityKind.SURVEY).exists():
        return
    for row in rows(preset, "surveys.yaml", "surveys"):
        activity = stage(row, lambda activity, maker, row=row: _fill(activity, maker, row))
        _answer(activity, row["sheets"])
        if row["upto"] == "publish_results":
            with clock.at(activity.closes_at + timedelta(hours=15)):
                sheets.close_surveys()
                _analyse(activity, row)
            publish(activity)


def _fill(activity: Activity, maker: User, row: dict) -> None:
    operations.promise(activity, is_anonymous=row["anonymous"], is_paged=row.get("paged", False), by=maker)
    made: list[SurveyQuestion] = []
    first = activity.survey.sections.first()
    for place, part in enumerate(row["sections"]):
        words = {"title": part["title"], "note": part.get("note", ""), "by": maker}
        section = operations.put_section(activity, **words, section=None if place else first)
        for one in part["questions"]:
            made.append(operations.put_question(activity, _asked(one, made), section=section, by=maker))


def _asked(one: dict, made: list[SurveyQuestion]) -> Asked:
    number, *places = one.get("if", [0])
    options = list(made[number - 1].options.all()) if number else []
    return Asked(
        kind=QuestionKind(one["kind"]), text=one["text"], help=one.get("help", ""),
        is_required=one.get("required", False), least=one.get("least"), most=one.get("most"),
        options=one.get("options", []), shown_options=[options[place - 1] for place in places],
    )  # fmt: skip


def _answer(activity: Activity, rows: list[dict]) -> None:
    """One after another while it is open, some hours apart; whoever is not named is a visitor."""
    activity = Activity.objects.select_related("site", "survey").get(pk=activity.pk)
    questions = activity.survey.asked()
    for turn, row in enumerate(rows, start=1):
        person = User.objects.get(staff_number=row["who"]) if "who" in row else None
        pairs = zip(questions, row["answers"], strict=True)
        answers = {question: _value(question, answer) for question, answer in pairs}
        with clock.at(activity.opens_at + timedelta(hours=2 * turn)):
            sheets.hand_in(activity, answers, nonce=uuid4().hex, by=person)


def _value(question: SurveyQuestion, answer: Any) -> Any:
    if answer is None or not question.type.has_options:
        return answer
    options = list(question.options.all())
    places = answer if isinstance(answer, list) else [answer]
    return [options[place - 1] for place in places]


def _analyse(activity: Activity, row: dict) -> None:
    """分析说明, and the texts worth publishing."""
    person = column_queries.site_holders(activity.site, Power.PUBLISH).order_by("pk").first()
    survey_results.comment(activity, "\n\n".join(row["comment"]), by=person)
    for question in activity.survey.asked():
        for answer in texts_of(question):
            if answer.text in row.get("texts", []):
                survey_results.show_text(activity, answer, answer.text, by=person)
