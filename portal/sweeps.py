"""Sweeps: the only background work there is. Each may run twice, late, or after a crash, and does no harm.

An app declares one in any module of its own that its `tasks.py` imports:

    @sweep("publish_scheduled", every=timedelta(minutes=1), label="定时发布")
    def publish_scheduled() -> int: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from celery import shared_task


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
        registry[name] = Sweep(name, label, every, function)
        shared_task(name=f"sweep.{name}")(function)
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
