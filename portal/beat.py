"""One clock, however many are running: the beat that holds the post ticks, the others stand by.

The post is a lease in Redis, or a locked file where there is no Redis and so one machine only. A beat that dies loses
it within LEASE_SECONDS, and the next one knows from the post's book when each sweep was last called, so that it calls
none too early and none too late. Sweeps are idempotent: a beat that was frozen and wakes up does no harm.
"""

import fcntl
import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from celery.beat import ScheduleEntry, Scheduler
from django.conf import settings
from redis.exceptions import LockError

from portal import redis_links
from portal.settings import values

LEASE_SECONDS = 20
ASK_SECONDS = 2
KEY, BOOK = "portal:beat", "portal:beat:called"


class InRedis:
    """The post for all machines."""

    def __init__(self, where: values.Redis):
        self._redis = redis_links.client(where)
        self._lease = self._redis.lock(KEY, timeout=LEASE_SECONDS, blocking=False, thread_local=False)

    def hold(self) -> bool:
        """Take the post, or keep it; False while another has it or Redis is away."""
        try:
            return bool(self._lease.reacquire()) if self._lease.local.token else self._lease.acquire()
        except LockError:
            self._lease.local.token = None
            return False
        except redis_links.GONE:
            return False

    def leave(self) -> None:
        try:
            self._lease.release()
        except (LockError, *redis_links.GONE):
            return

    def called(self) -> dict[str, str]:
        return {name.decode(): at.decode() for name, at in self._redis.hgetall(BOOK).items()}

    def note(self, moments: dict[str, str]) -> None:
        if moments:
            self._redis.hset(BOOK, mapping=moments)


class InFolder:
    """The post of one machine: the lock goes with the process."""

    def __init__(self, path: Path):
        self._path, self._book = path, path.with_name("beat.json")
        self._file: BinaryIO | None = None

    def hold(self) -> bool:
        if self._file is not None:
            return True
        file = self._path.open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def leave(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def called(self) -> dict[str, str]:
        try:
            return json.loads(self._book.read_text("utf-8"))
        except (OSError, ValueError):
            return {}

    def note(self, moments: dict[str, str]) -> None:
        draft = self._book.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(self.called() | moments), "utf-8")
        draft.replace(self._book)


def post(where: values.Redis | Path) -> InRedis | InFolder:
    return InFolder(where) if isinstance(where, Path) else InRedis(where)


class OneBeat(Scheduler):
    """Celery's scheduler that ticks only while it holds the post."""

    def __init__(self, *args: Any, **kwargs: Any):
        self._post, self._is_mine = post(settings.BEAT_LOCK), False
        self._seen = Path(settings.VAR_DIR, "beat.seen")
        super().__init__(*args, **kwargs)

    def setup_schedule(self) -> None:
        self.merge_inplace(self.app.conf.beat_schedule)
        self.install_default_entries(self.schedule)

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Seconds until the next look; deploy/health.py sees by the file that this beat is awake."""
        self._seen.touch()
        if not self._post.hold():
            self._is_mine = False
            return ASK_SECONDS
        try:
            if not self._is_mine:
                self._take_over(self._post.called())
            return super().tick(*args, **kwargs)
        except redis_links.GONE:
            self._is_mine = False
            return ASK_SECONDS

    def _take_over(self, called: Mapping[str, str]) -> None:
        """A sweep that is not in the book begins to wait now, and goes on waiting when this beat is restarted."""
        for name, at in called.items():
            if name in self.schedule:
                self.schedule[name].last_run_at = datetime.fromisoformat(at)
        fresh = {
            name: one.last_run_at.isoformat() for name, one in self.schedule.items() if name not in called
        }
        self._post.note(fresh)
        self._heap, self._is_mine = None, True

    def reserve(self, entry: ScheduleEntry) -> ScheduleEntry:
        """Noted before it is called: of two beats none calls it again."""
        following = super().reserve(entry)
        self._post.note({entry.name: following.last_run_at.isoformat()})
        return following

    def close(self) -> None:
        super().close()
        self._post.leave()
