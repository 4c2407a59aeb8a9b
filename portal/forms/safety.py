"""What is typed into the safety registers. Nothing here saves."""

from typing import Any

from django import forms

from portal import clock
from portal.enums import SafetyKind
from portal.forms.fields import FilesField, ManyFiles, words
from portal.safety.records import Entry, Period

TITLE, TEXT, NOTE = 80, 4_000, 1_000
MOST_HOURS, MOST_MINUTES = 24 * 31, 24 * 60


def _day(label: str, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": f"请填写{label}", "invalid": "应为日期"}, **kwargs,
    )  # fmt: skip


def _number(label: str, most: int, least: int = 1) -> forms.IntegerField:
    wrong = f"应为 {least} 至 {most} 的整数"
    return forms.IntegerField(
        label=label, min_value=least, max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )  # fmt: skip


class RecordForm(forms.Form):
    """Cleaned into an `Entry`."""

    kind = forms.ChoiceField(
        label="类别", choices=SafetyKind.choices, error_messages={"required": "请选择类别"}
    )
    on = _day("日期")
    title = words("名称", TITLE)
    text = words("经过和结果", TEXT, rows=6)
    problems = words("发现的问题", NOTE, rows=3, required=False)
    rectify_by = _day("整改期限", required=False)
    files = FilesField(
        label="附件", required=False, widget=ManyFiles, help_text="记录、报告、照片，可一次选几个",
        error_messages={"empty": "有一个文件是空的"},
    )  # fmt: skip

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError("日期不能在今天以后")
        return day

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("problems") and "rectify_by" in typed and not typed["rectify_by"]:
            self.add_error("rectify_by", "有问题的，请填写整改期限")
        if typed.get("rectify_by") and not typed.get("problems") and "problems" in typed:
            self.add_error("problems", "有整改期限的，请写明要整改的问题")
        return typed

    @property
    def entry(self) -> Entry:
        return Entry(**{**self.cleaned_data, "kind": SafetyKind(self.cleaned_data["kind"])})


class RectifyForm(forms.Form):
    note = words("整改情况", NOTE, rows=3)
    files = FilesField(
        label="附件", required=False, widget=ManyFiles, error_messages={"empty": "有一个文件是空的"}
    )


class StrikeForm(forms.Form):
    note = words("作废理由", 200, rows=2)


class PeriodForm(forms.Form):
    """Cleaned into a `Period`."""

    title = words("名称", TITLE)
    starts_on = _day("自")
    ends_on = _day("至")
    patrol_hours = _number("人工巡查每几小时一次", MOST_HOURS)
    visit_minutes = _number("自动巡访每几分钟一次", MOST_MINUTES, 10)
    reason = words("缘由", 200, rows=2)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        starts, ends = typed.get("starts_on"), typed.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", "不能早于开始的日期")
        elif ends and ends < clock.today():
            self.add_error("ends_on", "这段时间已经过去")
        return typed

    @property
    def period(self) -> Period:
        return Period(**self.cleaned_data)
