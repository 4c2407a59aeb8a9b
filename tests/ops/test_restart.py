"""Stopping and restarting without a dropped request: a real gunicorn under load, alone and behind nginx; the worker
finishes its sweep.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from scripts import services
from tests.ops.test_door import SITE, wait_until_open
from tests.ops.test_nginx import NGINX, ROOT, running
from tests.ops.test_worker import WORKER, call_sweep, eventually

GUNICORN = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "portal.wsgi"]


class Readers:
    """Four who ask for the home page without a pause; `failed` is what went wrong, `done` how often it went well."""

    def __init__(self, port: int):
        self.port, self.done, self.failed, self._over = port, 0, [], threading.Event()
        self._threads = [threading.Thread(target=self._read, daemon=True) for _ in range(4)]

    def __enter__(self) -> "Readers":
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for one in self._threads:
            one.join(30)

    def _read(self) -> None:
        while not self._over.is_set():
            try:
                status = ask(self.port, "/login/")
            except (OSError, HTTPException) as error:
                self.failed.append(repr(error))
            else:
                self.done += status == 200
                self.failed += [] if status == 200 else [str(status)]


def ask(port: int, path: str) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": "127.0.0.1"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


@contextmanager
def asked_slowly(port: int) -> Iterator[list[int | str]]:
    """A request of two seconds is under way inside; afterwards the list holds what it was answered."""
    answers: list[int | str] = []

    def read() -> None:
        try:
            answers.append(ask(port, "/slow/"))
        except (OSError, HTTPException) as error:
            answers.append(repr(error))

    reader = threading.Thread(target=read)
    reader.start()
    time.sleep(0.5)
    yield answers
    reader.join(30)


def children(pid: int) -> set[int]:
    return {int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


@pytest.fixture(scope="module")
def house(tmp_path_factory, migrated_before):
    folder = migrated_before(tmp_path_factory.mktemp("restart"))
    environment = {
        **os.environ, "VAR_DIR": str(folder), "PORT": str(services.free_port()), "DATABASE_URL": "", "REDIS_URL": "",
        "DJANGO_SETTINGS_MODULE": "tests.ops.slow_settings",
    }  # fmt: skip
    for arguments in (["migrate", "-v0"], ["shell", "-v0", "-c", SITE]):
        subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True)
    return environment


@pytest.fixture
def web(house):
    """A running web server; whatever master there is at the end is stopped."""
    with Path(house["VAR_DIR"], "log").open("w") as log:
        process = subprocess.Popen(
            GUNICORN, cwd=ROOT, env=house, stdout=log, stderr=log, start_new_session=True
        )
    wait_until_open(int(house["PORT"]), process)
    yield process
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)


@contextmanager
def door(house, kind: str) -> Iterator[int]:
    """The port to ask at: gunicorn's own, or nginx before it."""
    port = int(house["PORT"])
    if kind == "gunicorn":
        yield port
        return
    if not NGINX:
        pytest.skip("nginx is not installed")
    folder = Path(house["VAR_DIR"], "nginx")
    folder.mkdir()
    with running(folder, port) as address:
        yield int(address.rpartition(":")[2])


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    return eventually(holds, seconds)


@pytest.mark.parametrize("kind", ["gunicorn", "nginx"])
def test_no_request_is_dropped_while_workers_and_master_are_replaced(house, web, kind):
    with door(house, kind) as port, Readers(port) as readers:
        first = children(web.pid)
        with asked_slowly(port) as answers:
            web.send_signal(signal.SIGHUP)  # new workers, the old ones finish
        assert answers == [200]
        assert within(30, lambda: not first & children(web.pid) and len(children(web.pid)) >= 2)
        second = children(web.pid)
        web.send_signal(signal.SIGUSR2)  # a new master with the new program, on the same socket
        assert within(30, lambda: any(children(one) for one in children(web.pid) - second))
        (new,) = (one for one in children(web.pid) - second if children(one))
        with asked_slowly(port) as answers:
            web.terminate()  # the old one
        assert (answers, web.wait(30)) == ([200], 0)
        time.sleep(0.5)
        assert (readers.failed, readers.done > 20) == ([], True)
    os.kill(new, signal.SIGTERM)


def test_what_is_under_way_is_answered_when_the_server_stops(house, web):
    with asked_slowly(int(house["PORT"])) as answers:
        web.terminate()
    assert (answers, web.wait(30)) == ([200], 0)


def test_the_worker_finishes_its_sweep_when_told_to_stop(house):
    folder = Path(house["VAR_DIR"])
    command = ["sh", "-c", WORKER.removeprefix("worker: ")]
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    worker = subprocess.Popen(command, cwd=ROOT, env={**house, "PATH": path}, stdout=subprocess.DEVNULL)
    try:
        call_sweep("take_time", house)
        assert within(60, (folder / "began").exists)
        worker.send_signal(signal.SIGTERM)
        assert (worker.wait(30), (folder / "done").exists()) == (0, True)
    finally:
        worker.kill()
        worker.wait()
