"""PostgreSQL by pg_dump: for a server that is somebody else's, and for discs. No point in time between two of them.

The dump is written to a file first, so that it can be read again before it counts.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from portal.backups import programs
from portal.backups.databases import tables
from portal.backups.programs import Failed, Tick

NAME = "database.dump"


def take(folder: Path, tick: Tick) -> dict[str, Any]:
    """Dump and counts are of the same moment: they share one snapshot, held by a connection of its own."""
    with _snapshot() as (snapshot, cursor):
        programs.run(
            [
                program("pg_dump"), "-Fc", "-Z0", "--no-owner", "--no-privileges", f"--snapshot={snapshot}",
                f"--file={folder / NAME}",
            ],
            "导出数据库", environment=whereabouts(connection.settings_dict), tick=tick,
        )  # fmt: skip
        counts = tables.counts(cursor, "postgresql")
    programs.run([program("pg_restore"), "--list", str(folder / NAME)], "核对数据库导出文件")
    return {"engine": "pg_dump", "file": NAME, "tables": tables.between(counts, counts)}


@contextmanager
def _snapshot() -> Iterator[tuple[str, Any]]:
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor.fetchone()[0], cursor
    finally:
        other.close()


def load(dump: Path, environment: Mapping[str, str], tick: Tick) -> None:
    """Into the empty database that `environment` leads to; it stops at the first thing that is wrong."""
    asked = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
    if (
        programs.run(
            [program("psql"), "-XAtc", asked], "连接要恢复到的数据库", environment=environment
        ).strip()
        != "0"
    ):
        raise Failed("要恢复到的数据库不是空的：请先建一个空库，现有的数据不会被覆盖")
    name = environment["PGDATABASE"]
    programs.run(
        [program("pg_restore"), "--exit-on-error", "--single-transaction", "--no-owner", f"--dbname={name}", str(dump)],
        "导入数据库", environment=environment, tick=tick,
    )  # fmt: skip


def program(name: str) -> str:
    if found := programs.find(name):
        return found
    raise Failed(f"本机没有 {name}：请安装 PostgreSQL 客户端（Debian：apt-get install postgresql-client）")


def whereabouts(database: Mapping[str, Any]) -> dict[str, str]:
    """The database of a DATABASES entry as PostgreSQL's programs are told it; the password is on no command line."""
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    return {name: str(database[key]) for name, key in names.items() if database.get(key)}
