"""在线投稿 as readers send texts and follow them, and the desk where moderators take them."""

import uuid

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from columns.models import Column
from interaction.models import Contribution
from interaction.views.contributions import public
from publishing import operations as publishing

pytestmark = pytest.mark.django_db
NEW = "/contributions/new/"
LIST = reverse("desk:contributions")


def typed(forum, **fields) -> dict:
    return {
        "column": forum.exchange.pk, "title": "取号机旁的三句话", "body": "第一段\r\n\r\n　　第二段", "is_declared": "on",
        "key": uuid.uuid4(), **fields,
    }  # fmt: skip


def page(sent) -> str:
    return reverse("desk:contribution", args=[sent.pk])


def press(client, sent, verb, **fields):
    return client.post(reverse("desk:contribution_act", args=[sent.pk, verb]), fields)


def text(answer) -> str:
    return answer.content.decode()


def count(client, where) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(where).status_code == 200
    return len(queries)


def test_a_text_is_sent_once_and_followed(sign_in, forum):
    client, form = sign_in(forum.staff), typed(forum)
    answers = [client.post(NEW, form) for _ in range(2)]
    sent = Contribution.objects.get()
    assert [one.headers["Location"] for one in answers] == [sent.get_absolute_url()] * 2
    assert sent.body == "<p>第一段</p><p>第二段</p>"
    assert "版主将在" in text(client.get(sent.get_absolute_url()))


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("title", ""), ("title", "长" * 61), ("title", "零\0字节"), ("title", "　"), ("body", ""), ("body", "　\n　"),
        ("body", "长" * 20001), ("body", "零\0字节"), ("column", ""), ("column", "99999999"), ("column", "x"),
        ("is_declared", ""),
    ],
)  # fmt: skip
def test_wrong_input_is_refused_at_its_field_and_kept(sign_in, forum, field, wrong):
    answer = sign_in(forum.staff).post(NEW, typed(forum, **{field: wrong}))
    assert (answer.status_code, Contribution.objects.count()) == (422, 0)
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert form["title"].value() == (wrong if field == "title" else "取号机旁的三句话")


def test_a_reprint_asks_for_author_and_source(sign_in, forum):
    answer = sign_in(forum.staff).post(NEW, typed(forum, is_reprint="yes", source_name=" "))
    assert sorted(answer.context["form"].errors) == ["author_name", "source_name"]
    sign_in(forum.staff).post(NEW, typed(forum, is_reprint="yes", author_name="记者", source_name="某报"))
    assert Contribution.objects.get().author_name == "记者"


@pytest.mark.parametrize("words", ["𠮷野家 👍🏽", "<b onclick=x>粗</b><img src=/x>", "a" * 19000])
def test_any_words_are_plain_words(sign_in, forum, words):
    sign_in(forum.staff).post(NEW, typed(forum, body=words))
    sent = Contribution.objects.get()
    assert ("<img" in sent.body, "<b" in sent.body) == (False, False)


def test_columns_one_may_not_contribute_to_are_not_offered(sign_in, forum):
    assert [one.pk for one in sign_in(forum.staff).get(NEW).context["form"].columns.values()] == [
        forum.exchange.pk
    ]
    answer = sign_in(forum.collector).get(NEW)
    assert answer.context["form"].columns == {}
    assert "没有您可以投稿的栏目" in text(answer)
    assert sign_in(forum.staff).post(NEW, typed(forum, column=forum.news.pk)).status_code == 422


def test_too_many_in_an_hour_are_refused_with_what_was_typed(sign_in, forum, monkeypatch):
    monkeypatch.setattr(public, "MOST", 2)
    client = sign_in(forum.staff)
    assert [client.post(NEW, typed(forum)).status_code for _ in range(3)] == [302, 302, 429]


def test_everybody_reads_how_it_goes_and_what_was_adopted_lately(client, forum, send):
    sent = send(upto="adopt")
    publishing.publish(
        publishing.report(sent.article.revisions.get(), by=forum.moderator), by=forum.moderator
    )
    found = text(client.get("/contributions/"))
    assert "业务交流 › 业务交流" in found or "业务交流" in found
    assert sent.title in found
    assert "/login/" in client.get(NEW).headers["Location"]


def test_what_was_adopted_in_a_hidden_column_stays_hidden(client, forum, send):
    sent = send(upto="adopt")
    publishing.publish(
        publishing.report(sent.article.revisions.get(), by=forum.moderator), by=forum.moderator
    )
    Column.objects.filter(pk=forum.exchange.pk).update(readers="STAFF")
    assert sent.title not in text(client.get("/contributions/"))


@pytest.mark.parametrize("who", ["reader", "moderator", "inspector", "granter"])
def test_ones_own_page_is_nobody_elses(sign_in, forum, send, who):
    sent = send(upto="refuse")
    assert "理由：" in text(sign_in(forum.staff).get(sent.get_absolute_url()))
    client = sign_in(getattr(forum, who))
    assert client.get(sent.get_absolute_url()).status_code == 404
    assert client.post(f"{sent.get_absolute_url()}withdraw/").status_code == 404


def test_it_is_taken_back_by_a_button(sign_in, forum, send):
    sent, client = send(), sign_in(forum.staff)
    assert client.get(f"{sent.get_absolute_url()}withdraw/").status_code == 405
    client.post(f"{sent.get_absolute_url()}withdraw/")
    sent.refresh_from_db()
    assert sent.state == "WITHDRAWN"
    assert "不能撤回" in text(client.post(f"{sent.get_absolute_url()}withdraw/", follow=True))


# --- on the desk --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who",
    [
        "moderator",
        "inspector",
        "auditor",
        "collector",
        "head_person",
        "granter",
        "security",
        "chief",
        "staff",
    ],
)
def test_who_opens_the_desk_pages(sign_in, forum, send, who):
    sent, client = send(by=forum.reader), sign_in(getattr(forum, who))
    oversees = who in ("moderator", "inspector", "auditor")
    assert client.get(LIST).status_code == (200 if oversees else 403)
    assert client.get(page(sent)).status_code == (200 if oversees else 404)
    wanted = {"moderator": 302, "inspector": 403, "auditor": 403}.get(who, 404)
    assert press(client, sent, "adopt").status_code == wanted


def test_adopting_leads_on_to_the_draft(sign_in, forum, send):
    answer = press(sign_in(forum.moderator), send(), "adopt")
    sent = Contribution.objects.get()
    assert answer.headers["Location"] == reverse("desk:article", args=[sent.article_id])
    assert press(sign_in(forum.moderator), sent, "adopt").status_code == 409


def test_a_refusal_needs_a_reason_and_leads_on_to_the_next(sign_in, forum, send):
    first, second, client = send("一"), send("二"), sign_in(forum.moderator)
    assert press(client, first, "refuse").status_code == 422
    assert press(client, first, "refuse", note="长" * 501).status_code == 422
    assert press(client, first, "refuse", note="不符").headers["Location"] == page(second)
    assert press(client, second, "refuse", note="不符").headers["Location"] == LIST


def test_unknown_verbs_states_and_ids_are_not_found(sign_in, forum, send):
    client, sent = sign_in(forum.moderator), send()
    assert press(client, sent, "withdraw").status_code == 404
    assert client.get(LIST, {"state": "x"}).status_code == 404
    assert client.get("/contributions/99999999999999999999/").status_code == 404


def test_lists_cost_the_same_with_one_and_thirty(sign_in, forum, send):
    send(upto="adopt")
    client = sign_in(forum.moderator)
    client.get(LIST)
    with_one = count(client, LIST)
    mine = sign_in(forum.staff)
    mine.get("/contributions/")
    own = count(mine, "/contributions/"), count(mine, "/desk/my/?kind=contributions")
    waiting = send("待处理的")
    names = [one.attname for one in Contribution._meta.concrete_fields if one.attname not in ("id", "key")]
    values = {name: getattr(waiting, name) for name in names}
    Contribution.objects.bulk_create(Contribution(**values, key=uuid.uuid4()) for _ in range(28))
    assert (count(mine, "/contributions/"), count(mine, "/desk/my/?kind=contributions")) == own
    client = sign_in(forum.moderator)
    client.get(LIST)
    assert count(client, LIST) == with_one
