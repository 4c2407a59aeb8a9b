"""Two machines on one: each its own folder, web server, worker and clock; behind one nginx, over shared stores."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from scripts import services

ROOT = Path(__file__).resolve().parents[3]
START_SECONDS = 60
PYTHON = [sys.executable, "-m"]
WORKER = ["celery", "-q", "-A", "portal", "worker", "-P", "threads", "-c", "2", "--without-gossip"]


class Machine:
    """A folder of its own, and the processes that a container each would hold."""

    def __init__(self, folder: Path, shared: dict[str, str]):
        folder.mkdir()
        self.folder, self.port = folder, services.free_port()
        self.environment = {**os.environ, **shared, "VAR_DIR": str(folder), "PORT": str(self.port)}
        self.processes: dict[str, subprocess.Popen] = {}

    def start(self, name: str) -> None:
        commands = {
            "web": ["gunicorn", "-c", "deploy/gunicorn.py", "-w", "1", "portal.wsgi"],
            "worker": [*WORKER, "-n", f"worker@{self.folder.name}"],
            "beat": ["celery", "-q", "-A", "portal", "beat", "--pidfile="],
        }
        with Path(self.folder, f"{name}.log").open("a") as log:
            self.processes[name] = subprocess.Popen(
                [*PYTHON, *commands[name]], cwd=ROOT, env=self.environment, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def kill(self, name: str) -> None:
        """At once, with all that it had forked."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name)

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def wait_for(address: str, seconds: float = START_SECONDS) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            return urlopen(address, timeout=5).close()
        except URLError:
            time.sleep(0.1)
    raise ConnectionError(address)
