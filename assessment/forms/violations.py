"""What is typed about a violation. Nothing here saves."""

from typing import Any

from django import forms

from assessment.forms.inspections import days_field
from assessment.forms.rectifications import units
from assessment.operations.violations import Record
from assessment.queries import catalogues
from interaction.forms.letters import FilesField, ManyFiles
from interaction.forms.texts import LongText
from portal import clock
from portal.models import Department

FACTS, NOTE = 2_000, 200


class RecordForm(forms.Form):
    """Cleaned into a `Record`."""

    unit = forms.ModelChoiceField(
        Department.objects.none(), label="单位", empty_label="请选择",
        error_messages={"required": "请选择单位", "invalid_choice": "请选择单位"},
    )  # fmt: skip
    item = forms.ChoiceField(
        label="属于哪一种情形", widget=forms.RadioSelect,
        error_messages={"required": "请选择情形", "invalid_choice": "请选择情形"},
    )  # fmt: skip
    on = forms.DateField(
        label="发生日期", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写发生日期", "invalid": "应为日期"},
    )  # fmt: skip
    facts = LongText(
        most=FACTS,
        rows=5,
        label="事实",
        missing="请写明事实",
        help_text="时间、地点、什么人、什么事、有什么依据",
    )
    files = FilesField(
        label="佐证", required=False, widget=ManyFiles, help_text="截图、文件，可一次选几个",
        error_messages={"empty": "有一个文件是空的"},
    )  # fmt: skip
    rectify = forms.BooleanField(label="责令改正", required=False)
    rectify_days = days_field("限几个工作日", required=False, initial=5)
    criticises = forms.BooleanField(label="列入通报批评名单（待确认）", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units()
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in catalogues.situations().values():
            groups.setdefault(one.source, []).append((one.key, one.label))
        self.fields["item"].choices = list(groups.items())

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > clock.today():
            raise forms.ValidationError("发生日期不能在今天以后")
        return day

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("rectify") and "rectify_days" in typed and not typed["rectify_days"]:
            self.add_error("rectify_days", "请填写整改期限")
        return typed

    @property
    def record(self) -> Record:
        typed = self.cleaned_data
        return Record(
            unit=typed["unit"], situation=catalogues.situations()[typed["item"]], facts=typed["facts"],
            on=typed["on"], files=typed["files"], criticises=typed["criticises"],
            rectify_days=typed["rectify_days"] if typed["rectify"] else None,
        )  # fmt: skip


class YearForm(forms.Form):
    """Which year, which unit; what is not there is not asked for."""

    year = forms.IntegerField(min_value=2000, max_value=2200, required=False)
    unit = forms.ModelChoiceField(Department.objects.all(), required=False)

    @property
    def asked(self) -> tuple[int, int | None]:
        self.is_valid()
        unit = self.cleaned_data.get("unit")
        return self.cleaned_data.get("year") or clock.today().year, unit.pk if unit else None


class StrikeForm(forms.Form):
    note = LongText(most=NOTE, rows=3, label="撤销理由", missing="请写明撤销的理由")
