"""提问, 转办, 答复, 常见问题: what is typed about questions."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from interaction.forms.decisions import DecisionForm
from interaction.forms.words import tidy
from portal import richtext
from portal.models import Department

TITLE, BODY, ANSWER = 80, 3000, 10000


class DepartmentField(forms.TypedChoiceField):
    """One of `departments`, cleaned into it."""

    def __init__(self, **kwargs: Any):
        super().__init__(coerce=int, error_messages={"required": "请选择部门"}, **kwargs)
        self.departments: dict[int, Department] = {}

    def offer(self, departments: Iterable[Department]) -> None:
        self.departments = {one.pk: one for one in departments}
        rows = [(pk, one.name) for pk, one in self.departments.items()]
        self.choices = rows if len(rows) == 1 else [("", "请选择"), *rows]

    def clean(self, value: Any) -> Department:
        return self.departments[super().clean(value)]


class AskForm(forms.Form):
    """`key` makes a double click harmless. The only department there is, is chosen already."""

    title = forms.CharField(
        label="问题",
        max_length=TITLE,
        widget=forms.TextInput(attrs={"maxlength": TITLE, "autocomplete": "off"}),
        error_messages={"required": "请用一句话写出问题", "max_length": f"最多 {TITLE} 字，细节请写在说明里"},
    )
    body = forms.CharField(
        label="说明",
        required=False,
        max_length=BODY,
        widget=forms.Textarea(attrs={"rows": 7, "maxlength": BODY}),
        error_messages={"max_length": f"说明最多 {BODY} 字，请精简"},
    )
    department = DepartmentField(label="答复部门")
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, departments: Iterable[Department], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["department"].offer(departments)
        self.fields["key"].initial = uuid.uuid4()

    def clean_title(self) -> str:
        title = richtext.one_line(self.cleaned_data["title"])
        if not title:
            raise ValidationError("请用一句话写出问题")
        return title

    def clean_body(self) -> str:
        return tidy(self.cleaned_data["body"])

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()


class AnswerForm(forms.Form):
    """The words, and which saved draft they were written on (0: none yet)."""

    text = forms.CharField(
        label="答复内容",
        max_length=ANSWER,
        widget=forms.Textarea(attrs={"rows": 10, "maxlength": ANSWER}),
        error_messages={"required": "请写答复内容", "max_length": f"答复最多 {ANSWER} 字，请精简"},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**6)

    def clean_text(self) -> str:
        return tidy(self.cleaned_data["text"])


class ReferForm(DecisionForm):
    department = DepartmentField(label="转给部门")
    field_order = ("department", "note")

    def __init__(self, *args: Any, departments: Iterable[Department], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["department"].offer(departments)
        self.fields["note"].label = "转办理由"


class FaqForm(forms.Form):
    title = forms.CharField(
        label="问法",
        required=False,
        max_length=TITLE,
        widget=forms.TextInput(attrs={"maxlength": TITLE}),
        error_messages={"max_length": f"最多 {TITLE} 字"},
    )
