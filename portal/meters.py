"""Counting requests for /metrics, over all processes of the web server.

Every process writes into files of its own slot under PROMETHEUS_MULTIPROC_DIR. A slot is held by a lock that ends with
its process and is then taken over with its numbers: the files stay as many as there are processes.
"""

import fcntl
import os
from pathlib import Path

from prometheus_client import Counter, Histogram, values

FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
_held: dict[int, str] = {}


def slot() -> str:
    """The slot of this process; a child of a fork takes its own."""
    if os.getpid() not in _held:
        _held[os.getpid()] = _take()
    return _held[os.getpid()]


def _take() -> str:
    number = 0
    while True:
        door = os.open(Path(FOLDER, f"slot-{number}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(door)
            number += 1
        else:
            return str(number)  # `door` stays open as long as the process lives


if FOLDER:
    Path(FOLDER).mkdir(parents=True, exist_ok=True)
    values.ValueClass = values.MultiProcessValue(slot)

REQUESTS = Counter("portal_requests", "Requests answered", ["area", "method", "status"])
SECONDS = Histogram(
    "portal_request_seconds",
    "Time until the answer was ready",
    ["area"],
    buckets=(0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
AREAS = ("assessment", "columns", "disclosure", "interaction", "publishing", "portal", "admin", "desk")
METHODS = ("GET", "HEAD", "POST")


def count(area: str, method: str, status: int, seconds: float) -> None:
    """Labels of a few known words each, whatever was asked for."""
    area = area if area in AREAS else "other"
    method = method if method in METHODS else "other"
    REQUESTS.labels(area, method, f"{status // 100}xx").inc()
    SECONDS.labels(area).observe(seconds)
