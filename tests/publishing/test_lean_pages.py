"""What a reader's page costs: queries and Python calls, which unlike time are the same on every machine (ADR 0018)."""

import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import clock
from publishing.models import Article

QUERIES = {"home": 3, "column": 3, "article": 5}
CALLS = {"home": 14_000, "column": 8_000, "article": 10_000}


@pytest.fixture(autouse=True)
def _keeping(settings):
    """As in production: what a page costs once its site is known to the process."""
    settings.KEEPS_BETWEEN_REQUESTS = True


@pytest.fixture
def pages(write, office) -> dict[str, str]:
    """The addresses of a home, a column and an article page with thirty articles behind them."""
    for number in range(30):
        write(f"第 {number} 篇", upto="publish", column=(office.news, office.exchange)[number % 2])
    last = Article.objects.latest("pk")
    return {"home": "/", "column": office.trends.get_absolute_url(), "article": last.get_absolute_url()}


@pytest.mark.parametrize("shown", QUERIES)
def test_page_asks_the_database_a_handful_of_times(pages, client, shown):
    client.get(pages[shown])
    with CaptureQueriesContext(connection) as asked:
        assert client.get(pages[shown]).status_code == 200
        assert len(asked) <= QUERIES[shown], [one["sql"] for one in asked]


@pytest.mark.parametrize("shown", CALLS)
def test_page_stays_within_its_budget_of_calls(pages, client, shown):
    client.get(pages[shown])
    assert _calls(lambda: client.get(pages[shown])) <= CALLS[shown]


@pytest.mark.parametrize("shown", QUERIES)
def test_page_without_a_session_is_the_same_for_everybody_and_on_every_day(pages, client, shown):
    """So that it may lie about as a file."""
    now = client.get(pages[shown])
    with clock.at(clock.now() + timedelta(days=3)):
        later = client.get(pages[shown])
    assert now.content == later.content
    assert not now.cookies
    assert b"csrf" not in now.content


def test_search_words_stand_in_the_box_of_their_own_page_alone(pages, client):
    assert 'value="例会"' in client.get("/search/?q=例会").content.decode()
    assert 'value=""' in client.get("/").content.decode()


@pytest.mark.parametrize("shown", QUERIES)
def test_page_that_is_the_same_is_not_sent_again(pages, write, office, client, shown):
    first = client.get(pages[shown])
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(pages[shown], headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    write("新的一篇", upto="publish", column=office.exchange)
    assert client.get("/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_pages_of_whoever_has_signed_in_bear_no_tag(pages, office, client):
    client.force_login(office.staff)
    assert "ETag" not in client.get("/").headers


def _calls(visit) -> int:
    """Of Python and of C, while `visit` runs."""
    seen = 0

    def count(frame, event, argument):
        nonlocal seen
        seen += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        visit()
    finally:
        sys.setprofile(None)
    return seen
