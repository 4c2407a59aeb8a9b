"""`rotate_keys`: everything that is encrypted is written anew with the first of DATA_KEYS; then the old key may go."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import models, transaction

from portal.fields import SealedTextField

BATCH = 500


class Command(BaseCommand):
    help = "用 DATA_KEYS 中的第一个密钥重新加密全部个人信息；可以重复执行"

    def handle(self, *args: Any, **options: Any) -> None:
        total = 0
        for model, names in sealed_models():
            number = sum(rewrite(model, names, keys) for keys in batches(model))
            total += number
            self.stdout.write(f"{model._meta.verbose_name}：{number} 条")
        self.stdout.write(f"已用新密钥重新加密 {total} 条；核对无误后，可以从 DATA_KEYS 中去掉旧密钥。")


def sealed_models() -> Iterator[tuple[type[models.Model], list[str]]]:
    for model in apps.get_models():
        if names := [field.name for field in model._meta.fields if isinstance(field, SealedTextField)]:
            yield model, names


def batches(model: type[models.Model]) -> Iterator[list[Any]]:
    last: list[Any] = []
    while True:
        rows = model._base_manager.order_by("pk")
        rows = rows.filter(pk__gt=last[-1]) if last else rows
        last = list(rows.values_list("pk", flat=True)[:BATCH])
        if not last:
            return
        yield last


@transaction.atomic
def rewrite(model: type[models.Model], names: list[str], keys: list[Any]) -> int:
    """Read with any key, written with the first."""
    rows = list(model._base_manager.select_for_update().filter(pk__in=keys).only("pk", *names))
    model._base_manager.bulk_update(rows, names)
    return len(rows)
