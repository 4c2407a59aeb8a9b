"""Which copies are fit: a thread of each process looks every second; one that is away or behind is left out.

A copy is fit when it has replayed what the primary had written at the look before. So no clock is compared, an idle
primary makes nobody late, and a copy that is cut off from its primary shows although it answers.
"""

import logging
import os
import random
import threading
import time
from dataclasses import dataclass, field

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

from portal.replicas.routing import PRIMARY

LOOK_SECONDS = 1.0
STALE_SECONDS = 5.0
WRITTEN = "SELECT pg_current_wal_lsn()::text"
REPLAYED = "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn"
log = logging.getLogger(__name__)


@dataclass
class _Look:
    """What this process saw last; a thread that hangs makes it stale, and nobody believes it any more."""

    process: int = 0
    at: float = 0.0
    fit: list[str] = field(default_factory=list)


_look = _Look()
_starting = threading.Lock()


def aliases() -> list[str]:
    return [name for name in settings.DATABASES if name.startswith("replica")]


def fit() -> str | None:
    """A copy that may be read from now; None when there is none or nobody has looked yet."""
    if _look.process != os.getpid():  # the first request of a process that was just forked
        _start()
    found = _look.fit
    if not found or time.monotonic() - _look.at > STALE_SECONDS:
        return None
    return random.choice(found)


def is_gone(alias: str) -> bool:
    """Whether this copy has just stopped answering; it is left out from now on."""
    connections[alias].close()
    if _asked(alias, "SELECT 1") is not None:
        return False
    _look.fit = [one for one in _look.fit if one != alias]
    log.warning("只读副本 %s 没有应答，改读主库", alias)
    return True


def _start() -> None:
    with _starting:
        if _look.process != os.getpid():
            _look.process, _look.at, _look.fit = os.getpid(), 0.0, []
            threading.Thread(target=_watch, name="replicas", daemon=True).start()


def _watch() -> None:
    written = None
    while True:
        written = look(written)
        time.sleep(LOOK_SECONDS)


def look(written: str | None) -> str | None:
    """See which copies have replayed `written`, the primary's position at the last look; returns the present one."""
    now = _asked(PRIMARY, WRITTEN)
    if written is not None:
        seen = [one for one in aliases() if _asked(one, REPLAYED, written)]
        for one in set(_look.fit) - set(seen):
            log.warning("只读副本 %s 落后或没有应答，暂不使用", one)
        _look.fit, _look.at = seen, time.monotonic()
    return now or written


def _asked(alias: str, question: str, *given: str):
    """The one value of the answer, None when there is no answer."""
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            cursor.execute(question, given or None)
            return cursor.fetchone()[0]
    except (DatabaseError, InterfaceError):
        connection.close()
        return None
