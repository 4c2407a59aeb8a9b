"""The triggers that keep `LiveCount` true to the articles, and what makes it anew from them. Months are those of UTC."""

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from portal.triggers import Trigger

TABLE, COUNTS = "publishing_article", "publishing_livecount"
MONTH = {
    "postgresql": "date_trunc('month', coalesce({row}published_at, {row}created_at) AT TIME ZONE 'UTC')::date",
    "sqlite": "substr(coalesce({row}published_at, {row}created_at), 1, 7) || '-01'",
}


SAME = "OLD.state = NEW.state AND OLD.column_id = NEW.column_id AND OLD.published_at IS NEW.published_at"


def _in_sqlite(row: str, number: int, unless: str = "0") -> str:
    month = MONTH["sqlite"].format(row=f"{row}.")
    return (
        f"INSERT INTO {COUNTS} (column_id, month, number)"
        f" SELECT {row}.column_id, {month}, {number} WHERE {row}.state = 'LIVE' AND NOT ({unless});"
    )


def _in_postgres(*signed: tuple[str, int]) -> str:
    month = MONTH["postgresql"].format(row="")
    rows = " UNION ALL ".join(
        f"SELECT column_id, {month} AS month, {number} AS n FROM {rows} WHERE state = 'LIVE'"
        for rows, number in signed
    )
    return (
        f"INSERT INTO {COUNTS} (column_id, month, number)"
        f" SELECT column_id, month, sum(n) FROM ({rows}) AS x GROUP BY column_id, month HAVING sum(n) <> 0;"
    )


def triggers() -> list[Trigger]:
    come, go = ("new_rows", 1), ("old_rows", -1)
    bodies = {
        "insert": {"sqlite": _in_sqlite("NEW", 1), "postgresql": _in_postgres(come)},
        "update": {
            "sqlite": _in_sqlite("OLD", -1, SAME) + _in_sqlite("NEW", 1, SAME),
            "postgresql": _in_postgres(come, go),
        },
        "delete": {"sqlite": _in_sqlite("OLD", -1), "postgresql": _in_postgres(go)},
    }
    return [Trigger(TABLE, event, "count", body) for event, body in bodies.items()]


def count_anew(using: str = DEFAULT_DB_ALIAS) -> None:
    """From the articles themselves. On PostgreSQL one statement, so that what others write meanwhile counts once."""
    connection = connections[using]
    empty = f"DELETE FROM {COUNTS}"
    count = (
        f"INSERT INTO {COUNTS} (column_id, month, number)"
        f" SELECT column_id, {MONTH[connection.vendor].format(row='')}, count(*)"
        f" FROM {TABLE} WHERE state = 'LIVE' GROUP BY 1, 2"
    )
    in_one = connection.vendor == "postgresql"
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in [f"WITH emptied AS ({empty}) {count}"] if in_one else [empty, count]:
            cursor.execute(statement)


def after_migrations(sender: AppConfig, using: str, plan: list | None = None, **kwargs) -> None:
    """What migrations changed was not counted: they find no triggers. A database that was emptied counts anew, too."""
    if plan != [] and COUNTS in connections[using].introspection.table_names():
        count_anew(using)
