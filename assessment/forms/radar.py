"""What is typed about the radar and the reports: a stricter number, a span of days. Nothing here saves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from assessment.rules.dates import Quarter, months_after, why_not_span
from assessment.rules.standard import FIXED, numbers
from portal import clock
from portal.models import Site

DATE_WRONG = "请填写日期，如 2026-09-30"
REASON_LENGTH = 200
CLASSED = ("news_days", "notice_months")


class Day(forms.DateField):
    """A day as browsers send it, in this century."""

    def __init__(self, **kwargs: Any):
        super().__init__(
            input_formats=["%Y-%m-%d"], widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            error_messages={"required": DATE_WRONG, "invalid": DATE_WRONG}, **kwargs,
        )  # fmt: skip

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day is not None and not 2000 <= day.year <= 2099:
            raise ValidationError("年份应在 2000 至 2099 之间")
        return day


class TightenForm(forms.Form):
    key = forms.ChoiceField(
        label="指标", error_messages={"required": "请选择指标", "invalid_choice": "没有这项指标"}
    )
    value = forms.IntegerField(
        label="收紧为", min_value=1, max_value=10_000,
        error_messages={
            "required": "请填写数值", "invalid": "请填写整数", "min_value": "应为 1 以上的整数", "max_value": "数值太大",
        },
    )  # fmt: skip
    site = forms.ModelChoiceField(
        Site.objects.all(), label="站点", required=False, empty_label="全部站点", to_field_name="key",
        error_messages={"invalid_choice": "没有这个站点"},
    )  # fmt: skip
    column_class = forms.CharField(
        label="栏目类别", required=False, max_length=20,
        help_text="只用于两项“栏目几天（月）不更新”：填栏目类型或信息类别，如 工作动态；空：全部",
        error_messages={"max_length": "最多 20 字"},
    )  # fmt: skip
    since = Day(label="生效日期")
    reason = forms.CharField(
        label="依据或理由", max_length=REASON_LENGTH,
        error_messages={"required": "请写明收紧的依据或理由", "max_length": f"最多 {REASON_LENGTH} 字"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [
            (one.key, f"{one.item} {one.said}") for one in numbers().values() if one.tighter != FIXED
        ]
        self.fields["since"].initial = clock.today()

    def clean_since(self) -> date:
        """Never back in time: what was read then stays as it was."""
        since = self.cleaned_data["since"]
        if since < clock.today():
            raise ValidationError("生效日期不能早于今天")
        return since

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("column_class") and cleaned.get("key") not in CLASSED:
            self.add_error("column_class", "这项指标不分栏目类别，请留空")
        return cleaned


@dataclass(frozen=True)
class Preset:
    """A span offered by name."""

    label: str
    first: date
    last: date

    @property
    def query(self) -> str:
        return f"first={self.first}&last={self.last}"


class SpanForm(forms.Form):
    """自、至: both included. Without anything typed it is the current quarter."""

    first = Day(label="自")
    last = Day(label="至")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"first", "last"} <= cleaned.keys() and (
            reason := why_not_span(cleaned["first"], cleaned["last"])
        ):
            self.add_error("last", reason)
        return cleaned

    @property
    def span(self) -> tuple[date, date]:
        return self.cleaned_data["first"], self.cleaned_data["last"]


def read_span(typed: Mapping[str, str]) -> SpanForm:
    now = this_quarter()
    given = {"first": typed.get("first", ""), "last": typed.get("last", "")}
    return SpanForm(given if any(given.values()) else {"first": now.first, "last": now.last})


def presets() -> list[Preset]:
    """本月, 本季度, 上季度, 本年, 上年."""
    today, quarter = clock.today(), this_quarter()
    before = Quarter.of(quarter.first).back(1)
    month = today.replace(day=1)
    return [
        Preset("本月", month, months_after(month, 1) - _ONE_DAY),
        quarter,
        Preset("上季度", before.first, before.last),
        Preset("本年", date(today.year, 1, 1), date(today.year, 12, 31)),
        Preset("上年", date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)),
    ]


def this_quarter() -> Preset:
    quarter = Quarter.of(clock.today())
    return Preset("本季度", quarter.first, quarter.last)


_ONE_DAY = date.resolution
