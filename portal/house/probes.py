"""Does a part answer? For /readyz and the page of the 网管. Each returns yes or no, or raises what the driver raised."""

import os
import tempfile

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.celery import app

BROKER_SECONDS = 2


def database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def answers_cache() -> bool:
    cache.set("readyz", "ok", 10)
    return cache.get("readyz") == "ok"


def broker() -> bool:
    """Redis answers, or the embedded spool can be written to."""
    folders = [
        settings.CELERY_BROKER_TRANSPORT_OPTIONS[name]
        for name in ("data_folder_in", "data_folder_out")
        if name in settings.CELERY_BROKER_TRANSPORT_OPTIONS
    ]
    if folders:
        return all(os.access(folder, os.W_OK | os.X_OK) for folder in folders)
    with app.connection_for_write(connect_timeout=BROKER_SECONDS) as connection_to_broker:
        connection_to_broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    return True


_migrated: set[str] = set()


def migrations() -> bool:
    """Whether the tables are those of this version; once it was so, this process does not ask again."""
    if connection.alias not in _migrated and not pending_migrations():
        _migrated.add(connection.alias)
    return connection.alias in _migrated


def pending_migrations() -> list[str]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def disk() -> bool:
    """A file can be written where the data lie."""
    with tempfile.TemporaryFile(dir=settings.VAR_DIR) as file:
        file.write(b"readyz")
        file.flush()
    return True


READY = {
    "database": database,
    "cache": answers_cache,
    "broker": broker,
    "migrations": migrations,
    "disk": disk,
}
