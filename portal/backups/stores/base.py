"""What every store of backups can do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from portal.backups.programs import Tick


@dataclass(frozen=True)
class Kept:
    """A backup as a store knows it, without asking the database; `sha256` is that of its manifest."""

    key: str
    kind: str
    at: str
    bytes: int
    sha256: str


class Store(Protocol):
    """`save` lays a backup down, `verify` reads it again, and only `confirm` makes it one that counts."""

    name: str
    is_encrypted: bool

    def open(self) -> None:
        """Make it where there is none, clear away what an interrupted backup left."""

    def save(self, kept: Kept, roots: Mapping[str, Path], *, anew: bool, tick: Tick) -> int:
        """Lay down every file below `roots`; with `anew` every one is read. Returns the bytes it newly takes."""

    def verify(self, kept: Kept, *, wholly: bool, tick: Tick) -> None:
        """Read it again: all of it, or what is new. Raises Failed."""

    def confirm(self, kept: Kept) -> None:
        """From now on it counts."""

    def runs(self) -> list[Kept]:
        """Those that count, newest first."""

    def restore(self, key: str, to: Path, tick: Tick) -> None:
        """Lay its files out in the empty folder `to`, each at its place of the manifest."""

    def forget(self, keys: Collection[str]) -> None:
        """Delete these and what nothing else needs."""
