"""A world that takes hundreds of statements to build is built once a run, and laid down again for every test."""

from collections.abc import Callable
from pickle import dumps, loads
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction


class Snapshot:
    """What `build` returns and every row it writes; copies of both for whoever asks.

    Rows keep their keys, which nobody else gets: PostgreSQL never gives out again what `build` took from a sequence,
    SQLite goes on after the highest. After a test that empties all tables the content types have other keys: then it
    is built anew.
    """

    def __init__(self, build: Callable[[], Any]):
        self.build = build
        self.types: dict[int, tuple[str, str]] = {}

    def restore(self) -> Any:
        if self.types != _types():
            self._take()
        world, rows = loads(self.taken)
        with transaction.atomic():
            for instances in rows:
                type(instances[0])._base_manager.bulk_create(instances)
        return world

    def _take(self) -> None:
        before = {model: set(model._base_manager.values_list("pk", flat=True)) for model in _models()}
        with transaction.atomic():
            world = self.build()
            found = [list(model._base_manager.exclude(pk__in=known)) for model, known in before.items()]
            transaction.set_rollback(True)
        self.taken = dumps((world, [rows for rows in found if rows]))
        self.types = _types()


def _models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


def _types() -> dict[int, tuple[str, str]]:
    return {one.pk: one.natural_key() for one in ContentType.objects.all()}
