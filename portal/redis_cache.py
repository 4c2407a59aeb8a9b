"""The cache in Redis that no page waits for: while Redis is away everything is simply not kept.

What could not be deleted is owed and deleted first of all when Redis is back, so that nothing put aside is shown
again. Each process owes for itself; what it owes ends with it, at the latest after the time it was kept for.
"""

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import Redis

from portal import redis_links
from portal.settings import values

REST_SECONDS = 1
MOST_OWED = 10_000
T = TypeVar("T")
log = logging.getLogger(__name__)


class _Absence:
    """What a process knows of Redis being away; shared by all its threads."""

    until = 0.0
    owed: set[str] = set()


class PatientClient(RedisCacheClient):
    """Django's client, over `portal.redis_links`, with an answer for when there is none."""

    def __init__(self, servers: list[str], **where: Any):
        super().__init__(servers)
        self._where = values.Redis(**{"url": "" if where else servers[0], **where})

    def get_client(self, key: str | None = None, *, write: bool = False) -> Redis:
        return redis_links.client(self._where)

    def _tried(self, act: Callable[[], T], without: T) -> T:
        """`act()`, or `without` while Redis is away; it is then left alone for a second."""
        if time.monotonic() < _Absence.until:
            return without
        try:
            self._pay()
            return act()
        except redis_links.GONE:
            log.warning("Redis 连接不上，暂不使用缓存", exc_info=_Absence.until == 0)
            _Absence.until = time.monotonic() + REST_SECONDS
            return without

    def _pay(self) -> None:
        if owed := list(_Absence.owed):
            self.get_client(write=True).delete(*owed)
            _Absence.owed.difference_update(owed)

    def _owe(self, keys: Iterable[str]) -> None:
        if len(_Absence.owed) < MOST_OWED:
            _Absence.owed.update(keys)

    def add(self, key, value, timeout):
        return self._tried(lambda: RedisCacheClient.add(self, key, value, timeout), False)

    def get(self, key, default):
        return self._tried(lambda: RedisCacheClient.get(self, key, default), default)

    def set(self, key, value, timeout):
        if not self._tried(lambda: RedisCacheClient.set(self, key, value, timeout) or True, False):
            self._owe([key])  # the older value must not come back

    def touch(self, key, timeout):
        return self._tried(lambda: RedisCacheClient.touch(self, key, timeout), False)

    def delete(self, key):
        was = self._tried(lambda: RedisCacheClient.delete(self, key), None)
        if was is None:
            self._owe([key])
        return bool(was)

    def get_many(self, keys):
        return self._tried(lambda: RedisCacheClient.get_many(self, keys), {})

    def has_key(self, key):
        return self._tried(lambda: RedisCacheClient.has_key(self, key), False)

    def incr(self, key, delta):
        return self._tried(lambda: RedisCacheClient.incr(self, key, delta), delta)

    def set_many(self, data, timeout):
        if not self._tried(lambda: RedisCacheClient.set_many(self, data, timeout) or True, False):
            self._owe(data)

    def delete_many(self, keys):
        keys = list(keys)
        if not self._tried(lambda: RedisCacheClient.delete_many(self, keys) or True, False):
            self._owe(keys)


class PatientCache(RedisCache):
    """LOCATION is the server's address; with sentinels OPTIONS has the fields of `values.Redis`."""

    def __init__(self, server: str, params: dict[str, Any]):
        super().__init__(server, params)
        self._class = PatientClient
