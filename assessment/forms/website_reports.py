"""What is typed of 政府网站工作年度报表. An empty field is 未填, which is not the same as 0 or 否."""

from typing import Any

from django import forms

from assessment.rules.website_form import ENTERED, NUMBER_MOST, TEXT_MOST, Answer, Line
from disclosure.models import AnnualReport
from portal.forms.fields import words

YES_NO = (("", "未填"), ("是", "是"), ("否", "否"))


class SheetForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for line in ENTERED:
            self.fields[line.key] = _field(line)

    @classmethod
    def of(cls, report: AnnualReport) -> "SheetForm":
        said = {key: one["value"] for key, one in report.entered.items()}
        return cls(initial=said | {"version": report.version})

    @property
    def said(self) -> dict[str, Any]:
        return {line.key: self.cleaned_data[line.key] for line in ENTERED}


def _field(line: Line) -> forms.Field:
    if line.answer == Answer.TEXT:
        return words(line.label, TEXT_MOST, rows=3, required=False)
    if line.answer == Answer.YES_NO:
        return forms.ChoiceField(
            label=line.label, choices=YES_NO, required=False, error_messages={"invalid_choice": "请选是或否"}
        )
    return forms.IntegerField(
        label=f"{line.label}（{line.unit}）", required=False, min_value=0, max_value=NUMBER_MOST, help_text=line.note,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={
            "invalid": "请填整数，没有的填 0", "min_value": "不能小于零", "max_value": "数目太大，请核对",
        },
    )  # fmt: skip
