"""A portal as processes that can be killed, and people who keep asking it."""

import contextlib
import http.client
import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from pathlib import Path
from threading import Timer
from urllib.parse import urlencode

from scripts import services

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
LAST_STATE = """
import django, json, sys
django.setup()
from {module} import {name} as model
print(json.dumps(list(model.objects.{query}), default=str))
"""


class House:
    """One installation: its folder, its environment, its web server."""

    def __init__(self, folder: Path, people: int = 12, texts: int = 12, **environment: str):
        self.folder, self.port = folder, services.free_port()
        self.environment = {
            **os.environ, "VAR_DIR": str(folder), "PORT": str(self.port), "DATABASE_URL": "", "REDIS_URL": "",
            "DJANGO_SETTINGS_MODULE": "tests.ops.plain_settings", "PYTHONPATH": str(ROOT), **environment,
        }  # fmt: skip
        self.plan = json.loads(self.python("tests/faults/stage.py", str(people), str(texts)).splitlines()[-1])
        self.web: subprocess.Popen | None = None

    def python(self, *arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def begin(self, *arguments: str) -> subprocess.Popen:
        """`manage.py …` beside us, to be killed."""
        command = [sys.executable, "manage.py", *arguments]
        with (self.folder / "log").open("a") as log:
            return subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def start(self, most_bytes: int = 0) -> None:
        """most_bytes: how long a file may become, as if the disk were full then."""
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "portal.wsgi"]

        def bound() -> None:
            if most_bytes:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

        with (self.folder / "log").open("a") as log:
            self.web = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
                preexec_fn=bound,
            )  # fmt: skip
        services.wait_until(lambda: services.answers(self.port), lambda: self.web.poll() is None)

    def kill(self) -> None:
        """Master and workers at once, in the middle of whatever they do."""
        if self.web is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.web.pid, signal.SIGKILL)
            self.web.wait()

    def rows(self, module: str, name: str, query: str) -> list:
        return json.loads(self.python("-c", LAST_STATE.format(module=module, name=name, query=query)))

    def faults(self) -> list[str]:
        """What `check_integrity` says is amiss."""
        command = [sys.executable, "manage.py", "check_integrity", "--format", "json"]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        checks = json.loads(done.stdout)["checks"]
        return [f"{one['label']}：{finding}" for one in checks for finding in one["findings"]]


class Person:
    """A browser that knows its cookies, and what it was told to be done."""

    def __init__(self, house: House, session: str):
        self.house, self.cookies = house, {"sessionid": session}

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=60)
        cookies = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        line.request(method, path, body, {"Cookie": cookies} | headers)
        answer = line.getresponse()
        answer.text = answer.read().decode(errors="replace")
        for one in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(one).items()}
        return answer

    def send(self, page: str, path: str, **data: object) -> int:
        """The form of `page`, sent to `path`; the status, 0 when nobody answered."""
        try:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask("GET", page).text)
            if token is None:
                return 0
            body = urlencode({**data, "csrfmiddlewaretoken": token[1]}).encode()
            return self.ask(
                "POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"}
            ).status
        except (OSError, http.client.HTTPException):
            return 0

    def upload(self, page: str, name: str, content: bytes) -> http.client.HTTPResponse | None:
        """To the editor's button; None when nobody answered."""
        try:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask("GET", page).text)[1]
            edge = "edge-of-the-parts"
            head = f'--{edge}\r\nContent-Disposition: form-data; name="upload"; filename="{name}"\r\n\r\n'.encode()
            return self.ask("POST", "/editor/upload/", head + content + f"\r\n--{edge}--\r\n".encode(), **{
                "Content-Type": f"multipart/form-data; boundary={edge}", "X-CSRFToken": token,
            })  # fmt: skip
        except (OSError, http.client.HTTPException, TypeError):
            return None


def at_once(work: Callable, things: Iterable, *, meanwhile: Callable[[], None], after: float) -> list:
    """`work` on all the things, four at a time, and `meanwhile` after so many seconds; what work returned."""
    timer = Timer(after, meanwhile)
    timer.start()
    with ThreadPoolExecutor(4) as people:
        done = list(people.map(work, things))
    timer.join()
    return done


def until(holds: Callable[[], bool], seconds: float = START_SECONDS) -> bool:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.1)
    return holds()
