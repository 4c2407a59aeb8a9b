"""`make run` a second time: seconds until the first page, and the memory of each web worker after some visits."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings

from bench import Row, at_most
from scripts.services import free_port

ROOT = Path(__file__).resolve().parents[1]
MOST_SECONDS, MOST_MEGABYTES = 10, 160
VISITS = 100
PATIENCE = 180


def run() -> list[Row]:
    environment = os.environ | {"VAR_DIR": str(settings.VAR_DIR), "PORT": str(free_port())}
    address = f"http://127.0.0.1:{environment['PORT']}"
    with _running(environment):
        _first_page(address)
    began = time.monotonic()
    with _running(environment) as process:
        _first_page(address)
        seconds = time.monotonic() - began
        for _ in range(VISITS):
            urllib.request.urlopen(address).read()
        workers = _web_workers(process.pid)
    return [
        at_most("第二次 make run 到首页打开", seconds, "秒", MOST_SECONDS),
        at_most(f"每个网页进程的内存（共 {len(workers)} 个）", max(workers), "MB", MOST_MEGABYTES),
    ]


class _running:
    """`make run` in a process group of its own, ended with all its children."""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment

    def __enter__(self) -> subprocess.Popen:
        self.process = subprocess.Popen(
            ["make", "-s", "run"], cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        return self.process

    def __exit__(self, *details) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=30)


def _first_page(address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address) as page:
                assert page.status == 200
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(f"{address} 没有在 {PATIENCE} 秒内打开")


def _web_workers(root: int) -> list[float]:
    """Resident megabytes of every gunicorn worker below `root` (Linux)."""
    parents, names = {}, {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            command = (status.parent / "cmdline").read_text()
        except OSError:
            continue
        pid = int(status.parent.name)
        parents[pid] = int(fields["PPid"])
        names[pid] = (command, int(fields.get("VmRSS", "0 kB").split()[0]) / 1024)
    masters = {
        pid for pid, (command, _) in names.items() if "gunicorn" in command and _below(pid, root, parents)
    }
    return [names[pid][1] for pid in masters if parents[pid] in masters]


def _below(pid: int, root: int, parents: dict[int, int]) -> bool:
    while pid and pid != root:
        pid = parents.get(pid, 0)
    return pid == root
