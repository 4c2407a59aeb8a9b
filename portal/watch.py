"""What is watched of the house. A part adds a row of its own; the page of the 网管, /metrics and the alarm read them all.
It does so in a module that its app's `tasks.py` imports.

    register(Check("backup", "备份", 30, read, incident=IncidentKind.BACKUP))

Amber comes before red, and each says the one thing that would mend it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from celery import current_app

from portal import parameters
from portal.enums import Health, IncidentKind

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Reading:
    """How a part is now. `action` mends it, at `url` where that is a page; `value` is the bare number for /metrics."""

    state: Health
    words: str
    action: str = ""
    url: str = ""
    value: float | None = None


@dataclass(frozen=True)
class Check:
    """One row of the page, in the order of `place`. When it is red the 网管 are told, or an `incident` is raised."""

    key: str
    label: str
    place: int
    read: Callable[[], Reading]
    incident: IncidentKind | None = None


_checks: dict[str, Check] = {}


def register(*checks: Check) -> None:
    _checks.update({one.key: one for one in checks})


def readings() -> list[tuple[Check, Reading]]:
    """All checks as they stand. One that cannot be read is red: not to know is no comfort."""
    current_app.loader.import_default_modules()
    return [(one, _read(one)) for one in sorted(_checks.values(), key=lambda one: one.place)]


def worse_when_higher(value: float, name: str) -> Health:
    """By the parameters `<name>_amber` and `<name>_red`; one that is empty asks for nothing."""
    return _graded(lambda limit: value >= limit, name)


def worse_when_lower(value: float, name: str) -> Health:
    return _graded(lambda limit: value <= limit, name)


def _graded(passes: Callable[[int], bool], name: str) -> Health:
    for state in (Health.RED, Health.AMBER):
        limit = parameters.value(f"{name}_{state}")
        if limit is not None and passes(limit):
            return state
    return Health.OK


def _read(check: Check) -> Reading:
    try:
        return check.read()
    except Exception as error:  # whatever a part raises, the page of all the others must show
        log.exception("运行监控：“%s”无法检查", check.label)
        return Reading(Health.RED, f"无法检查（{type(error).__name__}）", "查看运行日志中的错误")
