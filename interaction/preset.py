"""This app's part of a preset: letterboxes with their matters."""

from collections.abc import Mapping
from typing import Any

from columns.models import ReviewRoute
from interaction.models import Letterbox, Matter
from portal.models import Department, Site
from portal.preset_merge import Merge

Data = Mapping[str, Any]


def load(data: Mapping[str, Data], merge: Merge) -> None:
    """Everything in `data` (by file name) that belongs to interaction."""
    load_letterboxes(data["letterboxes.yaml"], merge)


def load_letterboxes(data: Data, merge: Merge) -> None:
    """信箱, in their order, with whom they reach, what may be written about and within how many working days."""
    departments = {department.code: department for department in Department.objects.all()}
    sites = {site.key: site for site in Site.objects.all()}
    routes = {route.key: route for route in ReviewRoute.objects.all()}
    for place, row in enumerate(data["letterboxes"], start=1):
        find = {"site": sites[row["site"]], "key": row["key"]}
        values = _plain(row) | {
            "position": place * 10,
            "receiver": departments[row["receiver"]],
            "office": departments[row["office"]],
            "route": routes[row["route"]] if row.get("route") else None,
        }
        box = merge.put(Letterbox, f"{row['site']}/{row['key']}", find=find, values=values)
        _matters(box, row, merge)


def _plain(row: Data) -> dict[str, Any]:
    return {
        "name": row["name"],
        "intro": row.get("intro", ""),
        "writer_picks": row.get("writer_picks", False),
        "needs_sign_in": row.get("needs_sign_in", False),
        "takes_files": row.get("takes_files", False),
        "may_publish": row.get("may_publish", True),
        "clock_start": row.get("clock_start", "RECEIPT"),
        "receive_days": row.get("receive_days"),
        "refer_days": row.get("refer_days"),
        "upward_days": row.get("upward_days"),
        "reopen_days": row.get("reopen_days"),
        "is_looked_at_daily": row.get("daily_look", False),
        "stream_url": row.get("stream_url", ""),
        "clause": row["clause"],
    }


def _matters(box: Letterbox, row: Data, merge: Merge) -> None:
    for place, one in enumerate(row["matters"], start=1):
        values = {
            "name": one["name"],
            "kind": one["kind"],
            "items": "\n".join(one.get("items", [])),
            "answer_days": one["answer_days"],
            "clause": one["clause"],
            "position": place * 10,
        }
        key = f"{row['site']}/{row['key']}/{one['key']}"
        merge.put(Matter, key, find={"letterbox": box, "key": one["key"]}, values=values)
