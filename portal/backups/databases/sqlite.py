"""SQLite: its online backup gives one moment's state while others write; the copy is checked before it counts."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

from portal.backups.databases import tables
from portal.backups.programs import Failed

NAME = "portal.sqlite3"


def take(folder: Path) -> dict[str, Any]:
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / NAME)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        check(copy)
        return {
            "engine": "sqlite",
            "file": NAME,
            "tables": tables.between(counts := tables.counts(copy.cursor()), counts),
        }


def check(copy: sqlite3.Connection) -> None:
    said = [row[0] for row in copy.execute("PRAGMA integrity_check(5)")]
    if said != ["ok"]:
        raise Failed(f"数据库副本没有通过完整性检查：{said[0][:200]}")
