"""This app's part of the presets: all schemes of scoring there are, with those marked that the live preset adopts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from assessment.enums.schemes import Ranking, Summary
from assessment.models import Indicator, Scheme
from assessment.queries.facts.base import kinds_by_fact
from assessment.rules import schemes as rules
from portal.preset_merge import Merge

Data = Mapping[str, Any]
Steps = tuple[str | int, ...]
TEXTS = ("sums_up_by", "awards_in", "note")
NUMBERS = ("full_marks", "pass_mark", "self_score_day", "fix_day", "rectify_days")


def faults(files: Iterable[tuple[Any, Data]]) -> Iterator[tuple[Any, Steps, str]]:
    """What is wrong with the schemes beyond their schema: the file, the way to the place in it, the words."""
    spans: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    for file, data in files:
        for place, row in enumerate(data["schemes"]):
            here: Steps = ("schemes", place)
            yield from (
                (file, (*here, *fault.path), fault.message) for fault in rules.faults(row, kinds_by_fact())
            )
            if bad := [name for name in ("starts_on", "ends_on") if not _is_date(row, name)]:
                yield file, (*here, bad[0]), "应为日期，如 2008-12-29"
                continue
            spans[row["key"]].append((row["starts_on"], row.get("ends_on")))
            if row.get("ends_on") and row["ends_on"] < row["starts_on"]:
                yield file, (*here, "ends_on"), "废止日期早于施行日期"
            elif rules.overlapping(spans[row["key"]]):
                yield file, (*here, "starts_on"), f"“{row['key']}”两个版本的施行期重叠"


def load(files: Iterable[Data], adopted: Collection[str], merge: Merge) -> None:
    """计分办法 of every preset. An edit of the office stays, and a version it added is none of a preset's."""
    for data in files:
        for row in data["schemes"]:
            scheme = merge.put(
                Scheme, f"{row['key']}/{row['version']}", find={"key": row["key"], "version": row["version"]},
                values=_values(row, row["key"] in adopted),
            )  # fmt: skip
            for place, one in enumerate(row["indicators"], start=1):
                key, find = (
                    f"{row['key']}/{row['version']}/{one['key']}",
                    {"scheme": scheme, "key": one["key"]},
                )
                merge.put(Indicator, key, find=find, values=_indicator(one, place))


def _values(row: Data, is_used: bool) -> dict[str, Any]:
    values = {name: row[name] for name in ("name", "source", "clause", "cycle", "starts_on", "unit_kinds")}
    values |= {name: row.get(name, "") for name in TEXTS} | {name: row.get(name) for name in NUMBERS}
    return values | {
        "ends_on": row.get("ends_on"), "is_used": is_used, "ranking": row.get("ranking", Ranking.SHARED),
        "counts_closed_units": row.get("counts_closed_units", True), "objection_days": row.get("objection_days", 0),
        "sums_up_in": row.get("sums_up_in", []), "summary": row.get("summary", Summary.MEAN),
        "awards": row.get("awards", []), "joint_offices": row.get("joint_offices", 1),
    }  # fmt: skip


def _indicator(one: Data, place: int) -> dict[str, Any]:
    return {
        "label": one["label"], "group": one.get("group", ""), "kind": one["kind"], "fact": one.get("fact", ""),
        "most": one.get("most"), "settings": one.get("settings", {}), "clause": one["clause"], "position": place * 10,
    }  # fmt: skip


def _is_date(row: Data, name: str) -> bool:
    return type(row.get(name)) is date or (name == "ends_on" and row.get(name) is None)
