"""Files without a row: what a process leaves behind that is killed between writing a file and committing its row."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from portal import clock
from portal.models import StoredFile
from portal.sweeps import sweep

FOLDER = "stored"
STRAY_AFTER = timedelta(days=1)
_AT_A_TIME = 500


def stray_files(*, before: datetime) -> Iterator[str]:
    """Names in the store, written before that moment, that no row knows: neither as file nor as its thumbnail."""
    storage = StoredFile._meta.get_field("file").storage
    for folder in _folders(storage, FOLDER):
        names = [f"{folder}/{name}" for name in storage.listdir(folder)[1]]
        for start in range(0, len(names), _AT_A_TIME):
            some = names[start : start + _AT_A_TIME]
            known = _known({_key(name) for name in some})
            yield from (
                name for name in some if _key(name) not in known and storage.get_modified_time(name) < before
            )


def _folders(storage, top: str) -> Iterator[str]:
    try:
        below = storage.listdir(top)[0]
    except (FileNotFoundError, NotADirectoryError):
        return
    yield top
    for name in below:
        yield from _folders(storage, f"{top}/{name}")


def _key(name: str) -> str:
    """The row's id, with which the names of a file and of its thumbnails begin."""
    return PurePosixPath(name).name.partition(".")[0]


def _known(keys: set[str]) -> set[str]:
    ids = [key for key in keys if len(key) == 36]
    return {str(pk) for pk in StoredFile.objects.filter(pk__in=_uuids(ids)).values_list("pk", flat=True)}


def _uuids(texts: list[str]) -> list[str]:
    return [one for one in texts if one.count("-") == 4 and not set(one) - set("0123456789abcdef-")]


@sweep("sweep_stray_files", every=timedelta(hours=6), label="清理没有记录的上传文件")
def sweep_stray_files() -> int:
    """Delete what an upload that never came to its end left a day ago; returns how many files went."""
    storage = StoredFile._meta.get_field("file").storage
    names = list(stray_files(before=clock.now() - STRAY_AFTER))
    for name in names:
        storage.delete(name)
    return len(names)
