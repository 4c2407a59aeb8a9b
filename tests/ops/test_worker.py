"""The worker of the Procfile, as a process of its own: a called sweep runs, over the files and over Redis."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.waiting import eventually

ROOT = Path(__file__).resolve().parents[2]
WORKER = next(line for line in (ROOT / "Procfile").read_text().splitlines() if line.startswith("worker: "))
NOTICE = """
from portal.models import User
from portal.notices import tell
tell([User.objects.create_user("zhouming", name="周明", email="zhouming@example.cn")], "您有一条信息待审核")
"""
REDIS_URL = os.environ.get("REDIS_URL", "")
BROKERS = [
    pytest.param("", id="files"),
    pytest.param(
        urlsplit(REDIS_URL)._replace(path="/7").geturl(),
        id="redis",
        marks=pytest.mark.skipif(not REDIS_URL, reason="REDIS_URL names no Redis"),
    ),
]


@pytest.fixture(params=BROKERS)
def installation(request, migrated_before, tmp_path):
    """The environment of a fresh installation with one notice that waits to be mailed."""
    environment = {
        **os.environ,
        "VAR_DIR": str(migrated_before(tmp_path)),
        "REDIS_URL": request.param,
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    manage(environment, "migrate", "-v0")
    manage(environment, "shell", "-v0", "-c", NOTICE)
    return environment


@pytest.fixture
def worker(installation):
    """A running worker with its clock."""
    command = ["sh", "-c", WORKER.removeprefix("worker: ")]
    process = subprocess.Popen(
        command, cwd=ROOT, env=installation, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    yield process
    if process.poll() is None:
        process.kill()
        process.wait()


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, check=True, timeout=120
    )


def call_sweep(name: str, environment: dict[str, str]) -> None:
    """Ask for one sweep now, as beat does when its time has come."""
    command = [sys.executable, "-m", "celery", "-A", "portal", "call", f"sweep.{name}"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=120, capture_output=True)


def letters(var_dir: Path) -> list[str]:
    """To whom letters went out."""
    lines = [line for path in var_dir.glob("mail/*.log") for line in path.read_text().splitlines()]
    return [line.removeprefix("To: ") for line in lines if line.startswith("To: ")]


def is_healthy(part: str, environment: dict[str, str]) -> bool:
    command = [sys.executable, "-m", "deploy.health", part]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False, timeout=120).returncode == 0


def test_worker_runs_a_called_sweep_keeps_its_clock_and_ends_when_told(installation, worker):
    var_dir = Path(installation["VAR_DIR"])
    call_sweep("email_notices", installation)
    assert eventually(lambda: letters(var_dir) == ["zhouming@example.cn"]), letters(var_dir)
    assert eventually(lambda: is_healthy("worker", installation))
    assert eventually(lambda: is_healthy("beat", installation))
    worker.send_signal(signal.SIGTERM)
    said, _ = worker.communicate(timeout=60)
    assert worker.returncode == 0
    assert "Traceback" not in said
    assert not is_healthy("worker", installation)
