"""Triggers of the database: what must be noticed by whatever hand a row changes (ADR 0018).

Apps name what they want in `ready()`. Migrations find none of them (SQLite writes tables anew) and leave all behind.
"""

from dataclasses import dataclass
from hashlib import md5

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


def watch(*tables: str, only: str = "", of: int = STRUCTURE, events: tuple[str, ...] = EVENTS) -> None:
    """Every change of these tables gives a new token (`portal.kept`); `only`: of rows where this column is true."""
    for table in tables:
        for event in events:
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
            _drop(connection.vendor, cursor, _present(connection.vendor, cursor))


def install(sender: AppConfig, using: str, **kwargs) -> None:
    """Those that are missing, without those that are no longer wanted; and new tokens."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if connection.vendor not in RANDOM or "portal_structure" not in tables:
        return
    wanted = {}
    for one in _triggers:
        if one.table in tables:
            wanted |= STATEMENTS[connection.vendor](one)
    with connection.cursor() as cursor:
        present = _present(connection.vendor, cursor)
        _drop(
            connection.vendor, cursor, {name: table for name, table in present.items() if name not in wanted}
        )
        for statement in (one for name, made in wanted.items() if name not in present for one in made):
            cursor.execute(statement)
        for token in (STRUCTURE, LEDGER):
            cursor.execute(_new_token(token)[connection.vendor])


def _in_sqlite(one: Trigger) -> dict[str, list[str]]:
    """By name what makes it. A name tells the text of what it does: another text is another trigger."""
    when = f" WHEN {one.when}" if one.when else ""
    name = _name(one, one.event, one.body["sqlite"] + when)
    return {
        name: [f"CREATE TRIGGER {name} AFTER {one.event} ON {one.table}{when} BEGIN {one.body['sqlite']} END"]
    }


def _in_postgres(one: Trigger) -> dict[str, list[str]]:
    """As `_in_sqlite`; an emptied table has changed, too."""
    each = f"FOR EACH ROW WHEN ({one.when})" if one.when else f"{ROWS[one.event]} FOR EACH STATEMENT"
    name = _name(one, one.event, one.body["postgresql"] + each)
    function = (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {one.body['postgresql']} RETURN NULL; END $$"
    )
    calls = f"EXECUTE FUNCTION {name}()"
    made = {name: [function, f"CREATE TRIGGER {name} AFTER {one.event} ON {one.table} {each} {calls}"]}
    if one.event == "delete" and one.name.startswith("token"):
        emptied = _name(one, "truncate", name)
        made[emptied] = [f"CREATE TRIGGER {emptied} AFTER TRUNCATE ON {one.table} FOR EACH STATEMENT {calls}"]
    return made


ROWS = {
    "insert": "REFERENCING NEW TABLE AS new_rows",
    "update": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "delete": "REFERENCING OLD TABLE AS old_rows",
}
STATEMENTS = {"sqlite": _in_sqlite, "postgresql": _in_postgres}


def _name(one: Trigger, event: str, text: str) -> str:
    digest = md5(text.encode(), usedforsecurity=False).hexdigest()[:6]
    return f"{PREFIX}{one.name}_{one.table}_{event}_{digest}"


def _present(vendor: str, cursor) -> dict[str, str]:
    """The tables of ours that are there, by name."""
    cursor.execute(PRESENT[vendor])
    return {name: table for name, table in cursor.fetchall() if name.startswith(PREFIX)}


def _drop(vendor: str, cursor, triggers: dict[str, str]) -> None:
    for name, table in triggers.items():
        cursor.execute(
            f"DROP TRIGGER {name} ON {table}" if vendor == "postgresql" else f"DROP TRIGGER {name}"
        )
