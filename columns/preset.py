"""This app's part of a preset: routes, roles, the column tree of every site, cadences, responsibilities."""

from collections import Counter
from collections.abc import Iterator, Mapping
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
        "update_class": row.get("update_class") or "",
        "route": routes[row["route"]] if row.get("route") else None,
        "clause": row["clause"],
    }
    return merge.put(
        Column, f"{site.key}/{row['key']}", find={"site": site, "slug": row["key"]}, values=values
    )


def load_cadences(data: Data, columns: Mapping[tuple[str, str], Column], merge: Merge) -> None:
    """更新时限 (办法第十五条): on every site's instance of a column, on classes of information, sites and departments.

    `find` leaves out what units filed for themselves: a preset never touches those.
    """
    several = Counter((row.get("column"), row["rule"]) for row in data["cadences"])
    departments = {one.code: one for one in Department.objects.all()}
    for row in data["cadences"]:
        repeats = several[row.get("column"), row["rule"]] > 1
        for place, scope in _scopes(row, columns, departments):
            key = f"{place}/{row['rule']}" + (f"/{_measure(row)}" if repeats else "")
            find = {**scope, "rule": row["rule"], "filed_by": None}
            if repeats:
                find |= {"period": row.get("period") or "", "days": row.get("days")}
            values = {
                "together": row.get("together", False),
                "count": row.get("count") or 1,
                "period": row.get("period") or "",
                "days": row.get("days"),
                "working": row.get("working", False),
                "dates": ",".join(row.get("dates") or []),
                "clause": row["clause"],
            }
            merge.put(
                Cadence, key, find=find, values={name: values[name] for name in values if name not in find}
            )


def _scopes(
    row: Data, columns: Mapping[tuple[str, str], Column], departments: Mapping[str, Department]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """(its place in the key, what it binds), one for each site that the row speaks of."""
    scope = {
        "update_class": row.get("update_class", ""),
        "department": departments[row["department"]] if row.get("department") else None,
    }
    more = "/".join(str(row[name]) for name in ("update_class", "department") if row.get(name))
    if wanted := row.get("column"):
        for (site, key), column in columns.items():
            if key == wanted and _is_meant(row, column.site):
                yield f"{site}/{key}" + (f"/{more}" if more else ""), scope | {"column": column, "site": None}
    elif row.get("site") or row.get("sites"):
        for site in Site.objects.all():
            if _is_meant(row, site):
                yield f"{site.key}/*" + (f"/{more}" if more else ""), scope | {"column": None, "site": site}
    else:
        yield f"*/{more}", scope | {"column": None, "site": None}


def _is_meant(row: Data, site: Site) -> bool:
    which = row.get("sites", "EVERY")
    return row.get("site", site.key) == site.key and which in (
        "EVERY",
        "MAIN" if site.is_main else "SUBSITES",
    )


def _measure(row: Data) -> str:
    return str(row.get("period") or row.get("days") or ",".join(row.get("dates") or []))


def load_responsibilities(data: Data, columns: Mapping[tuple[str, str], Column], merge: Merge) -> None:
    """信息维护分工 (实施意见三(二)). A duty that the office took away stays away; what is not written is not done."""
    departments = {department.code: department for department in Department.objects.all()}
    for row in data["responsibilities"]:
        key = f"{row['site']}/{row['column']}/{row['department']}"
        find = {"column": columns[row["site"], row["column"]], "department": departments[row["department"]]}
        duties = {duty.value: row.get(duty.value, False) for duty in Duty}
        if any(duties.values()) and not merge.was_taken_away(Responsibility, key, find=find):
            merge.put(Responsibility, key, find=find, values={**duties, "clause": row["clause"]})
