"""A plan as people take it away: lines of a workbook, or one JSON document."""

from collections.abc import Iterator
from typing import Any

from portal.staff.plan import Item, Plan

COLUMNS = ("结果", "位置", "工号", "姓名", "栏目", "原值", "新值", "说明")
WIDTHS = (16, 26, 16, 12, 16, 22, 22, 50)


def rows(plan: Plan, *, is_done: bool) -> Iterator[list[str]]:
    """What was refused first, then field by field what changes, then who is new, then who is only in the register."""
    for one in plan.refused:
        number, _, name = one.title.partition(" ")
        yield ["未导入", str(one.place), number, name, "", "", "", one.reason]
    for word, items in (("修改", plan.changed), ("新增", plan.new)):
        for item in items:
            for said in item.said:
                told = f"已{word}" if is_done else f"将{word}"
                yield [
                    told, str(item.place), item.staff_number, item.name, said.label, said.old, said.new, "",
                ]  # fmt: skip
    for number, name in plan.absent:
        yield ["名册有而来源没有", "", number, name, "", "", "", "没有改动"]


def as_json(plan: Plan, *, by: str, is_done: bool) -> dict[str, Any]:
    return {
        "source": plan.source,
        "as": by,
        "applied": is_done,
        "new": [{**_who(item), "fields": {one.field: one.new for one in item.said}} for item in plan.new],
        "changed": [
            {**_who(item), "changes": {one.field: [one.old, one.new] for one in item.said}}
            for item in plan.changed
        ],
        "unchanged": plan.unchanged,
        "refused": [
            {
                "line": one.place.line or str(one.place),
                "sheet": one.place.sheet,
                "who": one.title,
                "reason": one.reason,
            }
            for one in plan.refused
        ],
        "absent": [{"staff_number": number, "name": name} for number, name in plan.absent],
        "remarks": plan.remarks,
    }


def _who(item: Item) -> dict[str, Any]:
    return {"line": item.place.line or str(item.place), "staff_number": item.staff_number, "name": item.name}
