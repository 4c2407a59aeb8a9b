"""Where backups live, the key that opens them, and the lock that keeps two from being made at once."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from portal.backups.programs import Failed
from portal.settings import env

SPARE_BYTES = 256 * 1024 * 1024  # the portal itself goes on writing


class Busy(Failed):
    """Another backup or drill is at work."""


def root() -> Path:
    folder = Path(settings.BACKUP_DIR)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Failed(f"备份目录 {folder} 无法使用：{error.strerror}") from error
    return folder


def staging() -> Path:
    """Where a backup is put together; always the same place, so that what is unchanged is known again."""
    return root() / "staging"


def key() -> str:
    """BACKUP_KEY, or the one that is made with the first backup and kept in VAR_DIR, outside every backup."""
    return settings.BACKUP_KEY or env.backup_key(Path(settings.VAR_DIR))


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else makes, deletes or tries backups meanwhile. The system lets go of it when this process dies."""
    with open(root() / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy("另一次备份或恢复演练正在进行，请等它结束后再试") from None
        yield


@contextmanager
def empty_staging() -> Iterator[Path]:
    """The staging folder, empty; what an interrupted backup left there goes, what this one leaves too."""
    folder = staging()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def scratch(prefix: str) -> Iterator[Path]:
    """A folder for a trial beside the backups; those of killed trials go first."""
    for left in root().glob(f"{prefix}-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{prefix}-", dir=root()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def require_room(folder: Path, needed: int) -> None:
    """Refuse before the disk is full: the portal shares it."""
    free = shutil.disk_usage(folder).free
    if free < needed + SPARE_BYTES:
        raise Failed(
            f"{folder} 所在磁盘只剩 {size(free)}，这次备份约需 {size(needed)}，并须为门户留出 {size(SPARE_BYTES)}"
        )


def size(count: float) -> str:
    """For people: 512 B, 3.4 MB, 12.0 GB."""
    for unit in ("B", "KB", "MB", "GB"):
        if count < 1024:
            return f"{count:.0f} B" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1024
    return f"{count:.1f} TB"
