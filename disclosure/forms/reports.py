"""What is typed of an annual report: one part's text, figures that only the office knows, why it is issued."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from disclosure.models import AnnualReport
from disclosure.rules.annual_form import FIGURES, MOST_FIGURE, MOST_MONEY, Figure
from disclosure.rules.reports import figures_of
from portal.forms.fields import words

TEXT, REASON = 8_000, 500


def version_of(typed: str | None) -> int:
    """The version a button was pressed on; 0, which none has, for anything odd."""
    return int(typed) if typed and typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


class YearForm(forms.Form):
    site = forms.IntegerField(required=False)
    year = forms.IntegerField(
        label="年度", error_messages={"required": "请填写年度", "invalid": "年度是四位数字，如 2025"},
    )  # fmt: skip


class PartForm(forms.Form):
    text = words("内容", TEXT, rows=14, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class FiguresForm(forms.Form):
    """The figures of the second table. An empty field is 未填, which is not the same as 0."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for figure in FIGURES:
            self.fields[figure.key] = _field(figure)

    @classmethod
    def of(cls, report: AnnualReport) -> "FiguresForm":
        said = {
            key: f"{value:f}" if isinstance(value, Decimal) else value
            for key, value in _known(report).items()
        }
        return cls(initial={**said, "version": report.version})

    @property
    def figures(self) -> dict[str, Decimal | int | None]:
        return {figure.key: self.cleaned_data[figure.key] for figure in FIGURES}


def _known(report: AnnualReport) -> Mapping[str, int | Decimal]:
    return figures_of(report.entered)


def _field(figure: Figure) -> forms.Field:
    wrong = {"min_value": "不能小于零", "max_value": "数目太大，请核对"}
    if figure.is_money:
        return forms.DecimalField(
            label=figure.label, required=False, min_value=0, max_value=MOST_MONEY, decimal_places=4,
            widget=forms.TextInput({"inputmode": "decimal"}),
            error_messages=wrong | {
                "invalid": "请填数字，如 12.5", "max_decimal_places": "最多四位小数", "max_digits": "数目太大，请核对",
            },
        )  # fmt: skip
    return forms.IntegerField(
        label=figure.label, required=False, min_value=0, max_value=MOST_FIGURE,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages=wrong | {"invalid": "请填整数，没有的填 0"},
    )  # fmt: skip


class IssueForm(forms.Form):
    reason = words("勾稽不符仍然签发的理由", REASON, rows=3, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ReturnForm(forms.Form):
    note = words("退回的理由", REASON, rows=2)
