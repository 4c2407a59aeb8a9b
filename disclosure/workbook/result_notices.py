"""办理结果表 as it goes out, and the empty one to fill in."""

from collections.abc import Iterable, Iterator
from typing import Any

from disclosure.enums.result_notices import Handled
from disclosure.models import ResultNotice
from portal.spreadsheets import Headings

HEADINGS = Headings(
    {
        "item": ("事项名称", "事项", "办理事项"),
        "number": ("办件编号", "编号", "文号"),
        "name": ("申请人", "申请人姓名或名称"),
        "kind": ("申请人类型", "类型"),
        "result": ("办理结果", "结果"),
        "decided_on": ("办结日期", "日期"),
        "remark": ("说明", "备注"),
    },
    needed=("item", "number"),
)
TITLES = [HEADINGS.told(name) for name in HEADINGS.names]
WIDTHS = (28, 22, 22, 12, 12, 14, 40)
EXAMPLE = (
    "个体工商户设立登记",
    "城东登字〔2026〕18号",
    "张三丰",
    "个人",
    Handled.GRANTED.label,
    "2026-10-12",
    "",
)
HELP = (
    ("申请人", "照实填写，系统只保存隐去后的写法：个人只留姓，单位名称照写"),
    ("申请人类型", "个人 或 单位；不填按个人隐去"),
    ("办理结果", "、".join(one.label for one in Handled)),
    ("办结日期", "如 2026-10-12，不能晚于今天"),
    ("办件编号", "会原样公开，不能写证件号码和电话"),
)


def rows(notices: Iterable[ResultNotice]) -> Iterator[list[Any]]:
    for one in notices:
        yield [
            one.item.name, one.number, one.applicant, str(one.department), one.get_result_display(),
            one.decided_on, one.remark, one.get_state_display(), one.published_at,
        ]  # fmt: skip


EXPORTED = ["事项名称", "办件编号", "申请人", "办理部门", "办理结果", "办结日期", "说明", "状态", "公示时间"]
