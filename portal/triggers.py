"""Triggers of the database: what must be noticed by whatever hand a row changes (ADR 0018).

Apps name what they want in `ready()`. Migrations find none of them (SQLite writes tables anew) and leave all behind.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import AppConfig
from django.db import connections

PREFIX = "kept_"
RANDOM = {"postgresql": "gen_random_uuid()::text", "sqlite": "lower(hex(randomblob(16)))"}
STRUCTURE, LEDGER = 1, 2
"""What a token stands for: what is kept in memory, and who holds which power (rows of `portal.models.Structure`)."""
PRESENT = {
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
}
EVENTS = ("insert", "update", "delete")


@dataclass(frozen=True)
class Trigger:
    """What follows an event on a table. `when` (may name NEW and OLD) makes it one of single rows; on PostgreSQL the
    others are told once a statement, with its rows in `old_rows` and `new_rows`.
    """

    table: str
    event: str
    name: str
    body: dict[str, str]
    when: str = ""


_triggers: list[Trigger] = []


def watch(*tables: str, only: str = "", of: int = STRUCTURE) -> None:
    """Every change of these tables gives a new token (`portal.kept`); `only`: of rows where this column is true."""
    for table in tables:
        for event in EVENTS:
            rows = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}[event]
            when = " OR ".join(f"{row}.{only}" for row in rows) if only else ""
            _triggers.append(Trigger(table, event, f"token{of}", _new_token(of), when))


def watch_values(table: str, *columns: str, of: int) -> None:
    """Every change of these columns gives a new token."""
    when = " OR ".join(
        f"(OLD.{one} <> NEW.{one} OR (OLD.{one} IS NULL) <> (NEW.{one} IS NULL))" for one in columns
    )
    _triggers.append(Trigger(table, "update", f"token{of}", _new_token(of), when))


def _new_token(of: int) -> dict[str, str]:
    return {
        vendor: f"INSERT INTO portal_structure (id, token) VALUES ({of}, {random})"
        " ON CONFLICT (id) DO UPDATE SET token = excluded.token;"
        for vendor, random in RANDOM.items()
    }


def register(*triggers: Trigger) -> None:
    _triggers.extend(triggers)


def drop_before_migrations(using: str, plan: list, **kwargs) -> None:
    """Tables that SQLite writes anew would lose them silently, columns that go could not go."""
    connection = connections[using]
    if plan and connection.vendor in RANDOM:
        with connection.cursor() as cursor:
            for name, table in _present(connection.vendor, cursor):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {name}{on}")


def install(sender: AppConfig, using: str, **kwargs) -> None:
    """Those that are missing; and the first token."""
    connection = connections[using]
    if connection.vendor not in RANDOM:
        return
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        present = {name for name, _ in _present(connection.vendor, cursor)}
        wanted = [one for one in _triggers if one.table in tables and "portal_structure" in tables]
        for one in wanted:
            for name, statements in _statements(one, connection.vendor):
                if name not in present:
                    for statement in statements:
                        cursor.execute(statement)
        if "portal_structure" in tables:
            for token in (STRUCTURE, LEDGER):
                cursor.execute(_new_token(token)[connection.vendor])


def _statements(one: Trigger, vendor: str) -> Iterator[tuple[str, list[str]]]:
    """(name, what makes it)."""
    name = f"{PREFIX}{one.name}_{one.table}_{one.event}"
    if vendor == "sqlite":
        when = f" WHEN {one.when}" if one.when else ""
        yield (
            name,
            [f"CREATE TRIGGER {name} AFTER {one.event} ON {one.table}{when} BEGIN {one.body[vendor]} END"],
        )
        return
    rows = {
        "insert": "REFERENCING NEW TABLE AS new_rows",
        "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "delete": "REFERENCING OLD TABLE AS old_rows",
    }[one.event]
    each = f"FOR EACH ROW WHEN ({one.when})" if one.when else f"{rows} FOR EACH STATEMENT"
    function = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {one.body[vendor]} RETURN NULL; END $$"
    )
    yield (
        name,
        [
            function,
            f"CREATE TRIGGER {name} AFTER {one.event} ON {one.table} {each} EXECUTE FUNCTION {name}()",
        ],
    )
    if one.event == "delete" and one.name.startswith("token"):  # an emptied table has changed, too
        emptied = f"{PREFIX}{one.name}_{one.table}_truncate"
        yield (
            emptied,
            [
                f"CREATE TRIGGER {emptied} AFTER TRUNCATE ON {one.table} FOR EACH STATEMENT"
                f" EXECUTE FUNCTION {name}()"
            ],
        )


def _present(vendor: str, cursor) -> list[tuple[str, str]]:
    """(name, table) of ours that are there."""
    cursor.execute(PRESENT[vendor])
    return [(name, table) for name, table in cursor.fetchall() if name.startswith(PREFIX)]
