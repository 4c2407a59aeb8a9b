"""Big append-only tables by year, on PostgreSQL: each year is a table of its own that can be read, kept and moved alone.

Which tables are parted is asked of the database itself. A year that nobody foresaw (a sample story, a wrong clock)
goes to `<table>_else`, so that no act is ever refused; `make_partitions` gives it a table and makes next year's long
before it begins. On SQLite nothing is parted and nothing happens.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from portal import clock
from portal.sweeps import sweep

PARTED = """
    SELECT c.relname, a.attname FROM pg_partitioned_table p
    JOIN pg_class c ON c.oid = p.partrelid AND c.relnamespace = current_schema()::regnamespace
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.partattrs[0]
    WHERE p.partstrat = 'r' AND p.partnatts = 1 ORDER BY c.relname"""
RULES = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype IN ('f', 'c') ORDER BY conname"""
INDEXES = """
    SELECT pg_get_indexdef(indexrelid) FROM pg_index
    WHERE indrelid = %s::regclass AND NOT indisprimary ORDER BY indexrelid"""
YEARS = "SELECT DISTINCT extract(year FROM {column} AT TIME ZONE %s)::int FROM {table} ORDER BY 1"


@dataclass(frozen=True)
class Table:
    """A parted table, the column of its moment and that of its number."""

    name: str
    column: str
    key: str = "id"


def parted() -> list[Table]:
    """Every table that is parted by year; none on SQLite."""
    if connection.vendor != "postgresql":
        return []
    return [Table(*row) for row in _asked(PARTED)]


@sweep("make_partitions", every=timedelta(days=1), label="准备下一年的分区")
def make_partitions() -> int:
    """This year's and next year's tables, and one for each year that had none; how many were made."""
    this = clock.today().year
    return sum(_make(table, year) for table in parted() for year in sorted({this, this + 1, *_stray(table)}))


def part_by_year(editor: BaseDatabaseSchemaEditor, table: Table) -> None:
    """Part an existing table with all its rows, in the migration's transaction; SQLite is left as it is.

    Its primary key gets the moment beside the number, which its sequence keeps unique. No other table may point at it,
    and it may have no unique index of its own.
    """
    if editor.connection.vendor != "postgresql":
        return
    name, plain = table.name, f"{table.name}_plain"
    _run(f"LOCK TABLE {name} IN ACCESS EXCLUSIVE MODE")
    rules, indexes = list(_asked(RULES, name)), [row[0] for row in _asked(INDEXES, name)]
    years = {*_years(table, name), clock.today().year, clock.today().year + 1}
    last = next(_asked(f"SELECT max({table.key}) FROM {name}"))[0]
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    _run(f"ALTER TABLE {name} RENAME TO {plain}")
    _run(
        f"CREATE TABLE {name} (LIKE {plain} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING STORAGE)"
        f" PARTITION BY RANGE ({table.column})"
    )
    _run(f"CREATE TABLE {name}_else PARTITION OF {name} DEFAULT")
    for year in sorted(years):
        _run(f"CREATE TABLE {name}_{year} PARTITION OF {name} FOR VALUES FROM (%s) TO (%s)", *_span(year))
    _run(f"INSERT INTO {name} OVERRIDING SYSTEM VALUE SELECT * FROM {plain} ORDER BY {table.key}")
    _run(f"DROP TABLE {plain}")
    _run(f"ALTER TABLE {name} ADD CONSTRAINT {name}_pkey PRIMARY KEY ({table.key}, {table.column})")
    for index in indexes:
        _run(index)
    for rule, words in rules:
        _run(f'ALTER TABLE {name} ADD CONSTRAINT "{rule}" {words}')
    if last is not None:
        _run("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", name, table.key, last)


@transaction.atomic
def _make(table: Table, year: int) -> bool:
    """The table of one year, with the rows that had gone elsewhere; False if it is there."""
    name = f"{table.name}_{year}"
    if _is_there(name):
        return False
    _run(f"LOCK TABLE {table.name} IN SHARE ROW EXCLUSIVE MODE")
    if _is_there(name):
        return False
    first, end = _span(year)
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    _run(
        f"CREATE TABLE {name} (LIKE {table.name} INCLUDING DEFAULTS INCLUDING STORAGE INCLUDING CONSTRAINTS)"
    )
    _run(
        f"WITH moved AS (DELETE FROM {table.name}_else WHERE {table.column} >= %s AND {table.column} < %s RETURNING *)"
        f" INSERT INTO {name} SELECT * FROM moved",
        first,
        end,
    )
    _run(f"ALTER TABLE {table.name} ATTACH PARTITION {name} FOR VALUES FROM (%s) TO (%s)", first, end)
    return True


def _stray(table: Table) -> Iterator[int]:
    return _years(table, f"{table.name}_else")


def _years(table: Table, where: str) -> Iterator[int]:
    asked = YEARS.format(column=table.column, table=where)
    return (row[0] for row in _asked(asked, timezone.get_default_timezone_name()))


def _span(year: int) -> tuple[datetime, datetime]:
    """From New Year to New Year in Asia/Shanghai."""
    first, end = (date(one, 1, 1) for one in (year, year + 1))
    return _midnight(first), _midnight(end)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()), timezone.get_default_timezone())


def _is_there(name: str) -> bool:
    return next(_asked("SELECT to_regclass(%s)", name))[0] is not None


def _run(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def _asked(question: str, *values: object) -> Iterator[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, values or None)
        rows: Iterable[tuple] = cursor.fetchall()
    return iter(rows)
