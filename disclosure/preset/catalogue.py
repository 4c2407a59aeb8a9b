"""公开类别 in their order, two deep or more, with who is responsible for each."""

from collections.abc import Mapping, Sequence
from typing import Any

from columns.models import Column, ReviewRoute
from disclosure.models import Category, CategoryDuty
from portal.models import Department, Site
from portal.preset_merge import Merge

Data = Mapping[str, Any]


def load(rows: Sequence[Data], merge: Merge) -> None:
    sites = {one.key: one for one in Site.objects.all()}
    departments = {one.code: one for one in Department.objects.all()}
    routes = {one.key: one for one in ReviewRoute.objects.all()}
    for place, row in enumerate(rows, start=1):
        site = sites[row["site"]]
        parent = Category.objects.get(site=site, key=row["parent"]) if row.get("parent") else None
        values = {
            "name": row["name"], "code": row.get("code", "00"), "column": _column(site, row), "parent": parent,
            "position": place * 10, "note": row.get("note", ""), "period": row.get("period", ""), "clause": row["clause"],
        }  # fmt: skip
        key = f"{row['site']}/{row['key']}"
        category = merge.put(Category, key, find={"site": site, "key": row["key"]}, values=values)
        for duty in row.get("duties", ()):
            merge.put(
                CategoryDuty, f"{key}/{duty['department']}",
                find={"category": category, "department": departments[duty["department"]]},
                values={
                    "route": routes[duty["route"]] if duty.get("route") else None,
                    "leads": duty.get("leads", True), "clause": duty.get("clause", row["clause"]),
                },
            )  # fmt: skip


def _column(site: Site, row: Data) -> Column | None:
    return Column.objects.get(site=site, slug=row["column"]) if row.get("column") else None
