"""What those who answer, approve and deliver type; a form never saves."""

from typing import Any

from django import forms

from disclosure.enums.decisions import Outcome
from disclosure.enums.requests import Delivery
from disclosure.models import DisclosureRequest
from disclosure.operations.decisions import Draft
from disclosure.operations.deliveries import Proof
from disclosure.queries.decisions import answered_before
from portal.forms.fields import FilesField, ManyFiles, words

GROUND, TEXT, PLACE, NOTE = 2000, 5000, 200, 500


class Earlier(forms.ModelChoiceField):
    def label_from_instance(self, one: DisclosureRequest) -> str:
        return f"{one.answered_on:%Y-%m-%d} {one.title}（{one.code}，{one.get_outcome_display()}）"


class DraftForm(forms.Form):
    """拟写答复. What an outcome needs is checked when it is submitted: a draft may be unfinished."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="答复结论",
        choices=Outcome.choices,
        required=False,
        error_messages={"invalid_choice": "请选择答复结论"},
    )
    text = words("答复内容", TEXT, rows=5, required=False)
    ground = words("理由和依据", GROUND, rows=4, required=False)
    place = words("获取途径", PLACE, rows=2, required=False)
    repeats = Earlier(
        None, label="重复的申请", required=False, empty_label="不是重复申请",
        error_messages={"invalid_choice": "请选择同一申请人已答复的申请"},
    )  # fmt: skip

    def __init__(self, *args: Any, request: DisclosureRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["repeats"].queryset = answered_before(request)

    @property
    def draft(self) -> Draft:
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "files")}
        return Draft(**typed)


class AttachForm(DraftForm):
    """附上文件 to the draft, whose words are kept along with them."""

    files = FilesField(label="附件", required=False, widget=ManyFiles)


class EmptyForm(forms.Form):
    """A button without anything to say."""


class VerdictForm(forms.Form):
    """同意 or 退回 at the step that was looked at."""

    note = forms.CharField(
        label="意见",
        required=False,
        max_length=NOTE,
        error_messages={"max_length": f"意见最多 {NOTE} 字，请精简"},
    )
    step = forms.IntegerField(required=False, widget=forms.HiddenInput)


class DeliveryForm(forms.Form):
    delivery = forms.ChoiceField(
        label="送达方式", choices=Delivery.choices, error_messages={"required": "请选择送达方式"}
    )
    delivered_on = forms.DateField(
        label="送达日期", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写送达日期", "invalid": "请填写日期，如 2026-10-09"},
    )  # fmt: skip
    proof = words("送达凭证", 120)
    scan = forms.FileField(label="凭证扫描件", required=False)

    @property
    def given(self) -> Proof:
        return Proof(**self.cleaned_data)
