"""Departments by everything they are called: name, short name, code, or a path from above."""

import re

from portal.models import Department

_STEP = re.compile(r"\s*[/>›＞／]\s*")


class Departments:
    """All departments, read once."""

    def __init__(self) -> None:
        self._all = {one.pk: one for one in Department.objects.all()}
        self._called: dict[str, list[Department]] = {}
        for one in self._all.values():
            for name in {one.name, one.short_name, one.code} - {""}:
                self._called.setdefault(name, []).append(one)

    def name(self, pk: int | None) -> str:
        return self._all[pk].name if pk in self._all else ""

    def find(self, said: str) -> Department:
        """Raises ValueError, with words for people, when none or several are called so."""
        *above, last = _STEP.split(said)
        found = [one for one in self._called.get(last, []) if self._is_below(one, above)]
        found = [one for one in found if one.is_active] or found
        if not found:
            raise ValueError(f"没有名为“{said[:40]}”的部门")
        if len(found) > 1:
            paths = "、".join(f"“{self._path(one)}”" for one in found)
            raise ValueError(f"有几个部门叫“{said[:40]}”，请写代码或路径：{paths}")
        return found[0]

    def _is_below(self, one: Department, above: list[str]) -> bool:
        for name in reversed(above):
            one = self._all.get(one.parent_id)
            if one is None or name not in (one.name, one.short_name, one.code):
                return False
        return True

    def _path(self, one: Department) -> str:
        steps = [one.name]
        while one := self._all.get(one.parent_id):
            steps.insert(0, one.name)
        return "/".join(steps)
