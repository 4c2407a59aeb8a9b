"""Sweeps: the only background work there is. Each may run twice, late, or after a crash, and does no harm.

An app declares one in any module of its own that its `tasks.py` imports:

    @sweep("publish_scheduled", every=timedelta(minutes=1), label="定时发布")
    def publish_scheduled() -> int: ...
"""

import logging
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from pathlib import Path

from celery import shared_task
from django.apps import apps
from django.db import DatabaseError, transaction
from django.db.models import F

from portal import clock

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sweep:
    name: str
    label: str
    every: timedelta
    run: Callable[[], int]


registry: dict[str, Sweep] = {}


def sweep(name: str, *, every: timedelta, label: str) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Register a function that returns how many things it changed; Celery beat calls it `every` so often."""

    def register(function: Callable[[], int]) -> Callable[[], int]:
        @wraps(function)
        def run() -> int:
            return _run(name, function)

        registry[name] = Sweep(name, label, every, run)
        shared_task(name=f"sweep.{name}")(run)
        return function

    return register


def beat_schedule() -> dict[str, dict]:
    """Celery's timetable of all registered sweeps; one that waited too long is dropped, the next one does its work."""
    return {
        one.name: {
            "task": f"sweep.{one.name}",
            "schedule": one.every,
            "options": {"expires": one.every.total_seconds()},
        }
        for one in registry.values()
    }


def _run(name: str, function: Callable[[], int]) -> int:
    """The sweep, with its run written down; a moment that is only played leaves no mark."""
    if clock.is_played():
        return function()
    began, started = clock.now(), time.monotonic()
    _note(name, started_at=began)
    try:
        changed = function()
    except Exception as error:
        _note(name, ended_at=clock.now(), took_ms=_since(started), failures=F("failures") + 1)
        _note_failure(name, error)
        raise
    now = clock.now()
    _note(
        name, ended_at=now, succeeded_at=now, took_ms=_since(started), changed=changed or 0, failures=0,
        runs=F("runs") + 1,
    )  # fmt: skip
    return changed


def _since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)


def _note(name: str, **fields: object) -> None:
    """Into the sweep's one row. That it cannot be written stops no sweep. (Sweeps are declared before models are.)"""
    rows = apps.get_model("portal", "SweepRun").objects
    try:
        with transaction.atomic():
            if not rows.filter(name=name).update(**fields) and "started_at" in fields:
                rows.get_or_create(name=name, defaults=fields)
    except DatabaseError:
        log.exception("定时任务 %s 的执行情况未能记下", name)


def _note_failure(name: str, error: Exception) -> None:
    """Its kind and where it arose: messages of drivers may hold what somebody wrote."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(last.filename).name}:{last.lineno} {last.name}"
    failures = apps.get_model("portal", "SweepFailure").objects
    try:
        with transaction.atomic():
            failures.create(name=name, at=clock.now(), error=f"{type(error).__name__} {where}"[:300])
    except DatabaseError:
        log.exception("定时任务 %s 的失败未能记下", name)
