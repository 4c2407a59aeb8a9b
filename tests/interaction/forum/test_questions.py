"""提问: who asks, who answers, which way answers go, what readers find (实施意见三（二）; 办法第十四条、第十五条)."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from columns import operations as column_operations
from columns.models import Responsibility, Role
from interaction.models import AnswerStep, Escalation, Question
from interaction.operations import answers, comments, escalations
from interaction.operations import questions as operations
from interaction.queries import answers as answer_queries
from interaction.queries import questions as queries
from interaction.rules import answers as answer_rules
from interaction.rules import comments as comment_rules
from interaction.rules import questions as rules
from interaction.workflow.questions import QUESTION
from portal import clock, limits, todos
from portal.models import AuditEntry, Limit, Notice, User
from portal.workflow import NotAllowed, Refused, TooLate
from tests.interaction.forum.conftest import approve

pytestmark = pytest.mark.django_db


def told(person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("id").values_list("title", flat=True))


def shown(forum) -> list[Question]:
    return list(queries.shown([forum.qa]))


# --- asking -------------------------------------------------------------------------------------


def test_a_question_goes_to_its_department_and_its_clock_runs(forum, ask):
    question = ask()
    assert (question.state, question.department, question.asker_department) == (
        "ASKED",
        forum.law,
        forum.section,
    )
    limit = Limit.objects.get()
    assert (limit.subject, limit.working_days, limit.clause) == (question, 2, "办法第十五条")
    assert told(forum.lawyer) == [f"新提问：{question}"]
    assert told(forum.registrar) == told(forum.moderator) == []


def test_the_same_form_sent_twice_is_one_question(forum):
    key = uuid.uuid4()
    asked = [
        operations.ask(forum.qa, forum.law, title="一", body="", by=forum.staff, key=key) for _ in range(2)
    ]
    assert asked[0] == asked[1]
    assert AuditEntry.objects.filter(verb="ask").count() == 1


def test_only_departments_with_the_duty_are_asked(forum, ask):
    assert queries.answering_departments(forum.qa) == [forum.law, forum.registry]
    with pytest.raises(Refused, match="办公室不答复“法制园地”栏目的提问"):
        ask(department=forum.section)
    Responsibility.objects.filter(column=forum.qa).delete()
    forum.main.department = forum.bureau
    assert queries.answering_departments(forum.qa) == [forum.bureau]


def test_only_staff_ask_and_only_in_columns_of_questions(forum):
    assert rules.why_not_ask(AnonymousUser(), forum.qa) == "请先登录再提问"
    assert rules.why_not_ask(forum.staff, forum.exchange) == "“业务交流”不是问答栏目"
    assert rules.why_not_ask(forum.staff, forum.qa) == ""
    forum.qa.readers = "DEPARTMENTS"
    forum.qa.save()
    assert rules.why_not_ask(forum.staff, forum.qa) == "您不能阅读这个栏目"


def test_where_nobody_of_the_department_answers_the_moderators_are_called(forum, ask):
    column_operations.appoint(
        forum.moderator, Role.objects.get(key="ANSWERER"), forum.main, by=forum.system, reason="测试"
    )
    User.objects.filter(pk=forum.lawyer.pk).update(is_active=False)
    question = ask()
    assert list(queries.answerers(question)) == [forum.moderator]


# --- answering ----------------------------------------------------------------------------------


def test_an_answer_travels_the_columns_route_and_opens_the_question_to_readers(forum, ask):
    question = ask(upto="review")
    assert (question.state, shown(forum)) == ("ASKED", [])
    assert told(forum.head_person) == [f"待审答复：{question}"]
    assert todos.counts(forum.lawyer)["questions"] == 0
    approve(forum, question.answers.get())
    question.refresh_from_db()
    assert (question.state, shown(forum)) == ("ANSWERED", [question])
    assert question.answered_at == question.answers.get().sent_at
    assert told(forum.staff) == [f"您的提问已答复：{question}"]
    assert limits.open_limits_for(question).count() == 0
    assert Notice.objects.filter(kind="TODO", read_at=None).count() == 0


def test_a_returned_answer_comes_back_to_its_drafter(forum, ask):
    question = ask(upto="review")
    step = answer_rules.current_step(question.answers.get())
    answers.return_(step, by=forum.head_person, note="请补充依据")
    assert told(forum.lawyer)[-1] == f"答复退回：{question}"
    assert todos.counts(forum.lawyer)["questions"] == 1
    answer = answers.finish(question, text="依据第三十条。", version=1, by=forum.lawyer)
    approve(forum, answer)
    assert Question.objects.get().state == "ANSWERED"


def test_a_column_without_review_answers_at_once(forum, ask):
    forum.qa.route = forum.direct
    forum.qa.save()
    question = ask()
    answers.finish(question, text="可以。", version=0, by=forum.lawyer)
    assert Question.objects.get().state == "ANSWERED"
    assert AnswerStep.objects.count() == 0


def test_an_answer_may_be_taken_back_while_it_is_reviewed(forum, ask):
    question = ask(upto="review")
    with pytest.raises(TooLate, match="答复正在审核"):
        answers.save(question, text="改", version=1, by=forum.lawyer)
    with pytest.raises(NotAllowed):
        answers.take_back(question, by=forum.registrar)
    answers.take_back(question, by=forum.lawyer)
    assert question.answers.get().state == "DRAFT"
    with pytest.raises(TooLate):
        answers.take_back(question, by=forum.lawyer)


def test_nobody_reviews_the_answer_they_drafted(forum, ask):
    column_operations.appoint(
        forum.lawyer,
        Role.objects.get(key="HEAD"),
        forum.main,
        column=forum.qa,
        by=forum.system,
        reason="测试",
    )
    question = ask()
    with pytest.raises(Refused, match="没有可审核的人"):
        answers.finish(question, text="可以。", version=0, by=User.objects.get(pk=forum.lawyer.pk))


def test_the_departments_own_reviewer_comes_first(forum, ask):
    chief = User.objects.create_user("law_head", name="法制科长", department=forum.law)
    column_operations.appoint(
        chief, Role.objects.get(key="HEAD"), forum.main, column=forum.qa, by=forum.system, reason="测试"
    )
    ask(upto="review")
    head = User.objects.get(pk=forum.head_person.pk)
    assert (answer_queries.to_decide(chief).count(), answer_queries.to_decide(head).count()) == (1, 0)
    assert answer_queries.to_decide(forum.lawyer).count() == 0


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        ("lawyer", ""), ("registrar", "这个提问由法制科答复"), ("moderator", "没有“法制园地”栏目的答复权限"),
        ("head_person", "答复权限"), ("inspector", "答复权限"), ("staff", "答复权限"),
    ],
)  # fmt: skip
def test_who_may_answer(forum, ask, who, reason):
    found = rules.why_not_answer(getattr(forum, who), ask(by=forum.reader))
    assert (bool(found), reason in found) == (bool(reason), True)


def test_the_columns_moderator_with_the_power_answers_for_any_department(forum, ask):
    column_operations.appoint(
        forum.moderator, Role.objects.get(key="ANSWERER"), forum.main, by=forum.system, reason="测试"
    )
    moderator, question = User.objects.get(pk=forum.moderator.pk), ask()
    assert rules.why_not_answer(moderator, question) == ""
    assert todos.counts(moderator)["questions"] == 1


def test_nobody_answers_their_own_question(forum, ask):
    question = ask(by=forum.lawyer)
    assert rules.why_not_answer(forum.lawyer, question) == "不能办理自己的提问"
    assert todos.counts(forum.lawyer)["questions"] == 0


def test_whoever_acts_for_the_lawyer_answers_from_their_seat(forum, ask, in_place_of):
    forum.law.head = forum.head_person
    forum.law.save()
    deputy, question = in_place_of(forum.lawyer), ask()
    assert rules.why_not_answer(deputy, question) == ""
    assert todos.counts(deputy)["questions"] == 1
    answer = answers.finish(question, text="可以。", version=0, by=deputy)
    assert (answer.department, answer.saved_for) == (forum.law, forum.lawyer)


# --- the other ways -----------------------------------------------------------------------------


def test_referred_it_goes_to_the_other_department_and_its_asker_is_told(forum, ask):
    question = ask()
    answers.save(question, text="草稿", version=0, by=forum.lawyer)
    question = operations.refer(question, forum.registry, by=forum.lawyer, note="属登记业务")
    assert (question.state, question.department) == ("REFERRED", forum.registry)
    assert question.answers.get().state == "DISCARDED"
    assert told(forum.registrar) == [f"转来提问：{question}"]
    notice = Notice.objects.get(recipient=forum.staff)
    assert (notice.title, notice.body) == (
        f"您的提问转由注册科答复：{question}", "由法制科转注册科：属登记业务",
    )  # fmt: skip
    assert limits.open_limits_for(question).count() == 1
    assert rules.why_not_answer(forum.lawyer, question) == "这个提问由注册科答复"


@pytest.mark.parametrize(
    ("department", "note", "reason"),
    [("registry", " ", "请写明转办的理由"), ("law", "转", "提问已在法制科"), ("section", "转", "不答复")],
)
def test_where_it_cannot_be_referred(forum, ask, department, note, reason):
    with pytest.raises(Refused, match=reason):
        operations.refer(ask(), getattr(forum, department), by=forum.lawyer, note=note)


def test_a_refused_question_is_kept_with_its_reason(forum, ask):
    with pytest.raises(Refused, match="请写明不予答复的理由"):
        operations.refuse(ask(), by=forum.lawyer, note="")
    question = operations.refuse(ask("查一个人的住址"), by=forum.lawyer, note="不属法律适用")
    assert (shown(forum), next(iter(queries.of(forum.staff)))) == ([], question)
    assert told(forum.staff)[-1] == f"您的提问不予答复：{question}"
    assert limits.open_limits_for(question).count() == 0
    assert [rules.handles(one, question) for one in (forum.inspector, forum.auditor, forum.moderator)] == [
        True
    ] * 3
    assert [rules.handles(one, question) for one in (forum.staff, forum.granter, forum.security)] == [
        False
    ] * 3
    assert [rules.may_see(one, question) for one in (forum.staff, forum.reader)] == [True, False]


STATES = ("ASKED", "REFERRED", "ANSWERED", "CLOSED", "REFUSED")


def stand(forum, ask, state):
    question = ask(upto="answer" if state in ("ANSWERED", "CLOSED") else "")
    if state == "REFERRED":
        operations.refer(question, forum.registry, by=forum.lawyer, note="转")
        return operations.refer(question, forum.law, by=forum.registrar, note="转回")
    if state == "CLOSED":
        return operations.close(question, by=forum.lawyer)
    return operations.refuse(question, by=forum.lawyer, note="理由") if state == "REFUSED" else question


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", ["refer", "refuse", "close"])
def test_every_move_from_every_state(forum, ask, verb, state):
    question, move = stand(forum, ask, state), QUESTION[verb]
    typed = {
        "refer": {"department": forum.registry, "note": "转"},
        "refuse": {"note": "理由"},
        "close": {},
    }[verb]
    if state in move.sources:
        assert getattr(operations, verb)(question, by=forum.lawyer, **typed).state == move.target
    else:
        with pytest.raises(TooLate):
            getattr(operations, verb)(question, by=forum.lawyer, **typed)


@pytest.mark.parametrize("state", ["ANSWERED", "CLOSED", "REFUSED"])
def test_what_is_over_takes_no_more_answers(forum, ask, state):
    question = stand(forum, ask, state)
    with pytest.raises(TooLate):
        answers.finish(question, text="又答", version=0, by=forum.lawyer)


def test_a_major_question_is_put_before_the_departments_head_and_the_chief_moderator(forum, ask):
    """办法第十七条."""
    forum.law.head = forum.head_person
    forum.law.save()
    question = Question.objects.get(pk=ask().pk)
    made = escalations.escalate(
        question, question.site, question.department, reason="涉及面广", by=forum.lawyer
    )
    assert {person for person in (forum.head_person, forum.chief) if told(person)} == {
        forum.head_person,
        forum.chief,
    }
    assert Escalation.objects.get().subject == question
    escalations.close(made, conclusion="统一口径", by=User.objects.get(pk=forum.chief.pk))


# --- afterwards ---------------------------------------------------------------------------------


def test_below_an_answer_the_discussion_goes_on_until_it_is_closed(forum, ask):
    question = ask()
    assert comment_rules.why_not_post(forum.reader, question) == "提问答复以后才能讨论"
    question = ask("第二问", upto="answer")
    comment = comments.post(question, "请问期限", by=forum.reader, key=uuid.uuid4())
    assert todos.counts(forum.moderator)["comments"] == 1
    comments.publish(comment, by=forum.moderator)
    assert told(forum.staff)[-1] == f"您的提问有新的讨论：{question}"
    question = operations.close(question, by=forum.lawyer)
    assert comment_rules.why_not_post(forum.reader, question).startswith("这个提问已经办结")
    assert shown(forum) == [question]


def test_useful_is_counted_once_a_person(forum, ask):
    question = ask(upto="answer")
    marks = [operations.mark_useful(question, by=one) for one in (forum.reader, forum.reader, forum.lawyer)]
    assert marks == [True, False, True]
    assert shown(forum)[0].useful == 2
    with pytest.raises(NotAllowed):
        operations.mark_useful(ask("没答复的"), by=forum.reader)


def test_good_answers_become_common_questions(forum, ask):
    """常山(十一): “常见问题”."""
    first, second = ask("第一问", upto="answer"), ask("第二问", upto="answer")
    operations.mark_useful(second, by=forum.reader)
    for question in (first, second):
        operations.make_faq(
            question, by=forum.moderator, title="  撤诉后\n举报 " if question == first else "第二问"
        )
    found = list(queries.common([forum.qa]))
    assert [one.short_title for one in found] == ["第二问", "撤诉后 举报"]
    assert found[0].faq_title == ""
    operations.unmake_faq(first, by=forum.moderator)
    assert list(queries.common([forum.qa])) == [second]
    with pytest.raises(TooLate):
        operations.unmake_faq(first, by=forum.moderator)


@pytest.mark.parametrize("who", ["lawyer", "collector", "head_person", "inspector", "staff"])
def test_only_who_publishes_makes_common_questions(forum, ask, who):
    with pytest.raises(NotAllowed, match="发布权限"):
        operations.make_faq(ask(upto="answer"), by=getattr(forum, who))


def test_what_is_not_answered_is_no_common_question(forum, ask):
    with pytest.raises(NotAllowed, match="答复以后才能设为常见问题"):
        operations.make_faq(ask(), by=forum.moderator)


def test_similar_questions_are_found_among_those_that_readers_see(forum, ask):
    answered, waiting = ask("电子送达需要当事人确认吗", upto="answer"), ask("电子送达怎样确认")
    assert queries.similar([forum.qa], "电子送达要不要确认") == [answered]
    assert waiting not in queries.similar([forum.qa], "电子送达怎样确认")
    assert queries.similar([], "电子送达") == queries.similar([forum.qa], "  ") == []


def test_words_are_found_in_question_and_answer(forum, ask):
    question = ask("撤回投诉", body="和解", upto="answer")
    for words in ("撤回", "和解", "依法核查", "撤回 核查"):
        assert list(queries.holding(queries.shown([forum.qa]), words)) == [question]
    assert list(queries.holding(queries.shown([forum.qa]), "撤回 没有的词")) == []


def test_the_heap_has_ones_own_departments_questions_nearest_due_first(forum, ask):
    with clock.at(clock.now() - timedelta(days=9)):
        ask("先问的")
    ask("后问的")
    ask("问注册科的", department=forum.registry)
    found = todos.page_of(forum.lawyer, todos.heap("questions"), 1)
    assert [one.todo.title for one in found] == ["先问的", "后问的"]
    assert found[0].todo.urgency == "red"
    assert [todos.counts(one)["questions"] for one in (forum.registrar, forum.moderator, forum.staff)] == [
        1,
        0,
        0,
    ]
