"""Feeds tell each asker what they may read, and nothing else (JS-24)."""

from xml.etree import ElementTree

import pytest

from columns.enums import Readers

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def titles(client):
    def ask(address: str) -> list[str]:
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
        feed = ElementTree.fromstring(answer.content)
        return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]

    return ask


def test_site_feed_holds_the_newest_published_texts_of_its_site(office, write, titles):
    write("第一篇", upto="publish")
    write("子站的", column=office.sub_news, upto="publish")
    write("第二篇", column=office.exchange, upto="publish")
    write("还没发布", upto="report")
    assert titles("/feeds/") == ["第二篇", "第一篇"]
    assert titles("/s/beiqiao/feeds/") == ["子站的"]


def test_column_feed_holds_everything_below_it(office, write, titles):
    write("第一篇", upto="publish")
    write("别的栏目", column=office.exchange, upto="publish")
    assert titles("/feeds/gongzuodongtai/") == ["第一篇"]


def test_restricted_column_is_in_no_strangers_feed(office, write, titles, client):
    write("内部的", upto="publish")
    office.trends.readers = Readers.STAFF
    office.trends.save()
    assert titles("/feeds/") == []
    assert client.get("/feeds/gongzuodongtai/").status_code == 404
    client.force_login(office.staff)
    assert titles("/feeds/gongzuodongtai/") == titles("/feeds/") == ["内部的"]


def test_feed_takes_the_same_queries_for_many_texts_as_for_one(
    office, write, client, django_assert_max_num_queries
):
    for number in range(8):
        write(f"第 {number} 篇", upto="publish")
    with django_assert_max_num_queries(4):
        client.get("/feeds/")
