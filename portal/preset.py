"""The foundation's part of a preset: parameters, departments, sites and the ways to other systems."""

from collections.abc import Mapping
from typing import Any

from portal import applications, parameters
from portal.models import ApplicationLink, Department, Parameter, Site
from portal.preset_merge import Merge

Data = Mapping[str, Any]
FOOTER_MARKS = ("icp", "police_record", "government_mark")


def load(data: Mapping[str, Data], merge: Merge) -> None:
    """Load the foundation's files; parents stand before children among departments and sites."""
    load_parameters(data["parameters.yaml"], merge)
    departments = load_departments(data["departments.yaml"], merge)
    load_sites(data["sites.yaml"], departments, merge)
    load_applications(data["applications.yaml"], merge)


def load_parameters(data: Data, merge: Merge) -> None:
    """What the standards ask, and over it what this regulation asks."""
    own = {row["key"]: row for row in data["parameters"]}
    for key, row in parameters.standard().items():
        values = {name: own.get(key, row)[name] for name in ("label", "value", "unit", "clause")}
        merge.put(Parameter, key, find={"key": key}, values=values)
    parameters.changed()


def load_departments(data: Data, merge: Merge) -> dict[str, Department]:
    loaded: dict[str, Department] = {}
    for place, row in enumerate(data["departments"], start=1):
        values = {
            "name": row["name"],
            "short_name": row.get("short_name") or "",
            "phone": row.get("phone") or "",
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
        values |= {name: row[name] for name in FOOTER_MARKS if row.get(name)}  # else the office's alone
        values |= {
            "department": departments[row["department"]],
            "parent": loaded.get(row["parent"]),
            "position": place * 10,
        }
        loaded[row["key"]] = merge.put(Site, row["key"], find={"key": row["key"]}, values=values)


def load_applications(data: Data, merge: Merge) -> None:
    for place, row in enumerate(data["applications"], start=1):
        values = {name: row.get(name) or "" for name in ("url", "note", "audience")}
        merge.put(
            ApplicationLink, row["key"], find={"name": row["name"]}, values=values | {"position": place * 10}
        )
    applications.changed()
