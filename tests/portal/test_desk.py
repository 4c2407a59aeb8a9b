"""工作台: what waits for the person who is signed in."""

from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from portal import clock, todos
from portal.models import Notice
from publishing import operations

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    """`desk(person, kind="…")` gives the desk's first page as that person sees it."""

    def page(person, **query):
        client.force_login(person)
        return client.get(reverse("desk:home"), query)

    return page


def titles(page):
    return [(entry.kind.label, entry.todo.title) for entry in page.context["entries"]]


def returned(office, revision):
    return operations.return_(revision.steps.get(state="CURRENT"), by=office.head_person, note="请核对数字")


def test_desk_gathers_every_kind_with_running_clocks_first(desk, office, write):
    write("草稿一件")
    returned(office, write("退回一件", upto="report"))
    assert titles(desk(office.collector)) == [("退回待改", "退回一件"), ("我的草稿", "草稿一件")]


def test_desk_shows_the_reason_of_a_return_beside_the_title(desk, office, write):
    returned(office, write(upto="report"))
    assert "退回理由：请核对数字" in desk(office.collector).content.decode()


def test_scheduled_texts_are_found_with_their_time_and_press_nobody(desk, office, write):
    at = clock.now() + timedelta(days=1)
    operations.schedule(write("元旦放假通知", upto="approve"), by=office.moderator, at=at)
    page = desk(office.moderator, kind="scheduled")
    assert titles(page) == [("定时待发", "元旦放假通知")]
    assert f"{clock.local(at):%m-%d %H:%M} 自动发布" in page.content.decode()
    assert todos.pressing(office.moderator) == 0
    assert titles(desk(office.collector)) == []


def test_desk_is_calm_when_nothing_waits(desk, office):
    page = desk(office.staff).content.decode()
    assert ("现在没有等您处理的事" in page, "写稿" in page) == (True, False)


def test_writing_is_offered_to_those_who_collect(desk, office):
    assert reverse("admin:publishing_article_add") in desk(office.collector).content.decode()
    assert reverse("admin:publishing_article_add") not in desk(office.head_person).content.decode()


def test_one_kind_is_shown_page_by_page(desk, office, write):
    for number in range(21):
        write(f"草稿{number}")
    page = desk(office.collector, kind="draft", page="2")
    assert len(titles(page)) == 1
    assert page.context["listing"].paginator.count == 21


def test_an_unknown_kind_is_not_found(desk, office):
    assert desk(office.collector, kind="other").status_code == 404


def test_desk_costs_the_same_for_one_and_for_thirty_texts(
    desk, client, office, write, django_assert_max_num_queries
):
    write("第一件")
    returned(office, write("退回一件", upto="report"))
    desk(office.collector)
    with django_assert_max_num_queries(15) as few:
        client.get(reverse("desk:home"))
    for number in range(15):
        write(f"草稿{number}")
        returned(office, write(f"退回{number}", upto="report"))
    with django_assert_max_num_queries(15) as many:
        client.get(reverse("desk:home"))
    assert len(many) == len(few)


def test_pressing_counts_what_asks_for_an_act_not_drafts(office, write):
    write("草稿一件")
    returned(office, write("退回一件", upto="report"))
    assert todos.pressing(office.collector) == 1


def test_badge_asks_four_queries_at_most_and_none_of_visitors(office, write, django_assert_max_num_queries):
    write(upto="report")
    request = RequestFactory().get("/")
    request.user = type(office.head_person).objects.get(pk=office.head_person.pk)
    badge = Template("{% load desk_badge %}{% desk_badge %}")
    with django_assert_max_num_queries(4):
        assert ">1</b>" in badge.render(Context({"request": request}))


def test_badge_is_on_the_pages_of_readers_too(client, office, write):
    write(upto="report")
    client.force_login(office.head_person)
    assert 'class="badge" title="1 件事等您处理">1</b>' in client.get("/").content.decode()


def test_notices_are_new_once(client, office, write):
    write(upto="report")
    client.force_login(office.head_person)
    address = reverse("desk:notices")
    assert 'class="unread"' in client.get(address).content.decode()
    assert 'class="unread"' not in client.get(address).content.decode()
    assert Notice.objects.filter(recipient=office.head_person, read_at=None).count() == 0


def test_notices_of_others_are_never_shown(client, office, write):
    write(upto="report")
    client.force_login(office.collector)
    assert "还没有消息" in client.get(reverse("desk:notices")).content.decode()


def test_what_nobody_without_a_power_can_have_is_not_even_counted(desk, office):
    person = desk(office.staff).wsgi_request.user
    counted = {heap.key for heap in todos.heaps() if heap.may_hold(person)}
    assert {"review", "publish", "letters", "answers", "comments", "consent"} & counted == set()
    assert todos.counts(person)["review"] == 0


@pytest.mark.parametrize("who", ["head_person", "signer", "moderator", "inspector"])
def test_whoever_may_decide_a_step_has_it_counted(desk, office, who):
    """A column's procedure may give a step to any of their powers, for texts and for answers to questions."""
    person = desk(getattr(office, who)).wsgi_request.user
    assert todos.heap("review").may_hold(person)
    assert todos.heap("answers").may_hold(person)
