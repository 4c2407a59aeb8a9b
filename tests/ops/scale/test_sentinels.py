"""Redis behind three sentinels: the master is killed, and cache, broker and clock go on with the next one."""

import time

import pytest
from celery import Celery
from django.core.cache import caches
from django.test.utils import override_settings

from portal import beat, redis_cache, redis_links
from portal.settings import stores, values
from scripts import clusters, services

pytestmark = pytest.mark.skipif(not services.program("redis-server"), reason="Redis is not installed")
FAILOVER_SECONDS = 20


@pytest.fixture(autouse=True)
def anew():
    absence = redis_cache._Absence
    absence.until, absence.owed = 0.0, set()
    yield
    absence.until, absence.owed = 0.0, set()
    redis_links._pool.cache_clear()


def cache_of(where, tmp_path):
    with override_settings(CACHES={"default": stores.cache(where, tmp_path)}):
        return caches.create_connection("default")


def until(holds):
    end = time.monotonic() + FAILOVER_SECONDS
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


def message_goes_round(where, tmp_path):
    """Whether a message sent now by Celery's broker is received."""
    url, options = stores.broker(where, tmp_path)
    app = Celery("one", broker=url)
    app.conf.broker_transport_options = options
    try:
        with app.connection_for_write(connect_timeout=2) as connection:
            queue = connection.SimpleQueue("portal-test")
            queue.put("calling")
            message = queue.get(timeout=2)
            message.ack()
            return message.payload == "calling"
    except Exception:
        return False


def test_cache_broker_and_clock_go_on_when_the_master_is_killed(tmp_path):
    with clusters.sentinels() as found:
        where = values.redis(found.url)
        cache, post = cache_of(where, tmp_path), beat.post(where)
        until(lambda: redis_links.client(where).info("replication")["connected_slaves"] == 1)
        cache.set("columns", ["要闻报道"], 60)
        assert cache.get("columns") == ["要闻报道"]
        assert post.hold()
        assert message_goes_round(where, tmp_path)
        until(lambda: redis_links.client(where).wait(1, 1000) == 1)

        found.kill[0].kill()
        began = time.monotonic()
        assert cache.get("columns", "nothing") in ("nothing", ["要闻报道"])  # no page fails meanwhile
        assert time.monotonic() - began < 5
        until(lambda: cache.get("columns") == ["要闻报道"])
        until(post.hold)
        until(lambda: message_goes_round(where, tmp_path))


def test_a_page_waits_for_no_redis_and_what_was_deleted_does_not_come_back(tmp_path, monkeypatch):
    monkeypatch.setattr(redis_cache, "REST_SECONDS", 0.2)
    port = services.free_port()
    where = values.redis(f"redis://127.0.0.1:{port}/0")
    cache = cache_of(where, tmp_path)
    folder = str(tmp_path)
    with clusters._redis(folder, port, ["--port", str(port), "--save", "", "--appendonly", "yes"]):
        cache.set_many({"parameters": "old", "links": "old", "kept": "kept"})
    began = time.monotonic()
    assert (cache.get("parameters"), cache.get_or_set("links", lambda: "new")) == (None, "new")
    cache.delete("parameters")
    cache.set("links", "new")
    assert (cache.add("x", 1), cache.get_many(["x"])) == (False, {})
    assert time.monotonic() - began < 2
    with clusters._redis(folder, port, ["--port", str(port), "--save", "", "--appendonly", "yes"]):
        time.sleep(0.3)
        assert cache.get_many(["parameters", "links", "kept"]) == {"kept": "kept"}


def test_an_embedded_portal_keeps_its_cache_in_files(tmp_path):
    assert stores.cache(None, tmp_path)["LOCATION"] == tmp_path / "cache"
    assert stores.broker(None, tmp_path)[0] == "filesystem://localhost"
