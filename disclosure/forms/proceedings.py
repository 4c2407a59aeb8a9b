"""复议诉讼 as typed."""

from typing import Any

from django import forms

from disclosure.enums.decisions import ProceedingKind, ProceedingResult
from disclosure.rules.proceedings import Facts
from portal.forms.fields import words


def day(label: str, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": f"请填写{label}", "invalid": "请填写日期，如 2026-10-09"},
    )  # fmt: skip


class ProceedingForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label="类别", choices=ProceedingKind.choices, error_messages={"required": "请选择类别"}
    )
    organ = words("受理机关", 80)
    number = words("案号", 60, required=False)
    filed_on = day("受理日期")
    result = forms.ChoiceField(
        label="结果", choices=ProceedingResult.choices, initial=ProceedingResult.PENDING,
        error_messages={"required": "请选择结果"},
    )  # fmt: skip
    closed_on = day("审结日期", required=False)
    note = words("说明", 200, rows=2, required=False)
    file = forms.FileField(label="决定书或判决书", required=False)

    @property
    def facts(self) -> Facts:
        typed: dict[str, Any] = {
            name: value for name, value in self.cleaned_data.items() if name not in ("version", "file")
        }
        return Facts(**typed)


class RemoveForm(forms.Form):
    note = words("删除的理由", 200)
