"""SQLite: its online backup gives one moment's state while others write; the copy is checked before it counts."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

from portal.backups.databases import tables
from portal.backups.programs import Failed

NAME = "portal.sqlite3"
WAIT_SECONDS = 60


def take(folder: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(folder / NAME)) as copy:
        copy_into(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        check(copy)
        return {
            "engine": "sqlite",
            "file": NAME,
            "tables": tables.between(counts := tables.counts(copy.cursor()), counts),
        }


def copy_into(copy: sqlite3.Connection) -> None:
    """In one step, so that nobody's writing starts it anew; it waits for a writer as long as everybody does."""
    began = time.monotonic()

    def told(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > began + WAIT_SECONDS:
            raise Failed("数据库一直有人在写，没能取得副本")

    connection.ensure_connection()
    connection.connection.backup(copy, progress=told)


def check(copy: sqlite3.Connection) -> None:
    said = [row[0] for row in copy.execute("PRAGMA integrity_check(5)")]
    if said != ["ok"]:
        raise Failed(f"数据库副本没有通过完整性检查：{said[0][:200]}")
