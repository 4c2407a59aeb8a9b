"""The files themselves: written beside each other with their compressed copies, then put in place by renaming.

pages/sites/<site>/c/news.page-2.html(.gz, .br)   pages of a site
pages/shared/files/<id>/<name>                    files of published texts, of all sites
pages/by/<scheme>/host/<host>, …/host/default, …/s/<site>, …/files   how servers find them: links
"""

import fcntl
import gzip
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import brotli
from django.conf import settings

from portal.models import Site
from portal.pages.addresses import Address

GZIP_LEVEL, BROTLI_QUALITY, BROTLI_WINDOW = 6, 5, 16
COPIES = ("", ".gz", ".br")


@dataclass(frozen=True)
class Ready:
    """A page that waits beside its place: ending of the copy → (temporary file, SHA-256). `prints` are what the
    manifest keeps of one that lies there already as it is to be.
    """

    address: Address
    files: dict[str, tuple[Path, str]]
    prints: dict[str, list] | None = None


def root() -> Path:
    return Path(settings.PAGES_ROOT)


def place(address: Address, copy: str = "") -> Path:
    return root() / (address.file + copy)


def prepare(address: Address, body: bytes, known: dict[str, list] | None = None) -> Ready:
    """Write the page with a gzip and a brotli copy beside its place; nothing where it lies there, as the manifest knows
    it, and is the same: readers' copies of it stay good.
    """
    if known and _is_there(address, body, known):
        return Ready(address, {}, known)
    bodies = {
        "": body,
        ".gz": gzip.compress(body, GZIP_LEVEL, mtime=0),
        ".br": brotli.compress(body, quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW),
    }
    held = _temporary()
    return Ready(
        address, {copy: _written(held.with_name(held.name + copy), one) for copy, one in bodies.items()}
    )


def prepare_copy(address: Address, source: Path) -> Ready:
    """A copy of a stored file, never a link to it: who defaces the copy has not touched the original."""
    held = _temporary()
    shutil.copyfile(source, held)
    with held.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Ready(address, {"": (held, digest)})


def put(ready: Ready) -> dict[str, list]:
    """Into place, each file whole or not at all. Returns what the manifest keeps of each: stamp and SHA-256."""
    if ready.prints:
        return ready.prints
    target = place(ready.address)
    target.parent.mkdir(parents=True, exist_ok=True)
    prints = {}
    for copy in reversed(COPIES):
        aim = target.with_name(target.name + copy)
        if copy not in ready.files:
            aim.unlink(missing_ok=True)
            continue
        held, digest = ready.files[copy]
        held.replace(aim)
        prints[copy] = [*stamp(aim.stat()), digest]
    return prints


def discard(ready: Ready) -> None:
    for held, _ in ready.files.values():
        held.unlink(missing_ok=True)


def remove(addresses: Iterable[Address]) -> None:
    """The page itself first: without it no server looks for its copies."""
    for address in addresses:
        with suppress(ValueError):
            target = place(address)
            for copy in COPIES:
                target.with_name(target.name + copy).unlink(missing_ok=True)


def set_aside(site: str) -> None:
    """All pages of a site, and all files, out of reach at once, however many there are."""
    for folder in (root() / "sites" / site, root() / "shared" / "files"):
        aside = root() / "tmp" / uuid4().hex
        aside.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            folder.rename(aside)


def clear_aside() -> None:
    """Delete what was set aside and what a process that died left behind."""
    folder = root() / "tmp"
    for entry in folder.iterdir() if folder.is_dir() else ():
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def stamp(found: os.stat_result) -> list[int]:
    """What changes with every write, even one that sets the time of writing back."""
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def links(sites: Iterable[Site]) -> dict[str, str]:
    """Below `by/`: link → where it leads. Where TLS is demanded nothing lies ready for a request without it."""
    known = {"host/default": "sites/{}", "files": "shared/files"}
    wanted = {}
    for scheme in ("https",) if settings.SECURE_SSL_REDIRECT else ("http", "https"):
        for site in sites:
            names = [f"s/{site.key}"]
            names += [f"host/{site.host_name.lower()}"] if site.host_name else []
            names += ["host/default"] if site.is_main else []
            wanted |= {f"{scheme}/{name}": f"sites/{site.key}" for name in names}
        wanted[f"{scheme}/files"] = known["files"]
    return wanted


def link(sites: Iterable[Site]) -> int:
    """Make `by/` say exactly that; returns how many links were wrong."""
    wanted, base, mended = links(sites), root() / "by", 0
    for entry in sorted(base.rglob("*"), reverse=True):
        name = entry.relative_to(base).as_posix()
        is_right = (
            entry.is_symlink() and name in wanted and os.readlink(entry) == _relative(name, wanted[name])
        )
        if entry.is_symlink() or not entry.is_dir():
            mended += not is_right
            is_right or entry.unlink()
    for name, aim in wanted.items():
        path = base / name
        if not path.is_symlink():
            path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):
                path.symlink_to(_relative(name, aim))
    return mended


def walk() -> Iterator[os.DirEntry]:
    """Everything below `sites` and `shared` but folders; links are not followed."""
    waiting = [root() / "sites", root() / "shared"]
    while waiting:
        folder = waiting.pop()
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(Path(entry.path))
                else:
                    yield entry


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else renders into this folder just now; if so, nobody does until the end."""
    root().mkdir(parents=True, exist_ok=True)
    with (root() / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True


def _relative(name: str, aim: str) -> str:
    return "../" * (name.count("/") + 1) + aim


def _temporary() -> Path:
    folder = root() / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / uuid4().hex


def _is_there(address: Address, body: bytes, known: dict[str, list]) -> bool:
    if set(known) != set(COPIES) or known[""][-1] != hashlib.sha256(body).hexdigest():
        return False
    try:
        return all(stamp(place(address, copy).lstat()) == known[copy][:-1] for copy in COPIES)
    except OSError:
        return False


def _written(held: Path, body: bytes) -> tuple[Path, str]:
    held.write_bytes(body)
    return held, hashlib.sha256(body).hexdigest()
