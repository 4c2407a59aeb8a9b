"""What is typed about a rectification. Nothing here saves."""

from typing import Any
from uuid import uuid4

from django import forms

from assessment.enums.slips import RectificationState
from assessment.forms.inspections import days_field
from assessment.queries.rectifications import LATE
from interaction.forms.letters import FilesField, ManyFiles
from interaction.forms.texts import Line, LongText
from portal.models import Department

DEMAND, REPORT = 1_000, 2_000
STATES = [*RectificationState.choices, (LATE, "已逾期")]


def units() -> Any:
    return Department.objects.filter(is_active=True).order_by("position", "pk")


class OrderForm(forms.Form):
    """责令整改 by hand; `key` is of the form, so that it is sent once."""

    unit = forms.ModelChoiceField(
        Department.objects.none(), label="责任单位", empty_label="请选择",
        error_messages={"required": "请选择责任单位", "invalid_choice": "请选择责任单位"},
    )  # fmt: skip
    subject = Line(most=120, label="整改事项", missing="请填写整改事项")
    demand = LongText(most=DEMAND, rows=5, label="整改要求", missing="请填写整改要求")
    clause = Line(most=120, label="依据", missing="请填写依据", help_text="如：办法第二十二条")
    working_days = days_field("限几个工作日", initial=5)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units()
        self.fields["key"].initial = uuid4


class ReportForm(forms.Form):
    """报告整改."""

    note = LongText(
        most=REPORT, rows=5, label="整改情况", missing="请写明整改情况",
        help_text="问题怎么产生的，做了什么，现在怎样",
    )  # fmt: skip
    files = FilesField(
        label="附件", required=False, widget=ManyFiles, help_text="整改前后的截图、文件，可一次选几个",
        error_messages={"empty": "有一个文件是空的"},
    )  # fmt: skip


class ExtendForm(forms.Form):
    """延期."""

    working_days = days_field("延长几个工作日")
    clause = Line(most=120, label="依据", missing="请填写依据")
    reason = LongText(most=500, rows=3, label="理由", missing="请写明延期的理由")
    document = Line(most=120, label="批准文件", required=False, help_text="可不填")


class NarrowForm(forms.Form):
    """Of the list; what is not there is not asked for."""

    state = forms.ChoiceField(choices=STATES, required=False)
    unit = forms.ModelChoiceField(Department.objects.all(), required=False)

    @property
    def asked(self) -> tuple[str, int | None]:
        self.is_valid()
        unit = self.cleaned_data.get("unit")
        return self.cleaned_data.get("state") or "", unit.pk if unit else None
