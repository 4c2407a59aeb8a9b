"""What is typed about a result. Nothing here saves."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from disclosure.enums.prereviews import ApplicantType
from disclosure.enums.result_notices import Handled
from disclosure.models import ServiceItem
from disclosure.operations.result_notices import Entry
from portal import clock
from portal.forms.fields import words

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ResultForm(forms.Form):
    """What is said of every result."""

    number = words("办件编号", 40)
    result = forms.ChoiceField(label="办理结果", choices=Handled.choices)
    decided_on = forms.DateField(
        label="办结日期", widget=DAY,
        error_messages={"required": "请填写办结日期", "invalid": "请写成 2026-10-12 的样子"},
    )  # fmt: skip
    remark = words("说明", 200, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = self.fields["decided_on"].initial or clock.today()


class EntryForm(ResultForm):
    """A result entered by hand; `is_new` False: the masked name stays unless another one is typed."""

    item = forms.ModelChoiceField(
        ServiceItem.objects.none(), label="事项", empty_label="请选择",
        error_messages={"required": "请选择事项", "invalid_choice": "请选择事项"},
    )  # fmt: skip
    name = words("申请人", 80)
    kind = forms.ChoiceField(label="申请人类型", choices=ApplicantType.choices)
    field_order = ("item", "number", "name", "kind", "result", "decided_on", "remark")

    def __init__(self, *args: Any, items: QuerySet[ServiceItem], is_new: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = items
        self.fields["name"].required = is_new

    @property
    def entry(self) -> Entry:
        said = dict(self.cleaned_data)
        return Entry(is_person=said.pop("kind") == ApplicantType.PERSON, **said)
