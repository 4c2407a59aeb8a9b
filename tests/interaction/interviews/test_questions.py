"""Questions of an interview: sent before and during it by anybody, and nobody's is shown before it is accepted."""

import pytest
from django.urls import reverse

from interaction.enums.activities import Participants
from interaction.enums.interviews import QuestionState
from interaction.models import InterviewQuestion
from interaction.operations import interview_questions as operations
from interaction.rules import interviews as rules
from portal import todos
from portal.models import AuditEntry, Parameter
from portal.workflow import NotAllowed, Refused, TooLate
from tests.interaction.interviews.conftest import fresh, make, move, typed

pytestmark = pytest.mark.django_db


def page(activity) -> str:
    return reverse("interview", args=[activity.pk])


def form_of(activity) -> str:
    return reverse("ask_interview", args=[activity.pk])


def act(question, verb: str) -> str:
    return reverse("desk:interview_question_act", args=[question.interview.activity_id, question.pk, verb])


def test_a_question_is_taken_in_whole_and_shown_to_nobody(studio, client):
    answer = client.post(form_of(studio.activity), typed(text="预付卡\r\n能退吗？", asker_name="张三丰"))
    one = InterviewQuestion.objects.get()
    assert answer.headers["Location"].endswith(f"/interviews/{studio.activity.pk}/#ask")
    assert (one.text, one.asker_name, one.state) == ("预付卡 能退吗？", "张三丰", QuestionState.WAITING)
    assert "能退吗？" not in client.get(page(studio.activity)).content.decode()


def test_it_is_asked_before_and_during_and_not_afterwards(studio, client):
    statuses = []
    for opens, closes in ((60, 120), (-10, 50), (-120, -60)):
        move(studio.activity, opens=opens, closes=closes)
        statuses.append(client.post(form_of(studio.activity), typed(text=f"问题 {opens}")).status_code)
    assert statuses == [302, 302, 409]
    assert InterviewQuestion.objects.count() == 2


def test_a_double_click_is_one_question_and_other_words_are_another(studio, client):
    sent = typed()
    assert [client.post(form_of(studio.activity), sent).status_code for _ in range(2)] == [302, 302]
    answer = client.post(form_of(studio.activity), sent | {"text": "另一个问题"})
    assert (answer.status_code, "另一个问题" in answer.content.decode()) == (422, True)
    assert InterviewQuestion.objects.count() == 1


def test_whoever_is_signed_in_asks_under_their_number(studio, sign_in):
    sign_in(studio.staff).post(form_of(studio.activity), typed(asker_name="冒名"))
    one = InterviewQuestion.objects.get()
    assert (one.asker, one.asker_name, one.signed) == (studio.staff, "", "工作人员")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("text", ""), ("text", "长" * 301), ("text", "零\0字节"), ("text", "长" * 1_000_000), ("asker_name", "长" * 21),
        ("homepage", "http://spam.example"), ("stamp", "x"),
    ],
)  # fmt: skip
def test_wrong_input_is_refused_and_kept(studio, client, field, wrong):
    answer = client.post(form_of(studio.activity), typed(text="留着的问题") | {field: wrong})
    assert (answer.status_code, InterviewQuestion.objects.count()) == (422, 0)
    assert "留着的问题" in answer.content.decode() or field == "text"


def test_one_address_cannot_flood_an_interview(studio, client):
    Parameter.objects.create(key="interview_questions_an_hour", label="", value=2, unit="个", clause="")
    statuses = [client.post(form_of(studio.activity), typed(text=f"问题{n}")).status_code for n in range(3)]
    assert (statuses, InterviewQuestion.objects.count()) == ([302, 302, 429], 2)


def test_an_interview_for_staff_asks_for_a_sign_in(studio, client, sign_in):
    inside = make(studio, participants=Participants.STAFF)
    assert client.post(form_of(inside), typed()).status_code == 403
    assert sign_in(studio.staff).post(form_of(inside), typed()).status_code == 302
    assert rules.why_not_ask(studio.staff, inside) == ""


def test_an_accepted_one_is_shown_by_its_copy_and_stands_in_the_hosts_queue(studio, ask, sign_in):
    one = ask("我是张三丰，预付卡能退吗？", name="张三丰")
    listed = sign_in(studio.moderator).get(reverse("desk:interview_questions", args=[studio.activity.pk]))
    assert listed.context["lines"][0][1]["public_text"].value() == "我是张**，预付卡能退吗？"
    operations.accept(one, "我是张**，预付卡能退吗？", by=studio.moderator)
    shown = sign_in(None).get(page(studio.activity)).content.decode()
    assert ("我是张**，预付卡能退吗？" in shown, "张三丰" in shown) == (True, False)
    host = sign_in(studio.collector).get(reverse("desk:interview_queue", args=[studio.activity.pk]))
    assert "我是张**，预付卡能退吗？" in host.content.decode()


@pytest.mark.parametrize("copy", ["", "预付卡不能退吗？", "能退吗？"])
def test_a_copy_that_says_something_else_is_refused(studio, ask, copy):
    one = ask()
    with pytest.raises(Refused) as refusal:
        operations.accept(one, copy, by=studio.moderator)
    assert (refusal.value.field, fresh(one).state) == ("public_text", QuestionState.WAITING)


def test_a_refused_one_keeps_its_reason_and_may_be_thought_over(studio, ask, sign_in):
    one = ask("老王欠我钱")
    with pytest.raises(Refused, match="理由"):
        operations.refuse(one, note="", by=studio.moderator)
    operations.refuse(one, note="与主题无关", by=studio.moderator)
    listed = sign_in(studio.inspector).get(
        reverse("desk:interview_questions", args=[studio.activity.pk]), {"state": "REFUSED"}
    )
    assert all(word in listed.content.decode() for word in ("老王欠我钱", "与主题无关"))
    operations.accept(one, "**欠我钱", by=studio.moderator)
    assert (fresh(one).state, fresh(one).refused_reason) == (QuestionState.ACCEPTED, "")


def test_what_is_refused_after_all_disappears_with_the_line_it_stands_in(studio, ask, enter, client):
    one = ask("预付卡能退吗？", accepted=True)
    enter("可以退。", question=one)
    assert "预付卡能退吗？" in client.get(page(studio.activity)).content.decode()
    operations.refuse(one, note="当事人要求", by=studio.moderator)
    shown = client.get(page(studio.activity)).content.decode()
    assert ("预付卡能退吗？" in shown, "可以退。" in shown) == (False, True)


def test_nobody_accepts_their_own_question(studio, ask):
    with pytest.raises(NotAllowed, match="自己"):
        operations.accept(ask(by=studio.moderator), "预付卡能退吗？", by=studio.moderator)


ROLES = (
    "collector", "head_person", "moderator", "signer", "inspector", "granter", "security", "auditor", "chief", "staff",
)  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_questions_are_read_by_those_with_a_part_in_it_and_accepted_by_publishers(studio, ask, sign_in, role):
    one, client = ask(), sign_in(getattr(studio, role))
    reads = role in ("collector", "head_person", "moderator", "signer", "inspector")
    listed = client.get(reverse("desk:interview_questions", args=[studio.activity.pk]))
    assert listed.status_code == (200 if reads else 404)
    expected = 302 if role == "moderator" else 403 if reads else 404
    assert client.post(act(one, "accept"), {"public_text": one.text}).status_code == expected
    assert (fresh(one).state == "ACCEPTED") is (role == "moderator")


def test_a_refusal_without_a_reason_comes_back_at_its_question(studio, ask, sign_in):
    one = ask()
    answer = sign_in(studio.moderator).post(act(one, "refuse"), {"public_text": "打好的字", "note": ""})
    assert (answer.status_code, "打好的字" in answer.content.decode()) == (422, True)
    assert "请写明不采用的理由" in answer.content.decode()


def test_nonsense_is_not_found(studio, ask, sign_in):
    one, client = ask(), sign_in(studio.moderator)
    assert client.post(act(one, "erase")).status_code == 404
    assert client.get(act(one, "accept")).status_code == 405
    listed = reverse("desk:interview_questions", args=[studio.activity.pk])
    assert [client.get(listed, {"state": one}).status_code for one in ("", "NONSENSE", "\0")] == [404] * 3


def test_questions_that_wait_lie_on_the_publishers_desk(studio, ask, sign_in):
    ask("请看这个问题")
    assert todos.counts(studio.moderator)["interview_questions"] == 1
    assert "请看这个问题" in sign_in(studio.moderator).get(reverse("desk:home")).content.decode()


def test_too_late_is_told_by_the_operation_too(studio):
    move(studio.activity, opens=-120, closes=-60)
    with pytest.raises(TooLate, match="不能再参加"):
        operations.ask(studio.activity, "晚了", nonce="f" * 32)
    assert AuditEntry.objects.filter(verb="ask").count() == 0
