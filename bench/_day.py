"""`make load-day`: two hundred people work at their desks and two thousand read, for ten minutes.

python scripts/services.py run postgres redis -- python -m bench._day

Real PostgreSQL, Redis, web server and worker. Prints how long answers took; exit code 1 if one failed, or if the 95th
percentile of a page of the desk is over its limit.
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import django

from bench._load import ROOT, play, told, web_server

EDITORS, READERS, COME_A_SECOND, MINUTES = 200, 2000, 40, 10
P95_MILLISECONDS = 400


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="day-") as folder:
        os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings.base"}
        django.setup()
        plan = import_module("bench._day_stage").prepare(EDITORS)  # its models need Django set up
        path = Path(folder) / "plan.json"
        path.write_text(json.dumps(plan))
        with web_server() as address, worker():
            people = EDITORS + READERS
            rows = play(address, path, "Editor Reader", people, COME_A_SECOND, f"{MINUTES}m", "_day_people")
    faults = told(rows, P95_MILLISECONDS)
    print("\n".join(faults) or f"{EDITORS} 人编辑、{READERS} 人浏览 {MINUTES} 分钟，没有出错。")
    return int(bool(faults))


@contextmanager
def worker():
    """As the Procfile starts it."""
    command = [
        "nice", "-n", "10", sys.executable, "-m", "celery", "-q", "-A", "portal", "worker", "-B", "-P", "threads",
        "-c", "2", "--without-mingle", "--without-gossip", "--without-heartbeat", "--schedule",
        f"{os.environ['VAR_DIR']}/beat",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


if __name__ == "__main__":
    sys.exit(main())
