"""How the database is taken: SQLite by its online backup, PostgreSQL by pgBackRest where set up, else by pg_dump."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from portal.backups.databases import pgbackrest, pgdump, sqlite
from portal.backups.programs import Tick
from portal.enums import BackupKind

__all__ = ["needed_bytes", "pgbackrest", "pgdump", "sqlite", "take"]


def take(folder: Path, kind: str, tick: Tick) -> dict[str, Any]:
    """Put the database into `folder`, or have pgBackRest keep it; says what it is and how many rows each table has.

    Discs hold a dump, which needs nothing but PostgreSQL to be read.
    """
    if connection.vendor == "sqlite":
        return sqlite.take(folder)
    if settings.PGBACKREST and kind != BackupKind.ARCHIVE:
        return pgbackrest.take(kind, tick)
    return pgdump.take(folder, tick)


def needed_bytes(kind: str) -> int:
    """How much room the copy takes on the disk of the backups, at most."""
    if connection.vendor == "postgresql" and settings.PGBACKREST and kind != BackupKind.ARCHIVE:
        return 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return 2 * cursor.fetchone()[0]
