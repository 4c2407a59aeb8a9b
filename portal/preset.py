"""The foundation's part of a preset: departments and sites."""

from collections.abc import Mapping
from typing import Any

from portal.models import Department, Site
from portal.preset_merge import Merge

Data = Mapping[str, Any]


def load(data: Mapping[str, Data], merge: Merge) -> None:
    """Load departments.yaml and sites.yaml (parents stand before children there)."""
    departments = load_departments(data["departments.yaml"], merge)
    load_sites(data["sites.yaml"], departments, merge)


def load_departments(data: Data, merge: Merge) -> dict[str, Department]:
    loaded: dict[str, Department] = {}
    for place, row in enumerate(data["departments"], start=1):
        values = {
            "name": row["name"],
            "short_name": row.get("short_name") or "",
            "kind": row["kind"],
            "parent": loaded.get(row["parent"]),
            "position": place * 10,
        }
        loaded[row["key"]] = merge.put(Department, row["key"], find={"code": row["key"]}, values=values)
    return loaded


def load_sites(data: Data, departments: Mapping[str, Department], merge: Merge) -> None:
    loaded: dict[str, Site] = {}
    for place, row in enumerate(data["sites"], start=1):
        values = {
            name: row.get(name) or ""
            for name in ("name", "tagline", "palette", "organiser", "phone", "id_code")
        }
        values |= {
            "department": departments[row["department"]],
            "parent": loaded.get(row["parent"]),
            "position": place * 10,
        }
        loaded[row["key"]] = merge.put(Site, row["key"], find={"key": row["key"]}, values=values)
