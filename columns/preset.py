"""This app's part of a preset: routes, roles, the column tree of every site, cadences, responsibilities."""

from collections.abc import Mapping
from typing import Any

from columns import operations
from columns.enums import Duty
from columns.models import Cadence, Column, Responsibility, ReviewRoute, Role, RouteStep
from portal.models import Department, Site, User
from portal.preset_merge import Merge

Data = Mapping[str, Any]


def load(data: Mapping[str, Data], merge: Merge) -> None:
    operations.renew_roles(load_roles(data["roles.yaml"], merge), by=User.objects.system())
    routes = load_routes(data["routes.yaml"], merge)
    columns = load_columns(data["columns.yaml"], routes, merge)
    load_cadences(data["cadences.yaml"], columns, merge)
    load_responsibilities(data["responsibilities.yaml"], columns, merge)


def load_roles(data: Data, merge: Merge) -> list[Role]:
    """角色; grants of a role whose bundle changed go on with the new one."""
    return [
        merge.put(
            Role, row["key"], find={"key": row["key"]},
            values={name: row[name] for name in ("name", "powers", "clause")},
        )
        for row in data["roles"]
    ]  # fmt: skip


def load_routes(data: Data, merge: Merge) -> dict[str, ReviewRoute]:
    loaded = {}
    for row in data["routes"]:
        values = {"name": row["name"], "clause": row["clause"], "is_default": row["default"]}
        route = merge.put(ReviewRoute, row["key"], find={"key": row["key"]}, values=values)
        for position, step in enumerate(row["steps"], start=1):
            names = ("label", "power", "asks", "working_days", "clause")
            find = {"route": route, "position": position}
            merge.put(
                RouteStep, f"{row['key']}/{position}", find=find, values={name: step[name] for name in names}
            )
        loaded[row["key"]] = route
    return loaded


def load_columns(
    data: Data, routes: Mapping[str, ReviewRoute], merge: Merge
) -> dict[tuple[str, str], Column]:
    """One instance of the template per site (附件一); returns them by (site key, column key)."""
    loaded: dict[tuple[str, str], Column] = {}
    for site in Site.objects.filter(key__in=data["instances"]):
        for place, row in enumerate(data["template"], start=1):
            main = _column(site, None, place, row, routes, merge)
            loaded[site.key, row["key"]] = main
            for sub_place, sub in enumerate(row.get("children") or [], start=1):
                loaded[site.key, sub["key"]] = _column(site, main, sub_place, sub, routes, merge)
    return loaded


def _column(
    site: Site, parent: Column | None, place: int, row: Data, routes: Mapping[str, ReviewRoute], merge: Merge
) -> Column:
    values = {
        "name": row["name"],
        "parent": parent,
        "position": place * 10,
        "kind": row["kind"],
        "placement": row.get("placement") or "MENU",
        "content_note": row["content"],
        "format_note": row["format"],
        "readers": row.get("readers") or "EVERYONE",
        "takes_comments": row.get("takes_comments", False),
        "takes_contributions": row.get("takes_contributions", False),
        "route": routes[row["route"]] if row.get("route") else None,
        "clause": row["clause"],
    }
    return merge.put(
        Column, f"{site.key}/{row['key']}", find={"site": site, "slug": row["key"]}, values=values
    )


def load_cadences(data: Data, columns: Mapping[tuple[str, str], Column], merge: Merge) -> None:
    """更新时限 (办法第十五条), on every site's instance of the column."""
    for row in data["cadences"]:
        for (site, key), column in columns.items():
            if key != row["column"]:
                continue
            values = {
                "count": row["count"] or 1,
                "period": row["period"] or "",
                "days": row["days"],
                "working": row["working"],
                "clause": row["clause"],
            }
            find = {"column": column, "rule": row["rule"]}
            merge.put(Cadence, f"{site}/{key}/{row['rule']}", find=find, values=values)


def load_responsibilities(data: Data, columns: Mapping[tuple[str, str], Column], merge: Merge) -> None:
    """信息维护分工 (实施意见三(二)). A duty that the office took away stays away; what is not written is not done."""
    departments = {department.code: department for department in Department.objects.all()}
    for row in data["responsibilities"]:
        key = f"{row['site']}/{row['column']}/{row['department']}"
        find = {"column": columns[row["site"], row["column"]], "department": departments[row["department"]]}
        duties = {duty.value: row.get(duty.value, False) for duty in Duty}
        if any(duties.values()) and not merge.was_taken_away(Responsibility, key, find=find):
            merge.put(Responsibility, key, find=find, values={**duties, "clause": row["clause"]})
