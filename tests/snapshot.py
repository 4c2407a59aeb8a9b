"""A world that takes hundreds of statements to build is built once a run, and laid down again for every test."""

from collections.abc import Callable
from pickle import dumps, loads
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction

from portal.models import Structure
from publishing.models import LiveCount

BY_TRIGGERS = (LiveCount, Structure)
"""What the database writes itself when the rows come that it is made of."""


class Snapshot:
    """What `build` returns, copied for whoever asks, and the statements that write every row it wrote.

    Rows keep their keys, which nobody else gets: PostgreSQL never gives out again what `build` took from a sequence,
    SQLite goes on after the highest. After a test that empties all tables the content types have other keys: then it
    is built anew.
    """

    def __init__(self, build: Callable[[], Any]):
        self.build = build
        self.types: set[tuple] = set()

    def restore(self) -> Any:
        if self.types != _types():
            self._take()
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, values in self.statements:
                cursor.execute(statement, values)
        return loads(self.world)

    def _take(self) -> None:
        before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in _models()}
        with transaction.atomic():
            self.world = dumps(self.build())
            found = [list(model._base_manager.exclude(pk__in=known)) for model, known in before.items()]
            transaction.set_rollback(True)
        self.statements = _statements([rows for rows in found if rows])
        self.types = _types()


def _statements(found: list[list[models.Model]]) -> list[tuple]:
    """What writes these rows, as (SQL, values): they are written once to see it, and taken back."""
    seen = []

    def look(execute, sql, values, many, context):
        seen.append((sql, values))
        return execute(sql, values, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(look):
            for rows in found:
                type(rows[0])._base_manager.bulk_create(rows)
        transaction.set_rollback(True)
    return [one for one in seen if one[0].startswith("INSERT")]


def _models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model not in BY_TRIGGERS
    ]


def _types() -> set[tuple]:
    return set(ContentType.objects.values_list("pk", "app_label", "model"))
