"""评论 under articles, and the desk where they are decided about: who is shown what, and what odd input meets."""

import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from columns.models import Column
from interaction.models import Comment
from interaction.views.comments import public
from portal.models import AuditEntry
from tests.interaction.forum.conftest import write

pytestmark = pytest.mark.django_db
LIST = reverse("desk:comments")
PEOPLE = ("moderator", "inspector", "auditor", "collector", "head_person", "granter", "chief", "staff")


def copies(comment: Comment) -> None:
    """Twenty-nine more of the same."""
    names = [one.attname for one in Comment._meta.concrete_fields if one.attname not in ("id", "key", "body")]
    values = {name: getattr(comment, name) for name in names}
    Comment.objects.bulk_create(
        Comment(**values, body=f"第 {number} 条", key=uuid.uuid4()) for number in range(29)
    )


def address(article) -> str:
    return f"{article.get_absolute_url()}comments/"


def page(comment) -> str:
    return reverse("desk:comment", args=[comment.pk])


def press(client, comment, verb, **typed):
    return client.post(reverse("desk:comment_act", args=[comment.pk, verb]), typed)


def text(answer) -> str:
    return answer.content.decode()


# --- under the article --------------------------------------------------------------------------


def test_readers_see_what_was_agreed_to_oldest_first(client, say, article):
    said = {
        "先说的": "publish",
        "还没审的": "",
        "不发的": "refuse",
        "撤下的": "withdraw",
        "后说的": "publish",
    }
    for words, upto in said.items():
        say(words, upto=upto)
    found = text(client.get(article.get_absolute_url()))
    assert [words for words in said if words in found] == ["先说的", "后说的"]
    assert found.index("先说的") < found.index("此评论已由版主撤下") < found.index("后说的")
    assert "登录后发表评论" in found


def test_the_author_alone_sees_what_waits_and_what_was_refused(sign_in, forum, say, article):
    say("还没审的")
    say("不发的", upto="refuse")
    own = text(sign_in(forum.staff).get(article.get_absolute_url()))
    others = text(sign_in(forum.reader).get(article.get_absolute_url()))
    assert "待审核，只有您能看到" in own
    assert "理由：与文章无关" in own
    assert ("还没审的" in others, "不发的" in others) == (False, False)


def test_a_comment_is_sent_from_the_article(sign_in, forum, article):
    client, key = sign_in(forum.staff), uuid.uuid4()
    for _ in range(2):
        answer = client.post(address(article), {"body": "第一行\r\n\r\n\r\n\r\n第二行", "key": key})
        assert answer.headers["Location"] == f"{article.get_absolute_url()}#comments"
    comment = Comment.objects.get()
    assert (comment.body, comment.author) == ("第一行\n\n第二行", forum.staff)


def test_visitors_are_led_to_the_sign_in_with_their_words_kept(client, article):
    answer = client.post(address(article), {"body": "我写了很多"})
    assert answer.status_code == 403
    assert "我写了很多" in text(answer)
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("wrong", ["", "　\n ", "长" * 1001, "零\0字节"])
def test_odd_words_come_back_with_the_reason(sign_in, forum, article, wrong):
    answer = sign_in(forum.staff).post(address(article), {"body": wrong, "key": "junk"})
    assert (answer.status_code, Comment.objects.count()) == (422, 0)
    assert answer.context["typed"]["body"].value() == wrong


@pytest.mark.parametrize("words", ["👍🏽 很好", "𠮷野家的“𠮷”字", "<script>alert(1)</script>", "9" * 1000])
def test_any_letters_are_kept_as_they_are(sign_in, forum, article, words):
    client = sign_in(forum.staff)
    assert client.post(address(article), {"body": words}).status_code == 302
    assert Comment.objects.get().body == words
    assert "<script>alert" not in text(client.get(article.get_absolute_url()))


def test_too_many_in_a_short_time_are_refused_with_what_was_typed(sign_in, forum, article, monkeypatch):
    monkeypatch.setattr(public, "MOST", 2)
    client = sign_in(forum.staff)
    answers = [client.post(address(article), {"body": f"第 {n} 条"}) for n in range(3)]
    assert [one.status_code for one in answers] == [302, 302, 429]
    assert answers[2].context["typed"]["body"].value() == "第 2 条"


def test_get_leads_to_the_comments(sign_in, forum, article):
    assert sign_in(forum.staff).get(address(article)).headers["Location"].endswith("#comments")


@pytest.mark.parametrize("pk", [0, 99999999, 9999999999999999])
def test_no_such_article(sign_in, forum, pk):
    assert sign_in(forum.staff).post(f"/a/{pk}/comments/", {"body": "说"}).status_code == 404


def test_a_hidden_article_is_not_there(sign_in, forum, article):
    column = Column.objects.get(pk=forum.exchange.pk)
    column.readers = "DEPARTMENTS"
    column.save()
    column.reader_departments.add(forum.registry)
    assert sign_in(forum.staff).post(address(article), {"body": "说"}).status_code == 404


def count(client, where) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(where).status_code == 200
    return len(queries)


def test_a_column_without_comments_costs_its_readers_nothing(client, forum, article):
    news = write(forum, "要闻", column=forum.news)
    assert count(client, news.get_absolute_url()) <= 7
    Column.objects.filter(pk=forum.exchange.pk).update(takes_comments=False)
    without = count(client, article.get_absolute_url())
    Column.objects.filter(pk=forum.exchange.pk).update(takes_comments=True)
    assert count(client, article.get_absolute_url()) - without <= 1


def test_thirty_comments_cost_no_more_than_two(client, say, article):
    say("一", upto="publish")
    with_one = count(client, article.get_absolute_url())
    copies(Comment.objects.get())
    assert count(client, article.get_absolute_url()) == with_one
    second = text(client.get(article.get_absolute_url(), {"comments": 2}))
    assert "第 2 / 2 页" in second
    assert "第 28 条" in second
    assert client.get(article.get_absolute_url(), {"comments": "x"}).status_code == 200


# --- on the desk --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", PEOPLE)
def test_who_opens_the_desk_pages(sign_in, forum, say, who):
    comment, client = say(by=forum.reader), sign_in(getattr(forum, who))
    oversees = who in ("moderator", "inspector", "auditor")
    assert client.get(LIST).status_code == (200 if oversees else 403)
    assert client.get(page(comment)).status_code == (200 if oversees else 404)
    wanted = {"moderator": 302, "inspector": 403, "auditor": 403}.get(who, 404)
    assert press(client, comment, "publish").status_code == wanted
    if wanted in (403, 404):
        assert AuditEntry.objects.filter(verb="refused", actor=getattr(forum, who)).count() == 1


def test_strangers_are_led_to_the_sign_in(client, say):
    comment = say()
    for where in (LIST, page(comment), f"{page(comment)}publish/"):
        assert "/login/" in client.get(where).headers["Location"]


def test_after_one_decision_the_next_comment_comes_up(sign_in, forum, say):
    first, second = say("一"), say("二")
    client = sign_in(forum.moderator)
    assert press(client, first, "publish").headers["Location"] == page(second)
    assert press(client, second, "refuse", note="无关").headers["Location"] == LIST


def test_a_refusal_without_reason_keeps_the_page(sign_in, forum, say):
    answer = press(sign_in(forum.moderator), say(), "refuse", note=" ")
    assert answer.status_code == 422
    assert "请写明不予发布的理由" in text(answer)


def test_a_second_click_is_told_that_it_came_late(sign_in, forum, say):
    comment, client = say(upto="publish"), sign_in(forum.moderator)
    answer = press(client, comment, "publish")
    assert answer.status_code == 409
    assert "可能别人刚刚处理过" in text(answer)


@pytest.mark.parametrize("note", ["长" * 501, "零\0字节"])
def test_odd_reasons_are_refused_at_the_field(sign_in, forum, say, note):
    answer = press(sign_in(forum.moderator), say(), "refuse", note=note)
    assert (answer.status_code, answer.context["form"]["note"].value()) == (422, note)


def test_unknown_verbs_states_and_ids_are_not_found(sign_in, forum, say):
    client, comment = sign_in(forum.moderator), say()
    assert press(client, comment, "delete").status_code == 404
    assert client.get(LIST, {"state": "x"}).status_code == 404
    assert client.get("/desk/comments/99999999999999999999/").status_code == 404


def test_the_list_counts_by_state(sign_in, forum, say):
    for upto in ("", "", "publish", "refuse"):
        say(upto=upto)
    answer = sign_in(forum.inspector).get(LIST, {"state": "refused"})
    assert [(label, number) for _, label, number in answer.context["tabs"]] == [
        ("全部", 4), ("待审核", 2), ("已发布", 1), ("未予发布", 1), ("已撤下", 0),
    ]  # fmt: skip
    assert "理由：与文章无关" in text(answer)


def test_lists_cost_the_same_with_one_and_thirty(sign_in, forum, say):
    say()
    client = sign_in(forum.moderator)
    client.get(LIST)
    with_one = count(client, LIST), count(client, "/desk/?kind=comments")
    copies(Comment.objects.get())
    assert (count(client, LIST), count(client, "/desk/?kind=comments")) == with_one


def test_own_comments_with_their_reasons_are_under_what_one_took_part_in(sign_in, forum, say):
    say("不发的", upto="refuse")
    found = text(sign_in(forum.staff).get(reverse("desk:my"), {"kind": "comments"}))
    assert "不发的" in found
    assert "理由：与文章无关" in found
    assert "未予发布" in found
    assert "不发的" not in text(sign_in(forum.reader).get(reverse("desk:my"), {"kind": "comments"}))
    assert sign_in(forum.staff).get(reverse("desk:my"), {"kind": "x"}).status_code == 404
