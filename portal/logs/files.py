"""One file a day, a kind and a machine: `access-2026-11-26.web1.log`. Every process appends whole lines to it.

Nothing is renamed while it is written to, so that no line is lost between processes; a sweep packs and drops old days.
"""

import logging
import os
import re
import socket
import threading
from datetime import date, datetime
from pathlib import Path

NAME = re.compile(
    r"(?P<kind>access|portal)-(?P<day>\d{4}-\d{2}-\d{2})\.(?P<host>[\w-]+)\.log(?P<packed>\.gz)?"
)


class DailyFile(logging.Handler):
    """Appends to the file of the day. A disk that is full or a folder that is gone stops no request."""

    def __init__(self, folder: str | Path, kind: str):
        super().__init__()
        self.folder, self.kind = Path(folder), kind
        self._day, self._owner, self._file = "", 0, -1
        self._turning = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        try:
            os.write(self._open(), (self.format(record) + "\n").encode(errors="replace"))
        except Exception:  # a line that cannot be written must not stop what it tells of
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """Said once on the console of the process, not once a line."""
        if not getattr(self, "_complained", False):
            self._complained = True
            super().handleError(record)

    def close(self) -> None:
        with self._turning:
            self._shut()
        super().close()

    def _open(self) -> int:
        """The descriptor of today's file, opened anew after midnight and after a fork."""
        today = f"{datetime.now():%Y-%m-%d}"
        with self._turning:
            if (today, os.getpid()) != (self._day, self._owner):
                self._shut()
                self.folder.mkdir(parents=True, exist_ok=True)
                path = self.folder / name_of(self.kind, today)
                self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
                self._day, self._owner = today, os.getpid()
            return self._file

    def _shut(self) -> None:
        if self._file >= 0 and self._owner == os.getpid():
            os.close(self._file)
        self._file, self._day = -1, ""


def name_of(kind: str, day: date | str) -> str:
    host = re.sub(r"[^\w-]", "-", socket.gethostname()) or "host"
    return f"{kind}-{day}.{host}.log"
