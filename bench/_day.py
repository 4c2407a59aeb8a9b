"""`make load-day`: two hundred people work at their desks and two thousand read, for ten minutes.

python scripts/services.py run postgres redis -- python -m bench._day

Real PostgreSQL, Redis, web server and worker, nginx before them. Prints how long answers took once all had come; exit
code 1 if one failed, or if the 95th percentile of a page of the desk is over its limit.
"""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import django

from bench._load import ROOT, play, told, web_server
from scripts import front

EDITORS, READERS, COME_A_SECOND, MINUTES = 200, 2000, 40, 10
P95_MILLISECONDS = 400


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="day-") as folder:
        os.environ |= {
            "VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings.base", "TRUSTED_PROXIES": "127.0.0.1",
            "ADMIN_NETWORKS": "10.8.0.0/16",
        }  # fmt: skip
        django.setup()
        plan = import_module("bench._day_stage").prepare(EDITORS)  # its models need Django set up
        path = Path(folder) / "plan.json"
        path.write_text(json.dumps(plan))
        with web_server() as address, worker(), front.nginx(Path(folder), [urlsplit(address).port]) as door:
            people = EDITORS + READERS
            longest = f"{MINUTES * 60 + people // COME_A_SECOND}s"
            rows = play(
                door, path, "Editor Reader", people, COME_A_SECOND, longest, "_day_people", settled=True
            )
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
