"""Numbers of regulations and standards, asked by key. They live in `presets/`, and in the office's hands once loaded."""

from functools import cache as keep

import yaml
from django.conf import settings
from django.core.cache import cache

from portal.models import Parameter

KEPT, KEPT_SECONDS = "parameters", 60


def value(key: str) -> int | None:
    """The number now in force; None when no rule asks for one. A key that no file names raises KeyError."""
    known = standard()[key]["value"]
    return _loaded().get(key, known)


def standard() -> dict[str, dict]:
    """The rows of `presets/parameters.yaml` by key: what holds where a preset says nothing."""
    return _read(str(settings.PRESETS_DIR / "parameters.yaml"))


def changed() -> None:
    """Whoever asks next reads anew."""
    cache.delete(KEPT)


def _loaded() -> dict[str, int | None]:
    return cache.get_or_set(KEPT, lambda: dict(Parameter.objects.values_list("key", "value")), KEPT_SECONDS)


@keep
def _read(path: str) -> dict[str, dict]:
    with open(path, encoding="utf-8") as file:
        return {row["key"]: row for row in yaml.safe_load(file)["parameters"]}
