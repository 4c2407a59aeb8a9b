"""What is typed about 信息维护分工: ticks on the page, a workbook, the reason. Nothing here saves."""

import re

from django import forms

from columns.duties import Cell, Duties
from columns.enums import Duty
from columns.operations import MOST_REASON


class DivisionForm(forms.Form):
    """信息维护分工 as ticked: `shown` is the signed table the person saw, every tick one duty of one cell."""

    MARK = re.compile(r"([0-9]{1,9})-([0-9]{1,9})-([a-z]{5,9})")

    reason = forms.CharField(
        label="依据或事由",
        max_length=MOST_REASON,
        error_messages={
            "required": "请写明调整的依据或事由",
            "max_length": f"依据或事由最多 {MOST_REASON} 个字",
        },
    )
    shown = forms.CharField(widget=forms.HiddenInput(), required=False)

    def ticked(self) -> dict[Cell, Duties]:
        """The cells with anything ticked; what no cell of ours would send is passed over."""
        found: dict[Cell, set[Duty]] = {}
        for value in self.data.getlist("on") if self.is_bound else []:
            if (mark := self.MARK.fullmatch(value)) and mark[3] in Duty.values:
                found.setdefault((int(mark[1]), int(mark[2])), set()).add(Duty(mark[3]))
        return {cell: frozenset(duties) for cell, duties in found.items()}


class WorkbookForm(forms.Form):
    """分工表 from Excel, on its way to the preview."""

    file = forms.FileField(
        label="分工表（.xlsx）",
        help_text="先在分工表页面导出，在 Excel 里改好后再传上来；先看改动，确认后才导入。",
        error_messages={
            "required": "请选择要导入的 .xlsx 文件",
            "empty": "这是空文件：请选择从本页导出的分工表",
        },
    )


class PlanForm(forms.Form):
    """What the preview showed, signed, with the reason."""

    plan = forms.CharField(widget=forms.HiddenInput())
    reason = DivisionForm.base_fields["reason"]
