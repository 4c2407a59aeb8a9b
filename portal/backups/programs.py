"""Programs of others, run so that a failure is one clear line and a long one says how far it is."""

import os
import selectors
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

TICK_SECONDS = 5
FOLDERS = ("/usr/sbin", "/usr/local/bin", "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")

Tick = Callable[[float | None], None]
"""Told how much is done (0–1), or None: still at work."""


class Failed(Exception):
    """Why a backup, a restore or a drill did not succeed: one line for people."""


def nothing_told(share: float | None) -> None:
    """For whoever does not want to know how far it is."""


def find(name: str) -> str | None:
    """Where `name` is installed, also in Debian's folders outside PATH; the newest of several versions."""
    if found := shutil.which(name):
        return found
    candidates = [path for folder in FOLDERS for path in Path("/").glob(f"{folder[1:]}/{name}")]
    return str(max(candidates, key=_version)) if candidates else None


def run(
    words: Sequence[str],
    what: str,
    *,
    environment: Mapping[str, str] | None = None,
    on_line: Callable[[str], None] = lambda line: None,
    tick: Tick = nothing_told,
    cwd: Path | str = "/",
) -> str:
    """What the program wrote. Each line goes to `on_line` at once; every few seconds there is a tick.

    Raises Failed with the last words of the program: `what` did not succeed.
    """
    with tempfile.TemporaryFile() as errors:
        process = _started(words, what, environment, errors, cwd)
        try:
            said = _lines(process, on_line, tick)
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.wait() != 0:
            errors.seek(0)
            reason = last_line(errors.read().decode(errors="replace")) or last_line(said)
            raise Failed(f"{what}没有成功：{reason or f'退出码 {process.returncode}'}")
    return said


def last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""


def _started(words, what, environment, errors, cwd) -> subprocess.Popen:
    try:
        return subprocess.Popen(
            words, cwd=cwd, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=errors,
        )  # fmt: skip
    except OSError as error:
        raise Failed(f"{what}没有成功：无法运行 {words[0]}（{error.strerror}）") from error


def _lines(process: subprocess.Popen, on_line: Callable[[str], None], tick: Tick) -> str:
    """Read without waiting for ever: a program that says nothing for long still ticks."""
    said, rest = [], b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while True:
            if not waiting.select(TICK_SECONDS):
                tick(None)
                continue
            piece = os.read(process.stdout.fileno(), 65536)
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines if piece else [rest]:
                said.append(line.decode(errors="replace"))
                on_line(said[-1])
            if not piece:
                process.stdout.close()
                return "\n".join(said)


def _version(path: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in path.parts if part.isdigit())
