"""Connections to the one Redis, or to whichever server the sentinels say is master now."""

from functools import cache

from redis import ConnectionPool, Redis
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError, ReadOnlyError, TimeoutError
from redis.retry import Retry
from redis.sentinel import Sentinel, SentinelConnectionPool

from portal.settings import values

CONNECT_SECONDS, ANSWER_SECONDS, TRIES = 1, 3, 2
GONE = (ConnectionError, TimeoutError, ReadOnlyError)
"""What a command raises while nobody is master: the server is away, or has just become a replica."""


def client(where: values.Redis) -> Redis:
    """A client on the process's shared connections. Its commands may raise one of `GONE`."""
    return Redis(connection_pool=_pool(where))


@cache
def _pool(where: values.Redis) -> ConnectionPool:
    limits = {"socket_timeout": ANSWER_SECONDS, "socket_connect_timeout": CONNECT_SECONDS}
    patience = {"retry": Retry(ExponentialBackoff(cap=0.5, base=0.05), TRIES)}
    if where.url:
        return ConnectionPool.from_url(where.url, **limits, **patience)
    known = Sentinel(where.sentinels, sentinel_kwargs=limits)
    login = {"password": where.password} if where.password else {}
    return SentinelConnectionPool(where.master, known, db=where.database, **limits, **patience, **login)
