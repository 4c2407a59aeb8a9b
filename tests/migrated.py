"""The migrated SQLite is kept between runs: migrating takes as long as hundreds of tests.

It lies in pytest's cache (`--cache-clear` drops it) under a name made of what goes into it: a migration written,
changed or taken away, another app or another Django gives another name, and then all migrations run. On PostgreSQL
they run always.
"""

import os
import sqlite3
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import django
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader


def place(config) -> Path | None:
    """Where it is kept or shall be; None in a run without a cache."""
    cache = getattr(config, "cache", None)
    return cache.mkdir("migrated") / f"{_fingerprint()}.sqlite3" if cache else None


def is_wanted() -> bool:
    """Whether the tests run on SQLite, in memory."""
    name = connection.creation._get_test_db_name()
    return connection.vendor == "sqlite" and connection.creation.is_in_memory_db(name)


def lay_down(kept: Path) -> sqlite3.Connection:
    """Into the test database that Django is about to open; that lives on while the connection returned is open."""
    memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    with closing(sqlite3.connect(f"file:{kept}?mode=ro", uri=True)) as file:
        file.backup(memory)
    return memory


def keep(kept: Path) -> None:
    """The test database as the migrations left it, in place of older ones."""
    connection.ensure_connection()
    fresh = kept.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(fresh)) as file:
        connection.connection.backup(file)
    fresh.replace(kept)
    for old in set(kept.parent.glob("*.sqlite3")) - {kept}:
        old.unlink(missing_ok=True)


def _fingerprint() -> str:
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    files = {sys.modules[one.__module__].__file__ for one in migrations}
    said = sha256(f"{django.VERSION} {sqlite3.sqlite_version} {settings.INSTALLED_APPS}".encode())
    for file in sorted(files):
        said.update(file.encode() + Path(file).read_bytes())
    return said.hexdigest()
