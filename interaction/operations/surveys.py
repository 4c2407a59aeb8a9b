"""The only writers of what a survey asks and promises. Each begins with `change`: nothing is written after approval."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from interaction.enums.surveys import QuestionKind
from interaction.models import Activity, Survey, SurveyOption, SurveyQuestion, SurveySection
from interaction.operations.activities import change
from portal import audit, richtext
from portal.models import User
from portal.workflow import Refused

MOST_QUESTIONS, MOST_SECTIONS, MOST_OPTIONS = 100, 20, 60


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as typed. `shown_options`: of one earlier question; none means it is asked of everybody."""

    kind: QuestionKind
    text: str
    help: str = ""
    is_required: bool = False
    least: Decimal | int | None = None
    most: Decimal | int | None = None
    options: Sequence[str] = ()
    shown_options: Sequence[SurveyOption] = ()


def begin(activity: Activity) -> None:
    """What a new survey begins with: one section without a heading; part of making the activity."""
    survey = Survey.objects.create(activity=activity)
    SurveySection.objects.create(survey=survey, position=1)


def copy(source: Activity, target: Activity) -> None:
    """The same sections, questions and conditions for a new activity; part of copying it."""
    old = source.survey
    survey = Survey.objects.create(activity=target, is_anonymous=old.is_anonymous, is_paged=old.is_paged)
    sections = {one.pk: one for one in old.sections.all()}
    for pk, section in list(sections.items()):
        section.pk, section._state.adding, section.survey = None, True, survey
        section.save()
        sections[pk] = section
    questions: dict[int, SurveyQuestion] = {}
    options: dict[int, SurveyOption] = {}
    for question in old.asked():
        _copy_question(question, sections, questions, options)


@transaction.atomic
def promise(
    activity: Activity, *, is_anonymous: bool, is_paged: bool, by: User, version: int | None = None
) -> None:
    """不记名 or signed, and whether it is filled in page by page."""
    activity = change(activity, by=by, version=version)
    Survey.objects.filter(pk=activity.pk).update(is_anonymous=is_anonymous, is_paged=is_paged)
    audit.record(
        "save_content", "设定填写方式", activity, actor=by, note="不记名" if is_anonymous else "记名"
    )


@transaction.atomic
def put_section(
    activity: Activity,
    *,
    title: str,
    note: str,
    by: User,
    section: SurveySection | None = None,
    version: int | None = None,
) -> SurveySection:
    """Add a section at the end, or change its heading."""
    activity = change(activity, by=by, version=version)
    survey = activity.survey
    if section is None:
        if survey.sections.count() >= MOST_SECTIONS:
            raise Refused(f"一份问卷最多 {MOST_SECTIONS} 个部分")
        section = SurveySection(survey=survey, position=_last(survey.sections) + 1)
    section.title, section.note = richtext.one_line(title), richtext.one_line(note)
    section.save()
    audit.record("save_content", "保存部分", activity, actor=by, note=str(section))
    return section


@transaction.atomic
def put_question(
    activity: Activity,
    asked: Asked,
    *,
    by: User,
    section: SurveySection | None = None,
    question: SurveyQuestion | None = None,
    version: int | None = None,
) -> SurveyQuestion:
    """Add a question at the end of `section` (the last one where none is named), or change `question`.

    Options keep their identity by their words, so that conditions of later questions hold.
    """
    activity = change(activity, by=by, version=version)
    survey = activity.survey
    if question is None:
        if SurveyQuestion.objects.filter(section__survey=survey).count() >= MOST_QUESTIONS:
            raise Refused(f"一份问卷最多 {MOST_QUESTIONS} 题")
        section = section or survey.sections.last()
        question = SurveyQuestion(section=section, position=_last(section.questions) + 1)
    question.kind, question.is_required = asked.kind, asked.is_required
    question.text, question.help = richtext.one_line(asked.text), richtext.one_line(asked.help)
    limited = bool(asked.kind.limits)
    question.least, question.most = (asked.least, asked.most) if limited else (None, None)
    question.shown_if_id = _condition(asked.shown_options)
    question.save()
    question.shown_options.set(asked.shown_options)
    _put_options(question, asked.options if asked.kind.has_options else ())
    audit.record("save_content", "保存题目", activity, actor=by, note=question.text[:80])
    return question


@transaction.atomic
def drop(activity: Activity, thing: SurveySection | SurveyQuestion, *, by: User) -> None:
    """Delete a question, or a section with all its questions; a survey keeps one section.

    What later questions take as their condition stays until they are changed: else they would be asked of everybody.
    """
    activity = change(activity, by=by)
    going = (
        [thing.pk]
        if isinstance(thing, SurveyQuestion)
        else list(thing.questions.values_list("pk", flat=True))
    )
    if later := SurveyQuestion.objects.filter(shown_if__in=going).exclude(pk__in=going).first():
        raise Refused(f"“{later}”以它为显示条件，请先修改那道题")
    if isinstance(thing, SurveySection) and activity.survey.sections.count() == 1:
        raise Refused("问卷至少要有一个部分")
    audit.record("save_content", "删除题目或部分", activity, actor=by, note=str(thing)[:80])
    thing.delete()


@transaction.atomic
def move(activity: Activity, thing: SurveySection | SurveyQuestion, *, up: bool, by: User) -> None:
    """One place up or down among its like. A question at the edge of its section goes into the next one."""
    activity = change(activity, by=by)
    if isinstance(thing, SurveySection):
        _swap(list(activity.survey.sections.all()), thing, up)
    elif not _swap(list(thing.section.questions.all()), thing, up):
        _to_next_section(list(activity.survey.sections.all()), thing, up)


def _last(rows) -> int:
    return rows.order_by("-position").values_list("position", flat=True).first() or 0


def _condition(options: Sequence[SurveyOption]) -> int | None:
    questions = {option.question_id for option in options}
    if len(questions) > 1:
        raise Refused("显示条件只能取自同一道题的选项", "shown_options")
    return questions.pop() if questions else None


def _put_options(question: SurveyQuestion, texts: Sequence[str]) -> None:
    known = {option.text: option for option in question.options.all()}
    for position, text in enumerate(texts[:MOST_OPTIONS], start=1):
        text = richtext.one_line(text)
        option = known.pop(text, None) or SurveyOption(question=question, text=text)
        option.position = position
        option.save()
    for option in known.values():
        option.delete()


def _swap(rows: list, thing, up: bool) -> bool:
    """False when there is no place to go to."""
    here = rows.index(thing)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return False
    rows[here], rows[there] = rows[there], rows[here]
    _number(rows)
    return True


def _to_next_section(sections: list[SurveySection], question: SurveyQuestion, up: bool) -> None:
    here = sections.index(question.section)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(sections):
        return
    question.section = sections[there]
    question.save()
    rows = [one for one in sections[there].questions.all() if one != question]
    _number([*rows, question] if up else [question, *rows])


def _number(rows: list) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position
    type(rows[0]).objects.bulk_update(rows, ["position"])


def _copy_question(
    question: SurveyQuestion,
    sections: dict[int, SurveySection],
    questions: dict[int, SurveyQuestion],
    options: dict[int, SurveyOption],
) -> None:
    """By the keys of the old ones the new ones are found, for the conditions of later questions."""
    old, own = question.pk, list(question.options.all())
    condition, wanted = question.shown_if_id, list(question.shown_options.all())
    question.pk, question._state.adding = None, True
    question.section = sections[question.section_id]
    question.shown_if = questions.get(condition)
    question.save()
    questions[old] = question
    for option in own:
        key = option.pk
        option.pk, option._state.adding, option.question = None, True, question
        option.save()
        options[key] = option
    question.shown_options.set([options[one.pk] for one in wanted if one.pk in options])
