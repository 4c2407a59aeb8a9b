"""Stopping and restarting without a dropped request: a real gunicorn under load, alone and behind nginx; the worker
finishes its sweep.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from scripts import front, services
from tests.ops.test_door import SITE, wait_until_open
from tests.ops.test_nginx import NGINX, ROOT
from tests.ops.test_worker import WORKER, call_sweep, eventually

GUNICORN = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "portal.wsgi"]


class Readers:
    """Two a port who ask for a page all the time; `failed` is what went wrong, `done` how often it went well."""

    def __init__(self, ports: list[int]):
        self.done, self.failed, self._over = 0, [], threading.Event()
        self._threads = [threading.Thread(target=self._read, args=[port], daemon=True) for port in ports * 2]

    def __enter__(self) -> "Readers":
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for one in self._threads:
            one.join(30)

    def _read(self, port: int) -> None:
        while not self._over.wait(0.02):
            try:
                status = ask(port, "/login/")
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
def doors(house) -> Iterator[list[int]]:
    """The ports to ask at: gunicorn's own, and that of an nginx before it where there is one."""
    own = int(house["PORT"])
    if not NGINX:
        yield [own]
        return
    with front.nginx(Path(house["VAR_DIR"]), [own]) as address:
        yield [own, int(address.rpartition(":")[2])]


def test_no_request_is_dropped_while_workers_and_master_are_replaced(house, web):
    with doors(house) as ports, Readers(ports) as readers:
        first = children(web.pid)
        with asked_slowly(ports[-1]) as answers:
            web.send_signal(signal.SIGHUP)  # new workers, the old ones finish
        assert answers == [200]
        assert eventually(lambda: not first & children(web.pid) and len(children(web.pid)) >= 2)
        second = children(web.pid)
        web.send_signal(signal.SIGUSR2)  # a new master with the new program, on the same socket
        assert eventually(lambda: any(children(one) for one in children(web.pid) - second))
        (new,) = (one for one in children(web.pid) - second if children(one))
        with asked_slowly(ports[-1]) as answers:
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
        assert eventually((folder / "began").exists)
        worker.send_signal(signal.SIGTERM)
        assert (worker.wait(30), (folder / "done").exists()) == (0, True)
    finally:
        worker.kill()
        worker.wait()


@contextmanager
def broker(port: int, folder: Path) -> Iterator[None]:
    """A Redis at that port."""
    command = [services.program("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with services.running([*command, "--dir", str(folder)], str(folder), signal.SIGTERM) as alive:
        services.wait_until(lambda: services.answers_ping(port), alive)
        yield


@pytest.mark.skipif(not services.program("redis-server"), reason="Redis is not installed")
def test_the_worker_comes_back_to_a_broker_that_was_away(house, tmp_path):
    port, folder = services.free_port(), Path(house["VAR_DIR"])
    (folder / "done").unlink(missing_ok=True)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**house, "PATH": path, "REDIS_URL": f"redis://127.0.0.1:{port}/0"}
    command = ["sh", "-c", WORKER.removeprefix("worker: ")]
    with broker(port, tmp_path), (tmp_path / "said").open("w") as said:
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said)
        assert eventually(lambda: waiting_at(port) > 0)
    try:
        time.sleep(2)  # away
        with broker(port, tmp_path):
            call_sweep("take_time", environment)
            assert eventually((folder / "done").exists)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
    finally:
        worker.kill()
        worker.wait()


def waiting_at(port: int) -> int:
    """How many wait for tasks at the broker."""
    asked = [services.program("redis-cli"), "-p", str(port), "client", "list"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    return sum("cmd=brpop" in line for line in said.splitlines())
