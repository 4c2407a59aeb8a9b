"""静态发布: what readers notice of an office that publishes a text every second. Through nginx, asked by wrk."""

import itertools
import re
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from bench import Row, at_least, at_most
from bench.publishing import publish, seen, worker
from columns.models import Column
from portal.publisher import laying, working
from scripts import front, services

ROUNDS, SECONDS, CONNECTIONS = 4, 10, 4
SHARE_KEPT, P99_TIMES, VISIBLE_WITHIN = 0.9, 2, 1.0
UNITS = {"us": 0.001, "ms": 1, "s": 1000}


@dataclass
class Look:
    """Requests a second and the 99th percentile in milliseconds, of each round."""

    rates: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)

    def take(self, address: str) -> None:
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", address]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        if failed := re.search(r"Non-2xx or 3xx responses: \d+|Socket errors: .*", said):
            raise RuntimeError(failed[0])
        number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()
        self.rates.append(float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]))
        self.p99.append(float(number) * UNITS[unit])


def run() -> list[Row]:
    """Nothing where nginx or wrk is absent. Calm and busy rounds take turns."""
    if not all(map(services.program, ("nginx", "wrk"))):
        return []
    with tempfile.TemporaryFile("w") as quiet:
        call_command("prepare", demo=True, stdout=quiet, stderr=quiet)
    laying.lay_out_all()
    working.drain()
    calm, busy, waits = Look(), Look(), []
    with worker(), front.nginx(Path(settings.VAR_DIR), [services.free_port()]) as door:
        seen(
            f"a/{publish(_column(), 0).pk}/", "先发一篇", patience=120
        )  # until the worker has taken up its work
        for number in range(ROUNDS):
            calm.take(f"{door}/")
            with _an_office_at_work(number, waits):
                busy.take(f"{door}/")
    share = statistics.median(busy.rates) / statistics.median(calm.rates)
    p99 = statistics.median(busy.p99) / statistics.median(calm.p99)
    visible = statistics.quantiles(waits, n=20)[-1]
    return [
        at_least("每秒发布一篇时，读者的吞吐量为平时的", share, "倍", SHARE_KEPT),
        at_most("每秒发布一篇时，读者的 p99 为平时的", p99, "倍", P99_TIMES),
        at_most("每秒发布一篇时，发布至首页可见，p95", visible, "秒", VISIBLE_WITHIN),
    ]


def _column() -> Column:
    return Column.objects.get(site__key="fenju", slug="yaowenbaodao")


@contextmanager
def _an_office_at_work(round_number: int, waits: list[float]) -> Iterator[None]:
    """Publishes a text a second beside; notes how long each took to stand on the home page."""
    over = threading.Event()

    def publish_on() -> None:
        column = _column()
        for number in itertools.count():
            title, began = f"每秒一篇 {round_number}-{number}", time.perf_counter()
            publish(column, number, title)
            waits.append(seen("", title) - began)
            if over.wait(max(0, began + 1 - time.perf_counter())):
                break
        connection.close()

    beside = threading.Thread(target=publish_on)
    beside.start()
    try:
        yield
    finally:
        over.set()
        beside.join()
