"""What is said about a survey once it is over: the 分析说明, and single texts, masked, by choice."""

from django.db import transaction

from interaction.models import Activity, Survey, SurveyAnswer
from interaction.rules import activities as activity_rules
from interaction.rules import surveys as rules
from portal import audit
from portal.models import User
from portal.workflow import NotAllowed, Refused, TooLate


@transaction.atomic
def comment(activity: Activity, text: str, *, by: User) -> None:
    """写分析说明: published along with the results, which it must precede."""
    if not rules.may_comment(by, activity):
        raise NotAllowed("您没有这项调查的采集或发布权限")
    if not activity_rules.may_see_results(by, activity):
        raise TooLate("调查结束后才能写分析说明")
    survey = Survey.objects.select_for_update(no_key=True).get(pk=activity.pk)
    survey.comment, survey.commented_by = text.strip(), by
    survey.save()
    audit.record("comment", "写分析说明", activity, actor=by)


@transaction.atomic
def show_text(activity: Activity, answer: SurveyAnswer, text: str, *, by: User) -> None:
    """公布 one text as it stands in `text`; the original stays as it is and with the office."""
    if not text.strip():
        raise Refused("请填写要公布的文字", "text")
    _set(activity, answer, text.strip(), by, "show_text", "公布一条文字答案")


@transaction.atomic
def hide_text(activity: Activity, answer: SurveyAnswer, *, by: User) -> None:
    """不再公布 it."""
    _set(activity, answer, "", by, "hide_text", "收回一条文字答案")


def _set(activity: Activity, answer: SurveyAnswer, text: str, by: User, verb: str, label: str) -> None:
    if not rules.may_publish_texts(by, activity):
        raise NotAllowed(f"您没有“{activity.site}”全站的发布权限")
    if not activity_rules.may_see_results(by, activity):
        raise TooLate("调查结束后才能公布文字答案")
    answer = SurveyAnswer.objects.select_for_update(no_key=True).get(pk=answer.pk, sheet__activity=activity)
    answer.shown_text = text
    answer.save()
    audit.record(verb, label, activity, actor=by, note=answer.question.text[:80])
