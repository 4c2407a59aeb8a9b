"""One clock, however many run: who holds the post ticks, and when it dies another takes over in time."""

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import redis

from portal import beat, redis_links
from portal.celery import app
from portal.settings import values
from scripts import services

HOLD = """
import sys, time
from portal import beat
from portal.settings import values
from pathlib import Path
post = beat.post(values.redis(sys.argv[1]) if "://" in sys.argv[1] else Path(sys.argv[1]))
print(post.hold(), flush=True)
time.sleep(60)
"""
needs_redis = pytest.mark.skipif(not services.program("redis-server"), reason="Redis is not installed")


@pytest.fixture(params=["folder", pytest.param("redis", marks=needs_redis)])
def where(request, tmp_path):
    """Where the post is, as settings.BEAT_LOCK says it."""
    if request.param == "folder":
        yield tmp_path / "beat.lock"
        return
    with services.redis() as server:
        yield values.redis(server["REDIS_URL"])


@pytest.fixture
def lease(monkeypatch):
    """Of a second, so that nobody has to wait."""
    monkeypatch.setattr(beat, "LEASE_SECONDS", 1)


def clock_of(where, settings, tmp_path, sent):
    """A beat whose calls are gathered in `sent`."""
    settings.BEAT_LOCK, settings.VAR_DIR = where, tmp_path
    app.finalize()
    one = beat.OneBeat(app, lazy=True)
    one.setup_schedule()
    one.apply_entry = lambda entry, producer=None: sent.append(entry.name)
    return one


def ticks(one):
    """Until it would rest."""
    while not one.tick():
        continue


def overdue(one):
    """Everything was called a year ago."""
    for entry in one.schedule.values():
        entry.last_run_at = datetime.now(UTC) - timedelta(days=365)
    one._heap = None


def test_of_two_beats_one_ticks(where, settings, tmp_path):
    sent, idle = [], []
    first, second = clock_of(where, settings, tmp_path, sent), clock_of(where, settings, tmp_path, idle)
    ticks(first)
    overdue(first)
    for _ in range(3):
        ticks(first)
        ticks(second)
    assert "publish_scheduled" in sent
    assert sorted(sent) == sorted(first.schedule)
    assert idle == []
    assert (tmp_path / "beat.seen").exists()


def test_the_next_beat_calls_nothing_again(where, settings, tmp_path):
    sent = []
    first, second = clock_of(where, settings, tmp_path, sent), clock_of(where, settings, tmp_path, sent)
    ticks(first)
    overdue(first)
    ticks(first)
    first.close()
    overdue(second)
    ticks(second)
    assert sorted(sent) == sorted(first.schedule)


def test_the_next_beat_calls_what_was_left_out(where, settings, tmp_path):
    sent = []
    first, second = clock_of(where, settings, tmp_path, []), clock_of(where, settings, tmp_path, sent)
    ticks(first)
    first._post.note({"publish_scheduled": (datetime.now(UTC) - timedelta(minutes=5)).isoformat()})
    first.close()
    ticks(second)
    assert sent == ["publish_scheduled"]


def test_a_sweep_of_every_day_is_not_put_off_by_restarts(where, settings, tmp_path):
    first = clock_of(where, settings, tmp_path, [])
    ticks(first)
    began = first.schedule["make_partitions"].last_run_at
    first.close()
    second = clock_of(where, settings, tmp_path, [])
    second.schedule["make_partitions"].last_run_at = datetime.now(UTC) + timedelta(hours=3)
    ticks(second)
    assert second.schedule["make_partitions"].last_run_at == began


def test_a_beat_that_is_killed_is_followed_within_its_lease(where, tmp_path):
    said = where.url if isinstance(where, values.Redis) else str(where)
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": ""}
    command = [
        sys.executable,
        "-c",
        HOLD.replace("from portal import beat", "from portal import beat\nbeat.LEASE_SECONDS = 2"),
    ]
    killed = subprocess.Popen([*command, said], env=environment, stdout=subprocess.PIPE, text=True)
    assert killed.stdout.readline() == "True\n"
    next_one = beat.post(where)
    assert not next_one.hold()
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    began = time.monotonic()
    while not next_one.hold():
        assert time.monotonic() - began < 5
        time.sleep(0.1)
    next_one.leave()


@needs_redis
def test_a_lease_that_is_kept_does_not_run_out(lease):
    with services.redis() as server:
        where = values.redis(server["REDIS_URL"])
        one, other = beat.post(where), beat.post(where)
        assert one.hold()
        for _ in range(8):
            time.sleep(0.2)
            assert (one.hold(), other.hold()) == (True, False)


@needs_redis
def test_a_beat_that_slept_through_its_lease_knows_it(lease):
    with services.redis() as server:
        where = values.redis(server["REDIS_URL"])
        one, other = beat.post(where), beat.post(where)
        assert one.hold()
        time.sleep(1.2)
        assert other.hold()
        assert not one.hold()


@needs_redis
def test_nobody_ticks_while_redis_is_away(settings, tmp_path):
    with services.redis() as server:
        where, sent = values.redis(server["REDIS_URL"]), []
        one = clock_of(where, settings, tmp_path, sent)
        ticks(one)
        overdue(one)
        with closing(redis.Redis(port=urlsplit(where.url).port)) as own:
            own.shutdown(nosave=True)
        assert one.tick() == beat.ASK_SECONDS
        assert sent == []
    redis_links._pool.cache_clear()
