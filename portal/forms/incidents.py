"""What is typed about a 安全事件 and about its handling. Nothing here saves."""

from datetime import timedelta
from typing import Any

from django import forms

from portal import clock
from portal.enums import IncidentKind, Severity
from portal.forms.fields import FilesField, ManyFiles, words
from portal.models import Site

WHAT, TEXT, REASON = 2_000, 1_000, 200
MOMENT = "%Y-%m-%dT%H:%M"
EARLY = timedelta(minutes=5)
NO_PERSONS = "不要写当事人的个人信息"


class ReportForm(forms.Form):
    """Cleaned into what `incidents.report` takes."""

    kind = forms.ChoiceField(
        label="类别",
        choices=[("", "请选择"), *IncidentKind.choices],
        error_messages={"required": "请选择类别"},
    )
    severity = forms.ChoiceField(label="等级", choices=Severity.choices, initial=Severity.SERIOUS)
    what = words("情况", WHAT, rows=6)
    page = forms.CharField(
        label="涉及页面", required=False, max_length=200,
        help_text="粘贴页面的地址，就能在事件里一键撤下", error_messages={"max_length": "地址太长，请粘贴页面本身的地址"},
    )  # fmt: skip
    site = forms.ModelChoiceField(
        Site.objects.all(), label="站点", required=False, empty_label="全部或说不清",
        error_messages={"invalid_choice": "请选择站点"},
    )  # fmt: skip
    found_at = forms.DateTimeField(
        label="发现时间", widget=forms.DateTimeInput({"type": "datetime-local"}, format=MOMENT), input_formats=[MOMENT],
        error_messages={"required": "请填写发现时间", "invalid": "应为日期和时间"},
    )  # fmt: skip
    files = FilesField(
        label="佐证", required=False, widget=ManyFiles, help_text="截图、文件，可一次选几个",
        error_messages={"empty": "有一个文件是空的"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["what"].help_text = f"什么时候、在哪里、发现什么、已经做了什么；{NO_PERSONS}"

    def clean_found_at(self):
        moment = self.cleaned_data["found_at"]
        if moment > clock.now() + EARLY:
            raise forms.ValidationError("发现时间不能在现在以后")
        return moment


class NoteForm(forms.Form):
    """A reason or a result."""

    note = words("说明", TEXT, rows=3)


class OptionalForm(forms.Form):
    """A button that asks for nothing."""


class LineForm(forms.Form):
    """One line of the handling record."""

    text = words("处置情况", TEXT, rows=3)
    files = FilesField(
        label="附件", required=False, widget=ManyFiles, error_messages={"empty": "有一个文件是空的"}
    )


class PoliceForm(forms.Form):
    text = words("报案情况", TEXT, rows=3)


class SwitchForm(forms.Form):
    """Why posting is closed or open again."""

    reason = words("理由", REASON, rows=2)


class SiteSwitchForm(SwitchForm):
    """The same from an incident: for which site."""

    site = forms.ModelChoiceField(
        Site.objects.all(), label="站点", empty_label=None,
        error_messages={"required": "请选择站点", "invalid_choice": "请选择站点"},
    )  # fmt: skip
    field_order = ("site", "reason")
