"""What is typed about an item: the guide, its rows, reasons, a table. Nothing here saves."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet

from disclosure.enums.services import ServedKind, ServiceKind
from disclosure.forms.guide_rows import NUMBER, ROWS
from disclosure.models import Guide, GuideMaterial
from disclosure.models.services import HEAD, PARTS
from disclosure.operations.service_texts import FILES, SAID, Text
from portal.forms.fields import words
from portal.models import Department

LONG, MOST_ROWS, EMPTY_ROWS = 5000, 40, 2


def days(label: str, least: int = 0) -> forms.IntegerField:
    widget = forms.NumberInput({"inputmode": "numeric", "min": least})
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=9999, error_messages=NUMBER, widget=widget
    )


class GuideForm(forms.Form):
    """Everything of a guide but its rows. A draft may leave out all but name and department."""

    name = words("事项名称", 80)
    kind = forms.ChoiceField(label="事项类型", choices=ServiceKind.choices)
    audience = forms.ChoiceField(label="服务对象", choices=ServedKind.choices, initial=ServedKind.BOTH)
    department = forms.ModelChoiceField(
        Department.objects.none(), label="责任部门", empty_label="请选择",
        error_messages={"required": "请选择责任部门", "invalid_choice": "请选择责任部门"},
    )  # fmt: skip
    theme = words("主题", 20, required=False)
    code = words("事项编码", 40, required=False)
    organ = words("受理机构", 80, required=False)
    basis = words("设定依据", LONG, rows=4, required=False)
    conditions = words("受理条件", LONG, rows=4, required=False)
    legal_days = days("法定时限（工作日）")
    promised_days = days("承诺时限（工作日）")
    limit_note = words("时限说明", 200, required=False)
    is_free = forms.BooleanField(label="不收费", required=False)
    result = words("办理结果", 120, required=False)
    delivery = words("结果送达", 120, required=False)
    consult = words("咨询方式", 120, required=False)
    supervision = words("监督投诉方式", 120, required=False)
    online_url = forms.URLField(
        label="网上办理地址", required=False, max_length=200, assume_scheme="https",
        error_messages={"invalid": "请填写 http 或 https 开头的网址", "max_length": "网址最多 200 字"},
    )  # fmt: skip
    takes_pre_review = forms.BooleanField(label="开通网上预审", required=False)
    pre_review_days = days("预审承诺（工作日）", 1)
    remarks = words("注意事项", LONG, rows=3, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Department.objects.filter(is_active=True)

    def clean_online_url(self) -> str:
        url = self.cleaned_data["online_url"]
        if url and not url.startswith(("http://", "https://")):
            raise forms.ValidationError("请填写 http 或 https 开头的网址")
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("takes_pre_review") and not cleaned.get("pre_review_days") and not self.errors:
            self.add_error("pre_review_days", "开通网上预审，须写明几个工作日内预审")
        return cleaned


class GuideEditor:
    """The form of a guide with the tables of its rows, as one: `is_valid()`, then `text` and `version`."""

    def __init__(self, guide: Guide | None, data: Any = None, files: Any = None):
        self.form = GuideForm(data, initial=_initial(guide))
        known = {one.pk: one for one in guide.materials.all()} if guide else {}
        self.tables = {part: _table(part, guide, data, files, known) for part in PARTS}

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(table.is_valid() for table in self.tables.values())])

    @property
    def has_files(self) -> bool:
        return any(row.cleaned_data.get(name) for row in self.tables["materials"] for name in FILES)

    @property
    def version(self) -> int:
        return self.form.cleaned_data["version"] or 0

    @property
    def text(self) -> Text:
        said = {name: self.form.cleaned_data[name] for name in (*HEAD, *SAID)}
        rows = {part: [row for one in table if (row := one.row)] for part, table in self.tables.items()}
        return Text(said=said, parts=rows)


class NoteForm(forms.Form):
    """A reason, or none."""

    note = words("理由", 300, rows=3)


class EmptyForm(forms.Form):
    """A button alone."""


class TableForm(forms.Form):
    """An .xlsx or .csv on its way in."""

    file = forms.FileField(
        label="填好的表格（.xlsx 或 .csv）",
        error_messages={"required": "请选择要导入的表格", "empty": "这是空文件，请选择填好的表格"},
    )


def _table(
    part: str, guide: Guide | None, data: Any, files: Any, known: Mapping[int, GuideMaterial]
) -> BaseFormSet:
    kind = forms.formset_factory(ROWS[part], extra=EMPTY_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)
    rows = [_row_initial(part, one) for one in getattr(guide, part).all()] if guide else []
    more = {"form_kwargs": {"known": known}} if part == "materials" else {}
    return kind(data, files, prefix=part, initial=rows, **more)


def _row_initial(part: str, one: Any) -> dict[str, Any]:
    fields = [name for name in ROWS[part].base_fields if hasattr(one, name) and name not in FILES]
    return {name: getattr(one, name) for name in fields} | {"row_id": one.pk}


def _initial(guide: Guide | None) -> dict[str, Any]:
    if guide is None:
        return {}
    return {name: getattr(guide, name) for name in (*HEAD, *SAID, "version")}
