"""What costs much is answered so often and no more, each person and each address by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from portal import clock, floods

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 9, 30, 4, tzinfo=UTC)


@pytest.fixture
def few(monkeypatch):
    few = floods.Most("搜索", 1, 2)
    monkeypatch.setattr(floods, "SEARCHES", few)
    monkeypatch.setitem(floods.COSTLY, "search", few)


def statuses(browser: Client, times: int, path: str = "/search/?q=a", **more) -> list[int]:
    with clock.at(NOON):
        return [browser.get(path, **more).status_code for _ in range(times)]


def test_searching_too_often_is_told_with_when_to_come_back(office, few):
    browser = Client()
    assert statuses(browser, 3) == [200, 200, 429]
    with clock.at(NOON):
        told = browser.get("/search/?q=a")
    assert told.headers["Retry-After"] == "60"
    assert "操作太频繁" in told.content.decode()
    with clock.at(NOON + timedelta(seconds=60)):
        assert browser.get("/search/?q=a").status_code == 200


def test_another_address_and_a_person_are_counted_by_themselves(office, few):
    visitor, person = Client(), Client()
    person.force_login(office.collector)
    assert statuses(visitor, 3)[-1] == 429
    assert statuses(visitor, 1, REMOTE_ADDR="10.0.0.2") == [200]
    assert statuses(person, 2) == [200, 429]


def test_the_page_that_only_asks_for_words_is_never_refused(office, few):
    assert set(statuses(Client(), 6, "/search/")) == {200}


def test_copies_of_lists_are_limited_by_person(office, monkeypatch):
    few = floods.Most("导出", 1, 1)
    monkeypatch.setattr(floods, "COPIES", few)
    monkeypatch.setitem(floods.COSTLY, "catalogue_package", few)
    person = Client()
    person.force_login(office.collector)
    assert statuses(person, 2, "/directory/export/") == [200, 429]
