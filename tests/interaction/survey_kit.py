"""What tests about surveys share: one with every kind of question and a condition, sheets as browsers send them."""

from interaction.enums.activities import ActivityKind, Participants
from interaction.enums.surveys import QuestionKind
from interaction.models import Activity, SurveyQuestion
from interaction.operations import sheets
from interaction.operations import surveys as operations
from interaction.operations.surveys import Asked
from portal.forms.visitors import new_stamp
from portal.models import User
from tests.interaction.activity_kit import make, take

KIND = QuestionKind


def survey(office, *, upto: str = "approve", is_anonymous: bool = True, **fields) -> Activity:
    """1 单选 办过没有 (必答); 2 多选 办了什么, one or two, and 3 打分 (必答), both only if 办过; 4 长文字;
    5 数字 0–100; 6 日期. For everyone unless `participants` says otherwise.
    """
    fields = {"title": "办事体验调查", "participants": Participants.EVERYONE, **fields}
    activity = make(office, ActivityKind.SURVEY, **fields)
    by = {"by": office.collector}
    first = operations.put_question(
        activity,
        Asked(kind=KIND.SINGLE, text="今年来窗口办过事吗", is_required=True, options=["办过", "没办过"]),
        **by,
    )
    done = [first.options.first()]
    for asked in (
        Asked(kind=KIND.MULTIPLE, text="办了什么", least=1, most=2, options=["登记", "年报", "投诉"], shown_options=done),
        Asked(kind=KIND.SCALE_5, text="打几分", is_required=True, shown_options=done),
        Asked(kind=KIND.LONG, text="有什么建议", most=20),
        Asked(kind=KIND.NUMBER, text="等了多少分钟", least=0, most=100),
        Asked(kind=KIND.DATE, text="最近一次是哪天"),
    ):  # fmt: skip
        operations.put_question(activity, asked, **by)
    operations.promise(activity, is_anonymous=is_anonymous, is_paged=False, **by)
    return take(Activity.objects.get(pk=activity.pk), office, upto)


def asked(activity: Activity) -> list[SurveyQuestion]:
    return Activity.objects.get(pk=activity.pk).survey.asked()


def typed(activity: Activity, *values, stamp: str = "") -> dict:
    """What a browser sends: an answer a question in order, options by their place; None is not sent."""
    data = {"homepage": "", "stamp": stamp or new_stamp(seconds_ago=60)}
    for question, value in zip(asked(activity), values, strict=False):
        if value is None:
            continue
        options = list(question.options.all())
        if options:
            places = value if isinstance(value, tuple) else (value,)
            data[question.field] = [options[place].pk for place in places]
        else:
            data[question.field] = value
    return data


def answer(activity: Activity, person: User | None, *values, nonce: str) -> bool:
    """A sheet handed in by the operation itself."""
    activity = Activity.objects.get(pk=activity.pk)
    answers = {}
    for question, value in zip(activity.survey.asked(), values, strict=False):
        options = list(question.options.all())
        places = value if isinstance(value, tuple) else (value,)
        answers[question] = [options[place] for place in places] if options and value is not None else value
    return sheets.hand_in(activity, answers, nonce=nonce, by=person)
