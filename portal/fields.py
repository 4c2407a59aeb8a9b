"""Kinds of fields that the office's data needs."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from portal.sealing import seal, unseal

ASKABLE = ("isnull", "exact")


class SealedTextField(models.TextField):
    """A text that the database holds encrypted (portal.sealing). It can be asked whether there is one, not which."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return value if value is None else seal(value)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return value if value is None else unseal(value)

    def get_lookup(self, name: str) -> Any:
        if name not in ASKABLE:
            raise FieldError(f"{self.name} 已加密，不能按内容查询")
        return super().get_lookup(name)
