"""评论: who may say something, who decides, and that nothing is lost (办法第十二条至第十五条)."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from columns import operations as column_operations
from columns.models import Column, Role
from interaction.enums.comments import CommentState
from interaction.models import Comment
from interaction.operations import comments as operations
from interaction.queries import comments as queries
from interaction.rules import comments as rules
from interaction.workflow.comments import COMMENT
from portal import clock, limits, parameters, todos
from portal.models import AuditEntry, Limit, Notice, Parameter
from portal.workflow import NotAllowed, Refused, TooLate
from publishing import operations as publishing
from tests.interaction.forum.conftest import write

pytestmark = pytest.mark.django_db


def told(person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("id").values_list("title", flat=True))


# --- saying -------------------------------------------------------------------------------------


def test_a_comment_waits_for_the_moderators_and_its_clock_runs(forum, say, article):
    comment = say("说得好")
    assert (comment.state, comment.department, comment.column) == ("PENDING", forum.section, forum.exchange)
    limit = Limit.objects.get()
    assert (limit.subject, limit.working_days, limit.clause) == (comment, 2, "办法第十五条")
    assert told(forum.moderator) == [f"待审评论：{article.title}"]
    assert told(forum.inspector) == []


def test_no_clock_runs_where_no_rule_asks_for_one(say):
    Parameter.objects.update(value=None)
    parameters.changed()
    say()
    assert Limit.objects.count() == 0


def test_the_same_form_sent_twice_is_one_comment(forum, article):
    key = uuid.uuid4()
    first, second = (operations.post(article, "说得好", by=forum.staff, key=key) for _ in range(2))
    assert first == second
    assert AuditEntry.objects.filter(verb="comment").count() == Limit.objects.count() == 1
    other = operations.post(article, "说得好", by=forum.reader, key=key)
    assert other != first


def test_only_where_the_office_allows_it(forum, article):
    Column.objects.filter(pk=forum.exchange.pk).update(takes_comments=False)
    article.column.refresh_from_db()
    with pytest.raises(NotAllowed, match="没有开放评论"):
        operations.post(article, "说得好", by=forum.staff, key=uuid.uuid4())


def test_a_withdrawn_text_takes_no_more_comments(forum, article):
    article = publishing.withdraw(article, by=forum.moderator, note="数字有误")
    with pytest.raises(NotAllowed, match="现在不能评论"):
        operations.post(article, "说得好", by=forum.staff, key=uuid.uuid4())


def test_visitors_are_asked_to_sign_in(article):
    assert rules.why_not_post(AnonymousUser(), article) == "请先登录再发表意见"


def test_a_column_one_may_not_read_takes_nothing(forum, article):
    column = Column.objects.get(pk=forum.exchange.pk)
    column.readers = "DEPARTMENTS"
    column.save()
    column.reader_departments.add(forum.registry)
    article = type(article).objects.get(pk=article.pk)
    assert rules.why_not_post(forum.staff, article) == "这件稿件现在不能评论"
    assert rules.why_not_post(forum.registrar, type(article).objects.get(pk=article.pk)) == ""


# --- deciding -----------------------------------------------------------------------------------


def test_an_agreed_comment_is_shown_and_its_author_told(forum, say, article):
    comment = say(upto="publish")
    assert list(queries.shown(article)) == [comment]
    assert told(forum.staff) == [f"您的评论已发布：{article.title}"]
    assert comment.decided_by == forum.moderator
    assert limits.open_limits_for(comment).count() == 0
    assert Notice.objects.filter(recipient=forum.moderator, read_at=None).count() == 0


@pytest.mark.parametrize("note", ["", "　 \n"])
def test_a_refusal_needs_a_reason(forum, say, note):
    comment = say()
    with pytest.raises(Refused, match="请写明不予发布的理由"):
        operations.refuse(comment, by=forum.moderator, note=note)
    comment.refresh_from_db()
    assert comment.state == CommentState.PENDING


def test_a_refused_comment_is_kept_and_its_author_reads_why(forum, say, article):
    comment = say(upto="refuse")
    assert list(queries.shown(article)) == []
    assert list(queries.own_unseen(article, forum.staff)) == list(queries.of(forum.staff)) == [comment]
    assert list(queries.own_unseen(article, forum.reader)) == []
    notice = Notice.objects.get(recipient=forum.staff)
    assert (notice.title, notice.body) == (f"您的评论未予发布：{article.title}", "理由：与文章无关")


def test_a_comment_taken_down_leaves_its_place(forum, say, article):
    comment = say(upto="withdraw")
    assert list(queries.shown(article)) == [comment]
    assert (comment.state, comment.reason) == ("WITHDRAWN", "点名指责")
    assert told(forum.staff)[-1] == f"您的评论已由版主撤下：{article.title}"


def test_inspection_and_audit_see_what_was_refused(forum, say):
    comment = say(upto="refuse")
    assert [rules.oversees(one, comment) for one in (forum.moderator, forum.inspector, forum.auditor)] == [
        True
    ] * 3
    assert [
        rules.oversees(one, comment)
        for one in (forum.staff, forum.reader, forum.collector, forum.head_person, forum.granter, forum.chief)
    ] == [False] * 6
    assert list(queries.overseen(forum.inspector)) == list(queries.overseen(forum.auditor)) == [comment]
    assert list(queries.overseen(forum.head_person)) == []


def test_nobody_decides_about_their_own(forum, say):
    comment = say(by=forum.moderator)
    with pytest.raises(NotAllowed, match="不能审核自己的评论"):
        operations.publish(comment, by=forum.moderator)
    assert todos.counts(forum.moderator)["comments"] == 0


def test_whoever_acts_for_the_author_does_not_decide_either(forum, say, in_place_of):
    deputy = in_place_of(forum.moderator)
    mine, other = say(by=forum.moderator), say(by=forum.staff)
    assert rules.why_not(deputy, "publish", mine) == "您正代理评论人，不能审核被代理人的评论"
    done = operations.publish(other, by=deputy)
    assert (done.decided_by, done.decided_for) == (deputy, forum.moderator)


@pytest.mark.parametrize(
    "who", ["collector", "head_person", "inspector", "auditor", "granter", "chief", "staff"]
)
@pytest.mark.parametrize("verb", sorted(COMMENT.transitions))
def test_whoever_does_not_publish_in_the_column_decides_nothing(forum, say, who, verb):
    assert "发布权限" in rules.why_not(getattr(forum, who), verb, say(by=forum.reader))


def test_moderating_one_column_moderates_no_other(forum, say):
    role = Role.objects.create(key="SECTION", name="栏目版主", powers=["publish"])
    column_operations.appoint(
        forum.reader, role, forum.main, column=forum.news, by=forum.system, reason="测试"
    )
    with pytest.raises(NotAllowed):
        operations.publish(say(), by=type(forum.reader).objects.get(pk=forum.reader.pk))


STATES = {"": "PENDING", "publish": "PUBLISHED", "refuse": "REFUSED", "withdraw": "WITHDRAWN"}


@pytest.mark.parametrize("upto", STATES)
@pytest.mark.parametrize("verb", sorted(COMMENT.transitions))
def test_every_move_from_every_state(forum, say, verb, upto):
    comment, move = say(upto=upto), COMMENT[verb]
    typed = {} if verb == "publish" else {"note": "理由"}
    if STATES[upto] in move.sources:
        assert getattr(operations, verb)(comment, by=forum.moderator, **typed).state == move.target
    else:
        with pytest.raises(TooLate):
            getattr(operations, verb)(comment, by=forum.moderator, **typed)


# --- the desk -----------------------------------------------------------------------------------


def test_the_heap_has_the_nearest_due_first_and_only_ones_own_columns(forum, say, article):
    elsewhere = write(forum, "别处的文章", column=forum.sub_news)
    Column.objects.filter(pk=forum.sub_news.pk).update(takes_comments=True)
    elsewhere.column.refresh_from_db()
    say("后来的")
    with clock.at(clock.now() - timedelta(days=9)):
        say("先来的")
    say("别处的", on=elsewhere)
    found = todos.page_of(forum.moderator, todos.heap("comments"), 1)
    assert [one.todo.title for one in found][:1] == ["先来的"]
    assert {one.todo.title for one in found} == {"先来的", "后来的", "别处的"}
    assert found[0].todo.urgency == "red"
    assert todos.counts(forum.inspector)["comments"] == todos.counts(forum.staff)["comments"] == 0


def test_nothing_is_ever_deleted(say):
    for upto in STATES:
        say(upto=upto)
    assert Comment.objects.count() == 4
