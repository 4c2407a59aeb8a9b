"""The clock jumps, and the broker is away for an hour: sweeps that come late, early or twice do their work once."""

from datetime import timedelta
from io import StringIO

import pytest
from celery import current_app
from django.core.management import call_command

from portal import clock
from portal.backups.databases import sqlite
from portal.models import AuditEntry, Notice
from portal.sweeps import registry
from publishing import operations
from publishing.enums import ArticleState
from publishing.models import Article

HOUR = timedelta(hours=1)


@pytest.fixture
def waiting(office, write, monkeypatch) -> list[Article]:
    """Three texts that are to appear within the next hour, ten minutes apart."""
    monkeypatch.setattr(sqlite, "WAIT_SECONDS", 0)  # no backup waits for the test's own transaction
    found = []
    for n in range(3):
        revision = write(title=f"第{n}篇", upto="approve")
        revision.refresh_from_db()
        moment = clock.now() + timedelta(minutes=10 * (n + 1))
        operations.schedule(revision, by=office.moderator, at=moment)
        found.append(revision.article)
    return found


def sweep_all(moment) -> None:
    current_app.loader.import_default_modules()
    with clock.at(moment):
        for one in registry.values():
            one.run()


def published(texts: list[Article]) -> list[int]:
    """How often each was published."""
    ids = [str(text.revisions.get().pk) for text in texts]
    acts = AuditEntry.objects.filter(verb="publish", object_id__in=ids, object_type="publishing.revision")
    done = list(acts.values_list("object_id", flat=True))
    return [done.count(pk) for pk in ids]


def sound() -> bool:
    try:
        call_command("check_integrity", stdout=StringIO())
    except SystemExit:
        return False
    return True


def test_after_an_hour_without_a_broker_the_first_round_does_all_that_was_due(waiting):
    now = clock.now()
    sweep_all(now + HOUR)
    assert published(waiting) == [1, 1, 1]
    assert {text.state for text in Article.objects.filter(pk__in=[one.pk for one in waiting])} == {
        ArticleState.LIVE
    }
    notices = Notice.objects.count()
    sweep_all(now + HOUR)  # the rounds that had queued up meanwhile
    sweep_all(now + HOUR)
    assert (published(waiting), Notice.objects.count()) == ([1, 1, 1], notices)
    assert sound()


def test_a_clock_that_is_set_back_publishes_nothing_early_and_nothing_twice(waiting):
    now = clock.now()
    sweep_all(now + timedelta(minutes=15))
    assert published(waiting) == [1, 0, 0]
    sweep_all(now - timedelta(days=400))
    assert published(waiting) == [1, 0, 0]
    sweep_all(now + timedelta(minutes=15))
    assert published(waiting) == [1, 0, 0]
    assert sound()


def test_a_clock_that_runs_ahead_a_year_and_comes_back_loses_nothing(waiting):
    now = clock.now()
    sweep_all(now + timedelta(days=366))
    sweep_all(now + timedelta(minutes=1))
    assert published(waiting) == [1, 1, 1]
    assert sound()
