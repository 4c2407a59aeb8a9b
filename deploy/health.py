"""Does this container's process do its work? Exit code 0 says yes.

python -m deploy.health web|worker|beat
"""

import os
import socket
import sys
import time
from pathlib import Path
from urllib.request import urlopen

from portal.celery import app

WEB = "http://127.0.0.1:8000/healthz"  # exempt from the way to https
BEAT_SILENCE_SECONDS = 600


def web() -> bool:
    """The web server answers."""
    with urlopen(WEB, timeout=5) as answer:
        return answer.status == 200


def worker() -> bool:
    """The worker of this host answers over the broker."""
    return bool(app.control.ping([f"celery@{socket.gethostname()}"], timeout=5, limit=1))


def beat() -> bool:
    """The timetable was written to lately."""
    kept = Path(os.environ["VAR_DIR"]).glob("beat*")
    return any(time.time() - path.stat().st_mtime < BEAT_SILENCE_SECONDS for path in kept)


if __name__ == "__main__":
    sys.exit(0 if {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]() else 1)
