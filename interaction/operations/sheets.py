"""An answered sheet, written once; and the sheets put in no order when it is over.

Nothing here writes to the audit trail and nothing tells who answered what.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import SystemRandom
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from interaction.models import (
    Activity,
    Survey,
    SurveyAnswer,
    SurveyOption,
    SurveyQuestion,
    SurveySheet,
    VoterMark,
)
from interaction.operations.ballots import AT_A_TIME, AlreadyVoted
from interaction.queries import surveys as queries
from interaction.rules import activities as activity_rules
from interaction.rules import surveys as rules
from portal import clock
from portal.models import User
from portal.sweeps import sweep
from portal.workflow import Refused

Value = str | int | Decimal | date | Iterable[SurveyOption] | None
Answers = Mapping[SurveyQuestion, Value]


def hand_in(activity: Activity, answers: Answers, *, nonce: str, by: User | None) -> bool:
    """提交答卷: by question what was answered, empty ones left out; False when this very form had arrived before.

    `nonce` is the form's own. `by` is None for somebody who did not sign in. What is not asked of whoever answers
    so is dropped. Raises Refused outside its time or for those not invited, AlreadyVoted the second time.
    """
    if against := activity_rules.why_not_take_part(by or AnonymousUser(), activity):
        raise Refused(against)
    marked = rules.marks_who_answered(activity.survey, activity)
    try:
        with transaction.atomic():
            if marked and by is not None:
                VoterMark.objects.create(activity=activity, voter=by)
            _put(activity, answers, nonce, by)
    except IntegrityError as error:
        if marked and by is not None and queries.has_answered(activity, by):
            raise AlreadyVoted("您已提交过答卷，每人一份，本次不再计入") from error
        if SurveySheet.objects.filter(nonce=nonce).exists():
            return False
        raise
    return True


@sweep("close_surveys", every=timedelta(minutes=10), label="调查结束后整理答卷")
def close_surveys() -> int:
    """Mix the anonymous sheets of every survey that is over."""
    done = 0
    for pk in list(queries.to_close().values_list("pk", flat=True)):
        with transaction.atomic():
            survey = Survey.objects.select_for_update(no_key=True).get(pk=pk)
            if survey.closed_at is None:
                survey.closed_at = clock.now()
                survey.save()
                if survey.is_anonymous:
                    _mix(survey.activity)
                done += 1
    return done


def _put(activity: Activity, answers: Answers, nonce: str, by: User | None) -> None:
    is_signed = by is not None and not activity.survey.is_anonymous
    sheet = SurveySheet.objects.create(
        activity=activity, nonce=nonce, voter=by if is_signed else None,
        department_id=by.department_id if is_signed else None,
    )  # fmt: skip
    chosen = {one.pk: value for one, value in answers.items() if one.type.has_options}
    asked = rules.asked_of(list(answers), {pk: value or () for pk, value in chosen.items()})
    SurveyAnswer.objects.bulk_create(
        answer
        for question, value in answers.items()
        if question.pk in asked
        for answer in _answers(sheet, question, value)
    )


def _answers(sheet: SurveySheet, question: SurveyQuestion, value: Value) -> list[SurveyAnswer]:
    if value is None or value == "" or value == []:
        return []
    if question.type.has_options:
        return [SurveyAnswer(sheet=sheet, question=question, option=option) for option in value]
    if question.type.is_text:
        return [SurveyAnswer(sheet=sheet, question=question, text=value)]
    if isinstance(value, date):
        return [SurveyAnswer(sheet=sheet, question=question, day=value)]
    return [SurveyAnswer(sheet=sheet, question=question, number=value)]


def _mix(activity: Activity) -> None:
    """As with ballots: marks, sheets and answers anew in no order and under new keys; the forms' nonces are forgotten."""
    shuffle = SystemRandom().shuffle
    marks = list(VoterMark.objects.filter(activity=activity))
    sheets = list(SurveySheet.objects.filter(activity=activity).prefetch_related("answers"))
    answers = [answer for sheet in sheets for answer in sheet.answers.all()]
    VoterMark.objects.filter(activity=activity).delete()
    SurveySheet.objects.filter(activity=activity).delete()
    keys = {sheet.pk: uuid4() for sheet in sheets}
    for sheet in sheets:
        sheet.pk, sheet.nonce = keys[sheet.pk], uuid4().hex
    for answer in answers:
        answer.pk, answer.sheet_id = uuid4(), keys[answer.sheet_id]
    for mark in marks:
        mark.pk = uuid4()
    for rows in (marks, sheets, answers):
        shuffle(rows)
    VoterMark.objects.bulk_create(marks, batch_size=AT_A_TIME)
    SurveySheet.objects.bulk_create(sheets, batch_size=AT_A_TIME)
    SurveyAnswer.objects.bulk_create(answers, batch_size=AT_A_TIME)
