"""Loading a preset over a living system: what the office edited stays, and every difference is reported."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from portal import clock
from portal.models import PresetRecord


@dataclass(frozen=True)
class Difference:
    """A value that the office changed and that was therefore kept."""

    kind: str
    key: str
    field: str
    preset: Any
    current: Any

    def __str__(self) -> str:
        return (
            f"{self.kind} {self.key} 的“{self.field}”：预设为“{self.preset}”，现为“{self.current}”，保留现值"
        )


@dataclass
class Merge:
    """One loading of one preset. `put` is called for every object in it; the lists say what happened."""

    preset: str
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: list[Difference] = field(default_factory=list)

    def put(
        self, model: type[models.Model], key: str, *, find: Mapping[str, Any], values: Mapping[str, Any]
    ) -> Any:
        """Create the object, or bring it up to date field by field unless somebody edited that field.

        `find` are the fields that identify it on a first loading; `values` are written and compared.
        Returns the saved instance.
        """
        record = self._record(model, key)
        obj = self._existing(model, record, find)
        if obj is None:
            obj = model._default_manager.create(**find, **values)
            self.created += 1
        else:
            self._update(obj, record, values)
        plain = {name: _plain(value) for name, value in values.items()}
        if record.pk is None or record.values != plain or record.object_id != obj.pk:
            record.object_id, record.values, record.loaded_at = obj.pk, plain, clock.now()
            record.save()
        return obj

    def was_taken_away(self, model: type[models.Model], key: str, *, find: Mapping[str, Any]) -> bool:
        """Whether the office deleted what an earlier loading had brought: it is then reported and not brought back."""
        record = self._record(model, key)
        if record.pk is None or self._existing(model, record, find) is not None:
            return False
        self.kept.append(Difference(record.kind, key, record.kind, "有", "已取消"))
        return True

    def _record(self, model: type[models.Model], key: str) -> PresetRecord:
        """What was loaded under this key before, or the start of a new record."""
        kind, type_ = str(model._meta.verbose_name), ContentType.objects.get_for_model(model)
        record = PresetRecord.objects.filter(preset=self.preset, kind=kind, key=key).first()
        return record or PresetRecord(preset=self.preset, kind=kind, key=key, object_type=type_)

    def _existing(self, model: type[models.Model], record: PresetRecord, find: Mapping[str, Any]) -> Any:
        rows = model._default_manager
        known = rows.filter(pk=record.object_id).first() if record.pk else None
        return known or rows.filter(**find).first()

    def _update(self, obj: Any, record: PresetRecord, values: Mapping[str, Any]) -> None:
        """A field that the preset was silent about when it was loaded last has been its default since."""
        changed = False
        for name, value in values.items():
            wanted, current = _plain(value), _plain(getattr(obj, name))
            if current == wanted:
                continue
            if record.pk and current == record.values.get(name, obj._meta.get_field(name).get_default()):
                setattr(obj, name, value)
                changed = True
            else:
                label = str(obj._meta.get_field(name).verbose_name)
                self.kept.append(
                    Difference(record.kind, record.key, label, _shown(value), _shown(getattr(obj, name)))
                )
        if changed:
            obj.save()
        self.updated += changed
        self.unchanged += not changed


def _plain(value: Any) -> Any:
    """As JSON keeps it, so that what was loaded can be compared with what is there."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _shown(value: Any) -> str:
    return "空" if value in (None, "") else str(value)
