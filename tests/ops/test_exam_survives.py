"""An exam survives a killed server: what was saved is there, and the time runs on as if nothing had happened."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest

from scripts import services

ROOT = Path(__file__).resolve().parents[2]
STAGE = """
import json, django
django.setup()
from bench import _load_stage
print(json.dumps(_load_stage.prepare(1, 4)))
"""
START_SECONDS = 30


class Server:
    """The portal in gunicorn as the Procfile starts it, on a database file of its own."""

    def __init__(self, folder: Path):
        self.port = services.free_port()
        self.environment = {
            **os.environ, "VAR_DIR": str(folder), "PORT": str(self.port), "DATABASE_URL": "", "REDIS_URL": "",
            "DJANGO_SETTINGS_MODULE": "tests.ops.plain_settings",
        }  # fmt: skip
        told = subprocess.run(
            [sys.executable, "-c", STAGE],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        self.plan = json.loads(told.stdout.splitlines()[-1])
        self.log = folder / "log"

    def start(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "portal.wsgi"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                return connection.getresponse().read()
            except OSError:
                time.sleep(0.1)
        pytest.fail(self.log.read_text())

    def kill(self) -> None:
        """Master and workers at once, in the middle of whatever they do."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Sitter:
    """A browser that knows its cookies."""

    def __init__(self, server: Server):
        self.server, self.cookies = server, {"sessionid": server.plan["sessions"]["p0"]}

    def ask(self, method: str, path: str, **data) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = (
            urlencode({**data, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
            if method == "POST"
            else None
        )
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer


@pytest.fixture
def server(tmp_path, migrated_before):
    server = Server(migrated_before(tmp_path))
    server.start()
    yield server
    server.kill()


def ends_at(sitter: Sitter, exam: str, attempt: str) -> float:
    """When the time is over, by the server's clock, in seconds."""
    said = json.loads(sitter.ask("POST", f"{exam}save/", attempt=attempt, look="yes").text)
    return (said["now"] + said["left"]) / 1000


def test_a_killed_server_loses_no_answer_and_no_time(server):
    sitter, exam = Sitter(server), f"/exams/{server.plan['exam']}/"
    sitter.ask("GET", exam)
    assert sitter.ask("POST", f"{exam}sit/").status == 302
    attempt = re.search(r'name="attempt" value="(\d+)"', sitter.ask("GET", f"{exam}sit/").text)[1]
    over = ends_at(sitter, exam, attempt)
    for place in (1, 2, 3):
        saved = sitter.ask("POST", f"{exam}save/", attempt=attempt, question=place, answer=1, sequence=place)
        assert saved.status == 200

    server.kill()
    with pytest.raises(OSError, match=r"refused|reset"):
        sitter.ask("GET", f"{exam}sit/")
    server.start()

    page = sitter.ask("GET", f"{exam}sit/").text
    assert len(re.findall(r"<input[^>]*\bchecked\b", page)) == 3
    assert ends_at(sitter, exam, attempt) == pytest.approx(over, abs=0.01)
    assert sitter.ask("POST", f"{exam}save/", attempt=attempt, question=4, answer=0, sequence=4).status == 200
    assert sitter.ask("POST", f"{exam}submit/", attempt=attempt).status == 302
    again = sitter.ask("POST", f"{exam}submit/", attempt=attempt)
    assert (again.status, again.headers["Location"]) == (302, f"{exam}result/?attempt=1")
    late = sitter.ask("POST", f"{exam}save/", attempt=attempt, question=4, answer=1, sequence=5)
    assert late.status == 409
