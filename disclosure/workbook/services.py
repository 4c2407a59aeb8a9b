"""办事事项表 as it goes out: a site's items, the empty table to fill in, what each item lacks."""

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from disclosure.enums.services import MaterialForm, ServedKind, ServiceKind
from disclosure.models import Guide
from disclosure.queries.services import Standing
from portal.spreadsheets import Headings

BAR, FREE = "｜", "不收费"
HEADINGS = Headings(
    {
        "name": ("事项名称", "名称", "事项"),
        "code": ("事项编码", "编码"),
        "kind": ("事项类型", "类型", "事项类别"),
        "audience": ("服务对象", "办理对象"),
        "theme": ("主题", "主题分类"),
        "department": ("责任部门", "承办部门", "部门"),
        "organ": ("受理机构", "实施机关"),
        "basis": ("设定依据", "法律依据", "办理依据"),
        "conditions": ("受理条件", "申请条件", "办理条件"),
        "materials": ("申请材料", "办理材料"),
        "steps": ("办理流程", "流程"),
        "windows": ("办理窗口", "办理地点"),
        "charges": ("收费", "收费标准"),
        "legal_days": ("法定时限", "法定期限"),
        "promised_days": ("承诺时限", "承诺期限"),
        "limit_note": ("时限说明",),
        "result": ("办理结果",),
        "delivery": ("结果送达",),
        "consult": ("咨询方式", "咨询电话"),
        "supervision": ("监督投诉方式", "监督电话"),
        "online_url": ("网上办理地址",),
        "remarks": ("注意事项",),
        "pre_review_days": ("网上预审工作日", "预审工作日"),
    },
    needed=("name", "department"),
)
TITLES = [HEADINGS.told(name) for name in HEADINGS.names]
WIDTHS = (26, 16, 10, 10, 12, 14, 16, 40, 40, 50, 40, 50, 30, 10, 10, 20, 20, 16, 20, 20, 24, 30, 12)
ROWS = {
    "materials": ("名称", "形式", "份数", "何时需要", "要求"),
    "steps": ("环节", "办理人", "时限", "审查内容"),
    "windows": ("窗口", "地址", "办理时间", "电话"),
    "charges": ("项目", "标准", "依据"),
}
"""What stands in one line of such a cell, between bars."""

FILLED_DOWN_TO = 500
_HEAD = {"font": Font(bold=True, color="143862"), "fill": PatternFill("solid", fgColor="EAF0F8")}
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_HINTS = {
    "事项名称": "必填，最多 80 字；本站已有的事项不重复导入",
    "事项类型": "从下拉列表选；不填即为“公共服务”",
    "服务对象": "从下拉列表选；不填即为“个人和法人”",
    "责任部门": "必填，写部门的全称或简称",
    "申请材料": f"一行一份，用“{BAR}”隔开：{BAR.join(ROWS['materials'])}。必须交的，“何时需要”空着",
    "办理流程": f"一行一步：{BAR.join(ROWS['steps'])}",
    "办理窗口": f"一行一个：{BAR.join(ROWS['windows'])}",
    "收费": f"不收费的写“{FREE}”；收费的一行一项：{BAR.join(ROWS['charges'])}",
    "法定时限": "工作日，整数",
    "承诺时限": "工作日，整数；当场办结的写 0",
    "网上预审工作日": "开通网上预审的，写几个工作日内预审；不开通的空着",
}
_EXAMPLE = (
    "个体工商户设立登记", "", "行政许可", "个人", "设立变更", "注册科", "城东分局注册科",
    "《促进个体工商户发展条例》", "有经营能力的公民",
    f"登记申请书{BAR}原件{BAR}1{BAR}{BAR}本人签名\n身份证{BAR}原件和复印件{BAR}1\n委托书{BAR}原件{BAR}1{BAR}委托他人办理的",
    f"受理{BAR}窗口{BAR}当场{BAR}材料是否齐全\n审查{BAR}注册科{BAR}1 个工作日\n发照{BAR}窗口{BAR}当场",
    f"登记 1 号窗口{BAR}人民路 1 号{BAR}工作日 9:00—17:00{BAR}8005", FREE, 15, 1, "", "营业执照", "窗口领取",
    "8005", "监察室 8003", "", "", 2,
)  # fmt: skip


def rows(guides: Iterable[Guide]) -> Iterator[list[Any]]:
    """Guides as the importing reads them back; files are not part of a table."""
    for one in guides:
        yield [_CELLS.get(name, _plain(name))(one) for name in HEADINGS.names]


def completeness_rows(standings: Iterable[Standing]) -> Iterator[list[Any]]:
    for one in standings:
        yield [
            str(one.item.site), one.item.name, str(one.item.department), one.item.get_state_display(),
            "、".join(one.vetoed) or "无", "、".join(one.advised) or "无",
        ]  # fmt: skip


COMPLETENESS = ["站点", "事项名称", "责任部门", "状态", "缺少的必备要素", "缺少的其他要素"]


def template() -> bytes:
    """The .xlsx to fill in: choices to pick where there are any, a hint at columns, an example on a second sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "办事事项"
    _head(sheet, TITLES)
    for at, title in enumerate(TITLES, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = WIDTHS[at - 1]
        if title in _HINTS:
            sheet.add_data_validation(_hint(title, get_column_letter(at)))
    sheet.freeze_panes = "B2"
    _help(book.create_sheet("填写说明"))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _plain(name: str) -> Callable[[Guide], Any]:
    return lambda guide: getattr(guide, name)


def _line(*parts: Any) -> str:
    said = [str(part).replace(BAR, "／") for part in parts]
    while said and not said[-1]:
        said.pop()
    return BAR.join(said)


def _materials(guide: Guide) -> str:
    rows = (
        (one.name, one.get_form_display(), one.copies, one.needed_when, one.note)
        for one in guide.materials.all()
    )
    return "\n".join(_line(*row) for row in rows)


def _charges(guide: Guide) -> str:
    if guide.is_free:
        return FREE
    return "\n".join(_line(one.name, one.standard, one.basis) for one in guide.charges.all())


_CELLS: dict[str, Callable[[Guide], Any]] = {
    "kind": lambda guide: guide.get_kind_display(),
    "audience": lambda guide: guide.get_audience_display(),
    "department": lambda guide: guide.department.name,
    "materials": _materials,
    "steps": lambda guide: "\n".join(
        _line(one.name, one.who, one.days, one.note) for one in guide.steps.all()
    ),
    "windows": lambda guide: "\n".join(
        _line(one.name, one.address, one.hours, one.phone) for one in guide.windows.all()
    ),
    "charges": _charges,
    "pre_review_days": lambda guide: guide.pre_review_days if guide.takes_pre_review else None,
}


def _hint(title: str, column: str) -> DataValidation:
    rule = DataValidation(allow_blank=True, showInputMessage=True, showErrorMessage=True)
    choices = {"事项类型": ServiceKind, "服务对象": ServedKind}.get(title)
    if choices:
        rule.type, rule.formula1 = "list", '"' + ",".join(one.label for one in choices) + '"'
        rule.errorTitle, rule.error = "填写有误", f"请从下拉列表中选择{title}"
    rule.promptTitle, rule.prompt = title, _HINTS[title]
    rule.add(f"{column}2:{column}{FILLED_DOWN_TO}")
    return rule


def _help(sheet: Worksheet) -> None:
    _head(sheet, ["这一列", "怎么填"])
    for title, how in _HINTS.items():
        sheet.append([title, how])
    sheet.append(["材料形式", "、".join(one.label for one in MaterialForm)])
    sheet.append(["其他各列", "照指南的内容填写；没有的空着，导入后在页面上补全。空白表格和样表在页面上传"])
    sheet.append([])
    _head(sheet, ["例：" + TITLES[0], *TITLES[1:]], row=sheet.max_row + 1)
    sheet.append(list(_EXAMPLE))
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = _WRAPPED
    for at in range(1, len(TITLES) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = 60 if at == 2 else 22


def _head(sheet: Worksheet, titles: list[str], row: int = 1) -> None:
    for at, title in enumerate(titles, start=1):
        cell = sheet.cell(row, at, title)
        cell.font, cell.fill = _HEAD["font"], _HEAD["fill"]
