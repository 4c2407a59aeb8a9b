"""Making a poll: its questions and options, an appraisal's items and scale, and what keeps it from review."""

import pytest
from django.urls import reverse

from interaction.enums.activities import ActivityKind
from interaction.models import Activity, PollQuestion
from interaction.operations import activities as activity_operations
from interaction.operations import activity_moves as moves
from interaction.rules import activities as rules
from portal.models import AuditEntry
from portal.workflow import Refused
from tests.interaction.activity_kit import make
from tests.interaction.poll_kit import OPTIONS, appraisal, poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(client, office):
    client.force_login(office.collector)
    return client


def rows(prefix: str, *lines, points=()) -> dict:
    data = {f"{prefix}-TOTAL_FORMS": len(lines) + 2, f"{prefix}-INITIAL_FORMS": 0}
    for place, line in enumerate(lines):
        data |= {f"{prefix}-{place}-text": line, f"{prefix}-{place}-description": ""}
    return data | {f"{prefix}-{place}-points": one for place, one in enumerate(points)}


def asked(activity: Activity, **fields) -> dict:
    data = {
        "text": "您推荐哪个窗口？",
        "least": 1,
        "most": 2,
        "version": Activity.objects.get(pk=activity.pk).version,
    }
    return data | rows("options", *OPTIONS) | fields


def new(activity: Activity) -> str:
    return reverse("desk:poll_question_new", args=[activity.pk])


def test_a_question_is_added_changed_moved_and_dropped(maker, office):
    activity = make(office, ActivityKind.POLL)
    assert maker.post(new(activity), asked(activity)).status_code == 302
    assert maker.post(new(activity), asked(activity, text="第二题")).status_code == 302
    first, second = activity.poll.asked()
    assert [option.text for option in first.choosable] == list(OPTIONS)
    address = reverse("desk:poll_question", args=[activity.pk, first.pk])
    maker.post(address, asked(activity, text="改过的题", **rows("options", "甲", "乙")))
    maker.post(reverse("desk:poll_question_move", args=[activity.pk, second.pk, "up"]))
    assert [(one.text, len(one.choosable)) for one in activity.poll.asked()] == [
        ("第二题", 3),
        ("改过的题", 2),
    ]
    maker.post(reverse("desk:poll_question_move", args=[activity.pk, second.pk, "drop"]))
    assert [one.text for one in activity.poll.asked()] == ["改过的题"]
    assert (
        maker.post(reverse("desk:poll_question_move", args=[activity.pk, first.pk, "burn"])).status_code
        == 404
    )


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"text": ""}, "请填写题目"),
        ({"text": "长" * 201}, "200"),
        ({"least": 3, "most": 2}, "不能少于"),
        ({"most": -1}, "请填 1 至 60 的整数"),
        ({"most": "９９９９９９９９９９９９"}, "请填 1 至 60 的整数"),
        ({"options-0-text": ""}, ""),
        ({"options-1-text": "北桥工商所"}, "有重名的行"),
        ({"options-0-text": "长" * 121}, "不超过 120 字"),
        ({"options-TOTAL_FORMS": "x"}, "表单不完整"),
        ({"options-TOTAL_FORMS": "100000"}, ""),
        ({"options-0-text": "", "options-0-description": "没有名称的说明"}, "这一行没有写名称"),
        ({"text": "零\0字节"}, ""),
    ],
)
def test_odd_input_is_refused_at_its_place_or_does_no_harm(maker, office, wrong, message):
    activity = make(office, ActivityKind.POLL)
    answer = maker.post(new(activity), asked(activity, **wrong))
    assert answer.status_code in ((422,) if message else (302, 422))
    assert message in answer.content.decode()
    if answer.status_code == 422:
        assert PollQuestion.objects.count() == 0


def test_what_is_missing_is_said_before_and_at_the_report(maker, office):
    activity = make(office, ActivityKind.POLL)
    assert rules.issues(activity) == ["请至少加一道投票题"]
    maker.post(new(activity), asked(activity, **rows("options", "只有一个", "", "")))
    assert rules.issues(activity) == ["第 1 题至少要有两个选项"]
    assert "第 1 题至少要有两个选项" in maker.get(activity.desk_url).content.decode()
    with pytest.raises(Refused, match="第 1 题至少要有两个选项"):
        moves.report(activity, by=office.collector)


def test_an_appraisal_begins_with_the_usual_scale_and_takes_another(maker, office):
    activity = make(office, ActivityKind.APPRAISAL)
    assert [(one.text, one.points) for one in activity.poll.levels()] == [
        ("满意", 100), ("基本满意", 60), ("不满意", 0),
    ]  # fmt: skip
    assert rules.issues(activity) == ["请至少填写一个评议对象"]
    address = reverse("desk:poll_edit", args=[activity.pk])
    data = {"ballots": "anonymous", "counts_units": "on", "version": activity.version}
    data |= rows("items", *OPTIONS) | rows("levels", "好", "一般", "差", points=(10, 5, 0))
    assert maker.post(address, data).status_code == 302
    found = Activity.objects.get(pk=activity.pk)
    assert [one.text for one in found.poll.asked()] == list(OPTIONS)
    assert [(one.text, one.points) for one in found.poll.levels()] == [("好", 10), ("一般", 5), ("差", 0)]
    assert (found.poll.counts_units, rules.issues(found)) == (True, [])
    wrong = maker.post(
        address, data | rows("levels", "好", "差", points=("-1", "甲")) | {"version": found.version}
    )
    assert (wrong.status_code, "不小于 0" in wrong.content.decode()) == (422, True)


def test_after_the_report_nothing_can_be_changed(maker, office):
    activity = poll(office, upto="report")
    question = activity.poll.asked()[0]
    assert maker.post(new(activity), asked(activity)).status_code == 409
    maker.post(reverse("desk:poll_question_move", args=[activity.pk, question.pk, "drop"]))
    promise = maker.post(reverse("desk:poll_edit", args=[activity.pk]), {"ballots": "signed"})
    assert (promise.status_code, activity.poll.asked()) == (409, [question])


def test_of_two_who_edit_the_second_is_told(maker, office):
    activity = make(office, ActivityKind.POLL)
    data = asked(activity)
    maker.post(new(activity), data)
    answer = maker.post(new(activity), data | {"text": "晚到的题"})
    assert (answer.status_code, "晚到的题" in answer.content.decode()) == (409, True)


@pytest.mark.parametrize(
    "role", ["head_person", "signer", "inspector", "granter", "auditor", "chief", "staff"]
)
def test_editing_is_for_those_who_collect_on_the_site(client, office, role):
    activity = poll(office, upto="")
    question = activity.poll.asked()[0]
    client.force_login(getattr(office, role))
    for address in (
        reverse("desk:poll_edit", args=[activity.pk]),
        new(activity),
        reverse("desk:poll_question", args=[activity.pk, question.pk]),
    ):
        assert [client.get(address).status_code, client.post(address, asked(activity)).status_code] == [
            404,
            404,
        ]
    assert (
        client.post(reverse("desk:poll_question_move", args=[activity.pk, question.pk, "drop"])).status_code
        == 404
    )


def test_a_question_of_another_poll_has_no_address_here(maker, office):
    one, other = poll(office, upto=""), poll(office, upto="")
    strange = other.poll.asked()[0]
    assert maker.get(reverse("desk:poll_question", args=[one.pk, strange.pk])).status_code == 404
    assert (
        maker.get(reverse("desk:poll_question_new", args=[appraisal(office, upto="").pk])).status_code == 404
    )


def test_a_copy_has_its_own_questions_and_the_same_promise(office):
    activity = poll(office, most=2, is_anonymous=False)
    new_one = activity_operations.copy(activity, by=office.collector)
    (question,) = new_one.poll.asked()
    assert (question.text, question.most, [one.text for one in question.choosable]) == (
        "您推荐哪个窗口？",
        2,
        list(OPTIONS),
    )
    assert (new_one.poll.is_anonymous, activity.poll.asked()[0].pk != question.pk) == (False, True)
    copied = activity_operations.copy(appraisal(office), by=office.collector).poll
    assert ([len(one.choosable) for one in copied.asked()], len(copied.levels())) == ([4, 4, 4], 4)


def test_every_change_of_content_is_on_record(maker, office):
    activity = make(office, ActivityKind.POLL)
    maker.post(new(activity), asked(activity))
    entry = AuditEntry.objects.filter(object_id=str(activity.pk), object_type="interaction.activity").latest(
        "pk"
    )
    assert (entry.verb, entry.actor, entry.note) == ("save_content", office.collector, "您推荐哪个窗口？")
