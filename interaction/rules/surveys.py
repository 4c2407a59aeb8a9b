"""Decisions about surveys that write nothing: what is missing, what is asked of whom, whether a mark is kept."""

from collections.abc import Collection, Mapping, Sequence

from columns import rules as column_rules
from columns.rules import Visitor
from interaction.enums.activities import Participants
from interaction.enums.surveys import QuestionKind
from interaction.models import Activity, Survey, SurveyOption, SurveyQuestion
from portal.enums import Power

Chosen = Mapping[int, Collection[SurveyOption]]
"""By question id the options chosen."""


def issues(activity: Activity) -> list[str]:
    """What is missing before it may be reported, in words."""
    survey = Survey.objects.select_related("activity").get(pk=activity.pk)
    questions = survey.asked()
    found = [] if questions else ["请至少加一道题"]
    if not survey.is_anonymous and activity.participants == Participants.EVERYONE:
        found.append("记名调查须由登录人员填写，请改参加范围或改为不记名")
    places = {question.pk: question.number for question in questions}
    return found + [issue for question in questions for issue in _question_issues(question, places)]


def marks_who_answered(survey: Survey, activity: Activity) -> bool:
    """Whether it is kept that somebody answered, so that they answer once: everywhere but with everyone, anonymously."""
    return not (survey.is_anonymous and activity.participants == Participants.EVERYONE)


def asked_of(questions: Sequence[SurveyQuestion], chosen: Chosen) -> set[int]:
    """Ids of the questions that are asked of whoever chose this: a condition counts where its own question is asked."""
    asked: set[int] = set()
    for question in questions:
        if question.shown_if_id is None:
            asked.add(question.pk)
        elif question.shown_if_id in asked:
            wanted = {option.pk for option in question.shown_options.all()}
            if wanted & {option.pk for option in chosen.get(question.shown_if_id, ())}:
                asked.add(question.pk)
    return asked


def may_comment(user: Visitor, activity: Activity) -> bool:
    """Whether `user` may write the 分析说明: whoever makes or publishes activities on the site."""
    powers = column_rules.powers_of(user)
    return any(powers.has_on_site(power, activity.site_id) for power in (Power.COLLECT, Power.PUBLISH))


def may_publish_texts(user: Visitor, activity: Activity) -> bool:
    """Whether `user` may publish what somebody wrote, answer by answer."""
    return column_rules.powers_of(user).has_on_site(Power.PUBLISH, activity.site_id)


def result_issues(activity: Activity) -> list[str]:
    """What is missing before the analysis may be published: numbers without a word are no analysis (福建第十五条(三))."""
    survey = Survey.objects.get(pk=activity.pk)
    return [] if survey.comment.strip() else ["请先写分析说明，再公布结果"]


def _question_issues(question: SurveyQuestion, places: Mapping[int, int]):
    number, options = question.number, len(question.options.all())
    if question.type.has_options and options < 2:
        yield f"第 {number} 题至少要有两个选项"
    if question.type == QuestionKind.MULTIPLE and (question.least or 0) > options:
        yield f"第 {number} 题至少选 {question.least:.0f} 项，但只有 {options} 个选项"
    if question.shown_if_id is None:
        return
    if places.get(question.shown_if_id, number) >= number:
        yield f"第 {number} 题的显示条件须是它前面的题"
    elif not question.shown_options.all():
        yield f"第 {number} 题的显示条件没有选项，请重新选择"
