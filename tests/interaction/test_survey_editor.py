"""Making a survey: sections, questions, conditions that hold, and what keeps it from review."""

import pytest
from django.urls import reverse

from interaction.enums.activities import ActivityKind
from interaction.models import Activity, SurveyQuestion
from interaction.operations import activities as activity_operations
from interaction.operations import surveys as operations
from interaction.operations.surveys import Asked
from interaction.rules import activities as rules
from tests.interaction.activity_kit import make
from tests.interaction.survey_kit import KIND, asked, survey

pytestmark = pytest.mark.django_db


@pytest.fixture
def maker(client, office):
    client.force_login(office.collector)
    return client


@pytest.fixture
def draft(office) -> Activity:
    return make(office, ActivityKind.SURVEY)


def new(activity: Activity) -> str:
    return reverse("desk:survey_question_new", args=[activity.pk, activity.survey.sections.first().pk])


def typed(activity: Activity, **fields) -> dict:
    version = Activity.objects.get(pk=activity.pk).version
    return {"kind": "SINGLE", "text": "办过事吗", "options": "办过\n没办过", "version": version, **fields}


def test_questions_sections_and_conditions_are_made_by_typing(maker, draft):
    assert rules.issues(draft) == ["请至少加一道题"]
    maker.post(new(draft), typed(draft))
    maker.post(
        reverse("desk:survey_section_new", args=[draft.pk]), {"title": "办事体验", "note": "只问办过的"}
    )
    first = asked(draft)[0]
    done = first.options.first()
    second = draft.survey.sections.last()
    address = reverse("desk:survey_question_new", args=[draft.pk, second.pk])
    assert f"第 1 题 {first.text}" in maker.get(address).content.decode()
    maker.post(
        address,
        typed(draft, kind="SCALE_5", text="打几分", options="", is_required="on", shown_options=done.pk),
    )
    found = asked(draft)[1]
    assert (found.section, found.shown_if, list(found.shown_options.all()), found.is_required) == (
        second,
        first,
        [done],
        True,
    )
    assert rules.issues(draft) == []
    assert "只问在“办过事吗”中选了“办过”的人" in maker.get(draft.desk_url).content.decode()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"kind": "ESSAY"}, "选择一个有效的选项"),
        ({"text": ""}, "请填写题目"),
        ({"options": "只有一个"}, "请至少填写两个选项"),
        ({"options": "长" * 121 + "\n短"}, "每个选项不超过 120 字"),
        ({"options": "\n".join(str(one) for one in range(61))}, "最多 60 个选项"),
        ({"kind": "NUMBER", "least": "5", "most": "1"}, "最多不能少于最少"),
        ({"kind": "LONG", "most": "1.5"}, "字数请填正整数"),
        ({"kind": "SHORT", "most": "9999"}, "字数不超过 200"),
        ({"kind": "NUMBER", "least": "1e99"}, "数字太长"),
        ({"kind": "NUMBER", "least": "甲"}, "请填数字"),
        ({"shown_options": "99999"}, "显示条件已经变化"),
        ({"text": "零\0字节"}, ""),
        ({"version": 99}, "又被修改过"),
    ],
)
def test_odd_input_is_refused_and_kept(maker, draft, wrong, message):
    reply = maker.post(new(draft), typed(draft, **wrong))
    page = reply.content.decode()
    assert (reply.status_code in (409, 422), message in page, SurveyQuestion.objects.count()) == (
        True,
        True,
        0,
    )


def test_a_condition_takes_options_of_one_earlier_question_only(maker, office, draft):
    for text in ("第一题", "第二题"):
        maker.post(new(draft), typed(draft, text=text))
    one, two = asked(draft)
    both = [one.options.first().pk, two.options.first().pk]
    reply = maker.post(new(draft), typed(draft, text="第三题", shown_options=both))
    assert (reply.status_code, "只能取自同一道题" in reply.content.decode()) == (422, True)
    earlier = reverse("desk:survey_question", args=[draft.pk, one.pk])
    later = maker.post(earlier, typed(draft, text="第一题", shown_options=two.options.first().pk))
    assert (later.status_code, asked(draft)[0].shown_if) == (422, None)


def test_a_condition_moved_before_its_question_or_left_without_options_is_told(maker, office):
    activity = survey(office, upto="")
    first, second, *_ = asked(activity)
    maker.post(reverse("desk:survey_question_move", args=[activity.pk, second.pk, "up"]))
    assert rules.issues(activity) == ["第 1 题的显示条件须是它前面的题"]
    maker.post(reverse("desk:survey_question_move", args=[activity.pk, second.pk, "down"]))
    address = reverse("desk:survey_question", args=[activity.pk, first.pk])
    maker.post(address, typed(activity, text=first.text, options="没办过\n办过"))
    assert rules.issues(activity) == []
    maker.post(address, typed(activity, text=first.text, options="是\n否"))
    assert rules.issues(activity) == [
        "第 2 题的显示条件没有选项，请重新选择",
        "第 3 题的显示条件没有选项，请重新选择",
    ]


def test_at_the_edge_of_its_section_a_question_goes_into_the_next(office, draft):
    by = {"by": office.collector}
    first = operations.put_question(draft, Asked(kind=KIND.SHORT, text="甲"), **by)
    operations.put_section(draft, title="第二部分", note="", **by)
    operations.put_question(draft, Asked(kind=KIND.SHORT, text="乙"), **by)
    operations.move(draft, asked(draft)[0], up=False, by=office.collector)
    assert [(one.text, one.section.title) for one in asked(draft)] == [("甲", "第二部分"), ("乙", "第二部分")]
    operations.move(draft, next(one for one in asked(draft) if one == first), up=True, by=office.collector)
    assert [(one.text, one.section.title) for one in asked(draft)] == [("甲", ""), ("乙", "第二部分")]


def test_a_section_goes_with_its_questions_and_one_stays(maker, draft):
    maker.post(new(draft), typed(draft))
    section = draft.survey.sections.first()
    drop = reverse("desk:survey_section_move", args=[draft.pk, section.pk, "drop"])
    assert "问卷至少要有一个部分" in maker.post(drop, follow=True).content.decode()
    maker.post(reverse("desk:survey_section_new", args=[draft.pk]), {"title": "另一部分"})
    maker.post(drop)
    assert (draft.survey.sections.count(), SurveyQuestion.objects.count()) == (1, 0)


def test_what_a_later_question_depends_on_is_not_dropped(maker, office):
    activity = survey(office, upto="")
    first = asked(activity)[0]
    reply = maker.post(
        reverse("desk:survey_question_move", args=[activity.pk, first.pk, "drop"]), follow=True
    )
    assert ("“办了什么”以它为显示条件" in reply.content.decode(), len(asked(activity))) == (True, 6)
    operations.put_section(activity, title="第二部分", note="", by=office.collector)
    section = reverse("desk:survey_section_move", args=[activity.pk, first.section_id, "drop"])
    assert "已删除" in maker.post(section, follow=True).content.decode()
    assert asked(activity) == []


def test_a_signed_survey_for_everyone_is_not_reported(maker, office):
    activity = survey(office, upto="", is_anonymous=False)
    assert rules.issues(activity) == ["记名调查须由登录人员填写，请改参加范围或改为不记名"]


def test_a_copy_has_conditions_of_its_own(office):
    activity = survey(office)
    copied = asked(activity_operations.copy(activity, by=office.collector))
    assert [one.text for one in copied] == [one.text for one in asked(activity)]
    assert (copied[1].shown_if, list(copied[1].shown_options.all())) == (
        copied[0],
        [copied[0].options.first()],
    )
    assert not {one.pk for one in copied} & {one.pk for one in asked(activity)}


def test_after_the_report_nothing_can_be_changed(maker, office):
    activity = survey(office, upto="report")
    question = asked(activity)[0]
    assert maker.post(new(activity), typed(activity)).status_code == 409
    maker.post(reverse("desk:survey_question_move", args=[activity.pk, question.pk, "drop"]))
    assert (
        maker.post(reverse("desk:survey_edit", args=[activity.pk]), {"sheets": "signed"}).status_code == 409
    )
    assert len(asked(activity)) == 6


@pytest.mark.parametrize("role", ["head_person", "inspector", "granter", "chief", "staff"])
def test_editing_is_for_those_who_collect_on_the_site(client, office, role):
    activity = survey(office, upto="")
    question, section = asked(activity)[0], activity.survey.sections.first()
    client.force_login(getattr(office, role))
    for address in (
        reverse("desk:survey_edit", args=[activity.pk]),
        reverse("desk:survey_section", args=[activity.pk, section.pk]),
        reverse("desk:survey_section_new", args=[activity.pk]),
        reverse("desk:survey_question", args=[activity.pk, question.pk]),
        new(activity),
    ):
        assert [client.get(address).status_code, client.post(address, typed(activity)).status_code] == [
            404,
            404,
        ]


def test_parts_of_another_survey_have_no_address_here(maker, office):
    one, other = survey(office, upto=""), survey(office, upto="")
    strange, section = asked(other)[0], other.survey.sections.first()
    assert maker.get(reverse("desk:survey_question", args=[one.pk, strange.pk])).status_code == 404
    assert maker.get(reverse("desk:survey_section", args=[one.pk, section.pk])).status_code == 404
    assert (
        maker.post(reverse("desk:survey_question_move", args=[one.pk, strange.pk, "drop"])).status_code == 404
    )
    assert (
        maker.post(reverse("desk:survey_question_move", args=[one.pk, asked(one)[0].pk, "burn"])).status_code
        == 404
    )
