"""The rows of a guide as they are typed: materials with their files, steps, windows, charges. Nothing here saves."""

from collections.abc import Mapping
from typing import Any

from django import forms

from disclosure.enums.services import MaterialForm
from disclosure.models import GuideMaterial
from disclosure.operations.service_texts import FILES
from portal.forms.fields import words

NUMBER = {
    "invalid": "请填整数",
    "min_value": "不能小于 %(limit_value)s",
    "max_value": "不能大于 %(limit_value)s",
}


class RowForm(forms.Form):
    """One row; a row without a name is none. What stands in it without a name is asked about."""

    name: forms.CharField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("name") and any(cleaned.get(one) for one in self.tells) and not self.errors:
            self.add_error("name", f"请填写{self.fields['name'].label}")
        return cleaned

    tells: tuple[str, ...] = ()

    @property
    def row(self) -> dict[str, Any] | None:
        return dict(self.cleaned_data) if self.cleaned_data.get("name") else None


class MaterialRowForm(RowForm):
    """A material with its two files; a file that is there stays, unless it is replaced or ticked off."""

    name = words("材料名称", 80, required=False)
    form = forms.ChoiceField(label="形式", choices=MaterialForm.choices, initial=MaterialForm.COPY)
    copies = forms.IntegerField(
        label="份数", required=False, initial=1, min_value=1, max_value=99, error_messages=NUMBER
    )
    needed_when = words("何时需要", 80, required=False)
    note = words("要求", 200, required=False)
    blank_form = forms.FileField(label="空白表格", required=False)
    no_blank_form = forms.BooleanField(label="去掉空白表格", required=False)
    sample = forms.FileField(label="样表", required=False)
    no_sample = forms.BooleanField(label="去掉样表", required=False)
    row_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    tells = ("needed_when", "note", "blank_form", "sample")

    def __init__(self, *args: Any, known: Mapping[int, GuideMaterial], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.known = known

    @property
    def there(self) -> GuideMaterial | None:
        """The row as it was saved, for its files; what no page of this guide sent is nobody's."""
        value = self["row_id"].value()
        return self.known.get(int(value)) if str(value or "").isdigit() else None

    @property
    def row(self) -> dict[str, Any] | None:
        row = super().row
        if row is None:
            return None
        row["copies"] = row["copies"] or 1
        row.pop("row_id")
        for name in FILES:
            off, there = row.pop(f"no_{name}"), self.there
            row[name] = row[name] or (getattr(there, name) if there and not off else None)
        return row


class StepRowForm(RowForm):
    name = words("环节", 20, required=False)
    who = words("办理人", 40, required=False)
    days = words("时限", 20, required=False)
    note = words("审查内容或标准", 200, required=False)
    tells = ("who", "days", "note")


class WindowRowForm(RowForm):
    name = words("窗口", 40, required=False)
    address = words("地址", 120, required=False)
    hours = words("办理时间", 80, required=False)
    phone = words("联系电话", 40, required=False)
    tells = ("address", "hours", "phone")


class ChargeRowForm(RowForm):
    name = words("收费项目", 40, required=False)
    standard = words("收费标准", 80, required=False)
    basis = words("收费依据", 120, required=False)
    tells = ("standard", "basis")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("name") and not cleaned.get("standard") and not self.errors:
            self.add_error("standard", "请填写收费标准")
        return cleaned


ROWS = {
    "materials": MaterialRowForm,
    "steps": StepRowForm,
    "windows": WindowRowForm,
    "charges": ChargeRowForm,
}
