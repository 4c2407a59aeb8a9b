"""在线投稿: whose text it is, who takes it, where it goes from there (办法第十三条第2项、第十四条第2项)."""

import uuid
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from columns import operations as column_operations
from columns import rules as column_rules
from columns.models import Role
from columns.queries import tree
from interaction.models import Contribution
from interaction.operations import contributions as operations
from interaction.operations.contributions import Text
from interaction.queries import contributions as queries
from interaction.rules import contributions as rules
from interaction.workflow.contributions import CONTRIBUTION
from portal import clock, limits, todos
from portal.models import AuditEntry, Limit, Notice, User
from portal.workflow import NotAllowed, Refused, TooLate
from publishing import operations as publishing
from publishing import rules as publishing_rules
from publishing.models import Article
from publishing.queries import review_queue

pytestmark = pytest.mark.django_db


def told(person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("id").values_list("title", flat=True))


def test_a_contribution_is_its_senders_and_waits_for_the_moderators(forum, send):
    sent = send("取号机旁的三句话", body="<p>一段。</p><script>x</script><img src='http://a/b.png'>")
    assert (sent.state, sent.author_name, sent.department, sent.site) == (
        "SUBMITTED", forum.staff.name, forum.section, forum.main,
    )  # fmt: skip
    assert sent.body == "<p>一段。</p>"
    assert told(forum.moderator) == ["待处理投稿：取号机旁的三句话"]
    assert told(forum.collector) == []
    assert Limit.objects.get().subject == sent


def test_a_reprint_names_its_author_and_source(send):
    sent = send(is_reprint=True, author_name="本报记者", source_name="某报")
    assert (sent.author_name, sent.source_name) == ("本报记者", "某报")
    assert send("原创", author_name="别人", source_name="某报").source_name == ""


def test_the_same_form_sent_twice_is_one_contribution(forum):
    key, text = uuid.uuid4(), Text(column=forum.exchange, title="一", body="<p>二</p>")
    first, second = (operations.submit(text, by=forum.staff, key=key) for _ in range(2))
    assert first == second
    assert AuditEntry.objects.filter(verb="contribute").count() == Limit.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "column", "reason"),
    [
        ("staff", "exchange", ""), ("head_person", "exchange", ""), ("staff", "news", "没有接受投稿"),
        ("collector", "exchange", "请在工作台直接写稿"), ("moderator", "exchange", "请在工作台直接写稿"),
    ],
)  # fmt: skip
def test_who_may_contribute_where(forum, who, column, reason):
    assert reason in rules.why_not_contribute(getattr(forum, who), getattr(forum, column))
    assert bool(rules.why_not_contribute(getattr(forum, who), getattr(forum, column))) == bool(reason)
    assert rules.why_not_contribute(AnonymousUser(), forum.exchange) == "请先登录再投稿"


def test_adopted_it_is_a_draft_of_the_moderator_and_credits_its_author(forum, send):
    sent = send(upto="adopt")
    revision = sent.article.revisions.get()
    assert (revision.state, revision.author_name, revision.created_by, revision.column) == (
        "DRAFT", forum.staff.name, forum.moderator, forum.exchange,
    )  # fmt: skip
    assert (sent.article.contributed_by, revision.body) == (forum.staff, sent.body)
    assert told(forum.staff) == [f"您的投稿已采用：{sent}"]
    assert limits.open_limits_for(sent).count() == 0


def test_its_author_is_told_once_it_is_live(forum, send):
    sent = send(upto="adopt")
    assert operations.tell_contributors() == 0
    publishing.publish(
        publishing.report(sent.article.revisions.get(), by=forum.moderator), by=forum.moderator
    )
    assert (operations.tell_contributors(), operations.tell_contributors()) == (1, 0)
    notice = Notice.objects.filter(recipient=forum.staff).order_by("-id").first()
    assert (notice.title, notice.url) == (f"您的投稿已发布：{sent}", sent.article.get_absolute_url())


def test_where_it_is_follows_its_article(forum, send):
    sent = send(upto="adopt")
    assert (sent.stands, sent.is_live) == ("已采用", False)
    article = publishing.publish(
        publishing.report(sent.article.revisions.get(), by=forum.moderator), by=forum.moderator
    )
    sent = Contribution.objects.get()
    assert (sent.stands, sent.is_live) == ("已发布", True)
    publishing.withdraw(article, by=forum.moderator, note="有误")
    assert Contribution.objects.get().stands == "已撤稿"


def test_nobody_reviews_the_text_they_contributed(forum, send):
    """A head may contribute, and somebody else decides about it on the column's route."""
    forum.qa.takes_contributions = True
    forum.qa.save()
    sent = send(by=forum.head_person, column=forum.qa, upto="adopt")
    with pytest.raises(Refused, match="没有可审核的人"):
        publishing.report(sent.article.revisions.get(), by=forum.moderator)
    second = User.objects.create_user("fuzeren2", name="周明", department=forum.section)
    column_operations.appoint(
        second, Role.objects.get(key="HEAD"), forum.main, by=forum.system, reason="测试"
    )
    revision = publishing.report(sent.article.revisions.get(), by=forum.moderator)
    head = User.objects.get(pk=forum.head_person.pk)
    assert publishing_rules.why_not(head, "approve", revision) == "不能审核自己采集或修改的稿件"
    assert (review_queue(head).count(), review_queue(second).count()) == (0, 1)


def test_a_refusal_needs_a_reason_and_is_kept(forum, send):
    with pytest.raises(Refused, match="请写明不予采用的理由"):
        operations.refuse(send(), by=forum.moderator, note=" ")
    refused = send("第二件", upto="refuse")
    assert told(forum.staff) == ["您的投稿未采用：第二件"]
    assert [rules.oversees(one, refused) for one in (forum.inspector, forum.auditor)] == [True, True]
    assert rules.oversees(forum.collector, refused) is False


def test_it_may_be_taken_back_before_anybody_took_it(forum, send):
    sent = operations.withdraw(send(), by=forum.staff)
    assert (sent.state, limits.open_limits_for(sent).count()) == ("WITHDRAWN", 0)
    with pytest.raises(TooLate):
        operations.adopt(sent, by=forum.moderator)
    assert Article.objects.count() == 0
    with pytest.raises(NotAllowed, match="只有投稿人可以撤回"):
        operations.withdraw(send("第二件"), by=forum.reader)


def test_adopting_twice_makes_one_article(forum, send):
    sent = send(upto="adopt")
    with pytest.raises(TooLate):
        operations.adopt(sent, by=forum.moderator)
    assert Article.objects.count() == 1


def test_nobody_takes_their_own_nor_their_principals(forum, send, in_place_of):
    sent = send()
    role = Role.objects.create(key="SECTION", name="分版主", powers=["collect", "publish"])
    column_operations.appoint(forum.staff, role, forum.main, by=forum.system, reason="测试")
    staff = User.objects.get(pk=forum.staff.pk)
    assert rules.why_not(staff, "adopt", sent) == "不能处理自己的投稿"
    deputy = in_place_of(staff)
    assert rules.why_not(deputy, "refuse", sent) == "您正代理投稿人，不能处理被代理人的投稿"
    assert queries.to_decide(staff).count() == queries.to_decide(deputy).count() == 0


@pytest.mark.parametrize("verb", ["adopt", "refuse"])
@pytest.mark.parametrize(
    "who", ["collector", "head_person", "inspector", "auditor", "granter", "chief", "reader"]
)
def test_it_takes_collecting_and_publishing_to_decide(forum, send, who, verb):
    assert "采集和发布权限" in rules.why_not(getattr(forum, who), verb, send())


STATES = {"": "SUBMITTED", "adopt": "ADOPTED", "refuse": "REFUSED"}


@pytest.mark.parametrize("upto", STATES)
@pytest.mark.parametrize("verb", sorted(CONTRIBUTION.transitions))
def test_every_move_from_every_state(forum, send, verb, upto):
    sent, move = send(upto=upto), CONTRIBUTION[verb]
    by = forum.staff if verb == "withdraw" else forum.moderator
    typed = {"note": "理由"} if move.needs_note else {}
    if STATES[upto] in move.sources:
        assert getattr(operations, verb)(sent, by=by, **typed).state == move.target
    else:
        with pytest.raises(TooLate):
            getattr(operations, verb)(sent, by=by, **typed)


def test_the_heap_has_what_waits_with_its_clock(forum, send):
    with clock.at(clock.now() - timedelta(days=9)):
        send("先来的")
    send("后来的")
    found = todos.page_of(forum.moderator, todos.heap("contributions"), 1)
    assert [(one.todo.title, bool(one.todo.time_left)) for one in found] == [
        ("先来的", True),
        ("后来的", True),
    ]
    assert todos.counts(forum.collector)["contributions"] == 0


def test_lately_adopted_are_those_that_readers_find(forum, send):
    sent = send(upto="adopt")
    columns = column_rules.readable_tree(AnonymousUser(), tree(forum.main))
    assert list(queries.lately_live(forum.main, columns)) == []
    publishing.publish(
        publishing.report(sent.article.revisions.get(), by=forum.moderator), by=forum.moderator
    )
    assert list(queries.lately_live(forum.main, columns)) == [sent]
