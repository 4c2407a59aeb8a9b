"""After it is over each opinion is decided with its reason, like ones together, and the whole is fed back by choice."""

from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from interaction.enums.consultations import Outcome
from interaction.models import Activity, Opinion
from interaction.operations import activity_moves, consultations, opinion_decisions, opinions
from interaction.queries import opinions as queries
from interaction.rules import consultations as rules
from portal import clock, todos
from portal.models import AuditEntry
from portal.workflow import NotAllowed, Refused, TooLate
from tests.interaction.consultations.conftest import close, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def over(forum, say):
    """Three opinions on the second clause, one on the whole, and the days are over."""
    forum.opinions = [
        say("建议配秤免费").opinion, say("配秤应当免费").opinion, say("配秤由谁检定").opinion,
        say("总的支持", clause=None).opinion,
    ]  # fmt: skip
    close(forum.activity)
    return forum


def decide(office, opinion: Opinion, outcome: str = "ADOPTED", **more) -> Opinion:
    return opinion_decisions.decide(
        opinion, Outcome(outcome), **{"reason": "已写进条文", "by": office.collector, **more}
    )


def decide_all(office) -> None:
    for one in office.opinions:
        decide(office, one)


def figures(activity: Activity) -> list[tuple]:
    activity.refresh_from_db()
    counts = queries.counts(activity.consultation)
    return [
        (str(one.clause or "全文"), one.total, one.adopted, one.partly, one.declined, one.undecided)
        for one in counts
    ]


def test_each_is_decided_with_a_reason_and_may_be_decided_anew(over):
    one, *_ = over.opinions
    decide(over, one, "PARTLY", reason="部分写进条文")
    decide(over, one, "DECLINED", reason="与上位法不符")
    assert (fresh(one).outcome, fresh(one).reason, fresh(one).decided_by) == (
        "DECLINED", "与上位法不符", over.collector,
    )  # fmt: skip
    said = AuditEntry.objects.filter(verb="decide").order_by("pk").values_list("label", "note")
    assert list(said) == [("部分采纳", "部分写进条文"), ("未采纳", "与上位法不符")]


def test_a_decision_without_a_reason_is_none(over):
    with pytest.raises(Refused, match="理由"):
        decide(over, over.opinions[0], reason=" ")


def test_nothing_is_decided_while_people_still_write(forum, say):
    one = say().opinion
    with pytest.raises(TooLate, match="结束以后"):
        decide(forum, one)


@pytest.mark.parametrize(
    "role", ["head_person", "signer", "inspector", "granter", "auditor", "chief", "staff"]
)
def test_only_those_who_collect_decide_and_sum_up(over, role):
    person = getattr(over, role)
    with pytest.raises(NotAllowed):
        decide(over, over.opinions[0], by=person)
    with pytest.raises(NotAllowed):
        opinion_decisions.merge(over.opinions[0], over.opinions[1:2], by=person)
    with pytest.raises(NotAllowed):
        consultations.feed_back(over.activity, "小结", by=person)


def test_nobody_decides_their_own_opinion(forum, say):
    own, other = say(by=forum.collector).opinion, say().opinion
    close(forum.activity)
    with pytest.raises(NotAllowed, match="自己"):
        decide(forum, own)
    with pytest.raises(NotAllowed, match="自己"):
        opinion_decisions.merge(other, [own], by=forum.collector)


def test_like_ones_are_proposed_merged_and_decided_together(over):
    first, second, *_ = over.opinions
    assert second in queries.like(first)
    opinion_decisions.merge(first, [second], by=over.collector)
    decide(over, first)
    assert figures(over.activity) == [
        ("全文", 1, 0, 0, 0, 1), ("第一条", 0, 0, 0, 0, 0), ("第二条", 3, 2, 0, 0, 1), ("第三条", 0, 0, 0, 0, 0),
    ]  # fmt: skip
    with pytest.raises(NotAllowed, match="已并入第 1 号意见"):
        decide(over, second)


def test_what_was_merged_into_one_goes_along_when_that_is_merged(over):
    first, second, third, _ = over.opinions
    decide(over, second, "DECLINED")
    opinion_decisions.merge(second, [third], by=over.collector)
    opinion_decisions.merge(first, [second], by=over.collector)
    assert [fresh(one).merged_into_id for one in (second, third)] == [first.pk, first.pk]
    assert fresh(second).outcome == ""
    opinion_decisions.part(third, by=over.collector)
    assert fresh(third).merged_into is None
    with pytest.raises(TooLate):
        opinion_decisions.part(third, by=over.collector)


def test_only_opinions_of_the_same_consultation_are_merged(over):
    first, second, *_ = over.opinions
    with pytest.raises(Refused, match="勾选"):
        opinion_decisions.merge(first, [first], by=over.collector)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=first.pk).update(merged_into=first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.filter(pk=first.pk).update(merged_into=second, outcome="ADOPTED")


def test_of_two_who_decide_the_second_is_told(over):
    one = over.opinions[0]
    decide(over, one, version=one.version)
    with pytest.raises(TooLate):
        decide(over, one, "DECLINED", version=one.version)


def test_feedback_cannot_be_published_while_an_opinion_lacks_a_decision(over):
    consultations.feed_back(over.activity, "小结", by=over.collector)
    decide(over, over.opinions[0])
    with pytest.raises(Refused, match="还有 3 条意见没有作出处理决定"):
        activity_moves.publish_results(over.activity, by=over.moderator)
    decide_all(over)
    activity_moves.publish_results(over.activity, by=over.moderator)
    over.activity.refresh_from_db()
    assert over.activity.results_published_at


def test_feedback_without_words_is_none(over):
    decide_all(over)
    with pytest.raises(Refused, match="请填写反馈说明"):
        activity_moves.publish_results(over.activity, by=over.moderator)


def test_nobody_publishes_the_feedback_they_prepared(over, sign_in):
    decide_all(over)
    consultations.feed_back(over.activity, "小结", by=over.moderator)
    with pytest.raises(NotAllowed, match="由您整理"):
        activity_moves.publish_results(over.activity, by=over.moderator)
    page = sign_in(over.moderator).get(over.activity.desk_url).content.decode()
    assert ("公布结果" in page, "不公布结果" in page) == (True, True)
    assert f"{over.activity.desk_url}act/publish_results/" not in page


def test_what_was_fed_back_stands_until_it_is_taken_back(over):
    decide_all(over)
    consultations.feed_back(over.activity, "小结", by=over.collector)
    activity_moves.publish_results(over.activity, by=over.moderator)
    with pytest.raises(TooLate, match="先收回结果"):
        decide(over, over.opinions[0], "DECLINED")
    with pytest.raises(TooLate):
        consultations.feed_back(over.activity, "改写", by=over.collector)
    activity_moves.take_back_results(over.activity, by=over.moderator, note="有误")
    decide(over, over.opinions[0], "DECLINED")


def test_readers_get_figures_reasons_and_chosen_words_once_it_is_published(over, client, sign_in):
    first, second, *_ = over.opinions
    opinions.show(first, "建议配秤**", by=over.moderator)
    opinion_decisions.merge(first, [second], by=over.collector)
    for one in (over.opinions[0], *over.opinions[2:]):
        decide(over, one)
    consultations.feed_back(over.activity, "共收到意见四条。", by=over.collector)
    address = reverse("consultation_feedback", args=[over.activity.pk])
    assert [client.get(address).status_code, sign_in(over.staff).get(address).status_code] == [404, 404]
    assert "预览" in sign_in(over.collector).get(address).content.decode()
    activity_moves.publish_results(over.activity, by=over.moderator)
    page = sign_in(None).get(address)
    words = page.content.decode()
    assert all(one in words for one in ("共收到意见四条。", "建议配秤**", "2 条同类意见", "已写进条文"))
    assert not [one for one in ("建议配秤免费", "配秤由谁检定", "总的支持") if one in words]
    assert page.context["sums"] == {"total": 4, "adopted": 4, "partly": 0, "declined": 0, "undecided": 0}


def test_the_desk_shows_what_is_missing_and_keeps_what_was_typed(over, sign_in):
    address = reverse("desk:consultation_feedback", args=[over.activity.pk])
    client = sign_in(over.collector)
    assert client.get(address).context["missing"] == ["还有 4 条意见没有作出处理决定", "请填写反馈说明"]
    assert client.post(address, {"feedback": "零\0"}).status_code == 422
    assert client.post(address, {"feedback": "小结", "version": 1}).status_code == 302
    late = client.post(address, {"feedback": "晚到的小结", "version": 1})
    assert (late.status_code, "晚到的小结" in late.content.decode()) == (409, True)
    refused = sign_in(over.inspector).post(address, {"feedback": "改写"})
    assert (refused.status_code, "您写的反馈说明：改写" in refused.content.decode()) == (403, True)
    assert sign_in(over.staff).post(address, {"feedback": "改写"}).status_code == 404


def test_deciding_goes_on_to_the_next_and_ends_at_the_feedback(over, sign_in):
    client, pk = sign_in(over.collector), over.activity.pk
    seen = []
    for one in over.opinions:
        act = reverse("desk:opinion_act", args=[pk, one.pk, "decide"])
        seen.append(client.post(act, {"outcome": "ADOPTED", "reason": "已写进条文"}).headers["Location"])
    assert seen == [
        *(reverse("desk:opinion", args=[pk, one.pk]) for one in over.opinions[1:]),
        reverse("desk:consultation_feedback", args=[pk]),
    ]


@pytest.mark.parametrize(
    "typed", [{}, {"outcome": "MAYBE", "reason": "理由"}, {"outcome": "ADOPTED", "reason": "长" * 1001}]
)
def test_a_wrong_decision_comes_back(over, sign_in, typed):
    act = reverse("desk:opinion_act", args=[over.activity.pk, over.opinions[0].pk, "decide"])
    answer = sign_in(over.collector).post(act, typed)
    assert (answer.status_code, fresh(over.opinions[0]).outcome) == (422, "")


@pytest.mark.parametrize(
    ("numbers", "status"), [("2、3", 302), ("99", 422), ("", 422), ("1", 422), ("²", 422)]
)
def test_others_are_merged_by_their_numbers(over, sign_in, numbers, status):
    act = reverse("desk:opinion_act", args=[over.activity.pk, over.opinions[0].pk, "merge"])
    answer = sign_in(over.collector).post(act, {"numbers": numbers})
    assert (answer.status_code, over.opinions[0].merged.count()) == (status, 2 if status == 302 else 0)


def test_whoever_may_not_decide_is_told_and_keeps_their_words(over, sign_in):
    act = reverse("desk:opinion_act", args=[over.activity.pk, over.opinions[0].pk, "decide"])
    answer = sign_in(over.inspector).post(act, {"reason": "我的看法"})
    assert (answer.status_code, "您写的理由：我的看法" in answer.content.decode()) == (403, True)
    assert AuditEntry.objects.filter(verb="refused", actor=over.inspector).count() == 1


def test_a_button_that_is_not_there_is_not_found(over, sign_in):
    client, pk = sign_in(over.collector), over.activity.pk
    assert (
        client.post(reverse("desk:opinion_act", args=[pk, over.opinions[0].pk, "erase"])).status_code == 404
    )
    assert client.post(reverse("desk:opinion_act", args=[pk, 99999999, "part"])).status_code == 404
    assert client.get(reverse("desk:opinion_act", args=[pk, over.opinions[0].pk, "part"])).status_code == 405


def test_a_consultation_to_feed_back_lies_on_the_makers_desk(over):
    counts = todos.counts(over.collector)
    assert counts["opinion_decisions"] == 1
    decide_all(over)
    consultations.feed_back(over.activity, "小结", by=over.collector)
    assert not queries.to_decide(over.collector).exists()


def sheet(answer) -> list[list]:
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def test_an_export_holds_every_opinion_whole_without_who_wrote_it(forum, say, sign_in):
    say("=cmd|意见", writer_name="张三丰", phone="13812345678")
    say("干部的意见", by=forum.staff)
    answer = sign_in(forum.inspector).post(reverse("desk:opinions_export", args=[forum.activity.pk]))
    rows = sheet(answer)
    assert [row[2] for row in rows] == ["意见", "=cmd|意见", "干部的意见"]
    assert not [cell for row in rows for cell in row if cell in ("张三丰", "13812345678", "干部")]
    assert AuditEntry.objects.get(verb="export_opinions").label == "导出意见"


def test_contact_is_exported_by_those_who_handle_it_and_each_time_on_record(forum, say, sign_in):
    say("意见", writer_name="张三丰", phone="13812345678")
    address = reverse("desk:opinions_export", args=[forum.activity.pk])
    rows = sheet(sign_in(forum.collector).post(address, {"contact": "1"}))
    assert rows[1][-3:] == ["张三丰", "13812345678", None]
    entry = AuditEntry.objects.get(verb="export_opinions")
    assert (entry.label, entry.actor) == ("导出意见和联系方式", forum.collector)
    refused = sign_in(forum.inspector).post(address, {"contact": "1"})
    assert (refused.status_code, AuditEntry.objects.filter(verb="refused").count()) == (403, 1)
    assert sign_in(forum.staff).post(address).status_code == 404
    assert sign_in(forum.collector).get(address).status_code == 405


def test_issues_name_what_is_missing(over):
    assert rules.result_issues(over.activity)[0] == "还有 4 条意见没有作出处理决定"
    assert rules.not_now(over.activity) == ""
    Activity.objects.update(state="WITHDRAWN")
    over.activity.refresh_from_db()
    assert rules.not_now(over.activity) == "这项征集已撤下，不再处理意见"
    assert clock.now() > over.activity.closes_at
