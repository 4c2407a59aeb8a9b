"""What those who handle a letter type, one form a button. The words survive a refusal; nothing here saves."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from interaction.enums.letters import ANSWERS_WITH
from interaction.forms.letters import NOTE, words
from interaction.models import Letter
from interaction.queries.handlers import answering_departments, leaders
from portal.models import User

ANSWER_LENGTH = 5000
MOST_DAYS = 60


class LetterForm(forms.Form):
    """Knows the letter it is about."""

    def __init__(self, *args: Any, letter: Letter, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.letter = letter


class NoteForm(LetterForm):
    note = words("理由", NOTE, rows=2)


class FreeNoteForm(LetterForm):
    note = words("说明", NOTE, rows=2, required=False)


class EmptyForm(LetterForm):
    """A button without anything to say."""


class _ToDepartment(LetterForm):
    department = forms.ModelChoiceField(
        None, label="承办部门", empty_label="请选择部门",
        error_messages={"required": "请选择部门", "invalid_choice": "请选择部门"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = answering_departments(self.letter.site)


class ReceiveForm(_ToDepartment):
    note = words("说明", NOTE, rows=2, required=False)


class ReferForm(_ToDepartment):
    note = words("转办理由", NOTE, rows=2)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["department"].label = "转给"
        others = answering_departments(self.letter.site).exclude(pk=self.letter.department_id)
        self.fields["department"].queryset = others


class AdjudicateForm(_ToDepartment):
    helpers = forms.ModelMultipleChoiceField(
        None, label="协办部门", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "请重新选择协办部门", "invalid_list": "请重新选择协办部门"},
    )  # fmt: skip
    note = words("协调意见", NOTE, rows=2)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["helpers"].queryset = answering_departments(self.letter.site)


class _ToLetter(LetterForm):
    """Another letter, by its query code."""

    into = forms.CharField(
        label="另一封来信的查询码", max_length=20, error_messages={"required": "请填写查询码"}
    )

    def clean_into(self) -> Letter:
        code = "".join(self.cleaned_data["into"].upper().split())
        found = Letter.objects.filter(code=code, site=self.letter.site_id).select_related("letterbox").first()
        if found is None or found.pk == self.letter.pk:
            raise ValidationError("没有这个查询码的另一封来信")
        return found


class RelateForm(_ToLetter):
    """关联."""


class MergeForm(_ToLetter):
    note = words("说明", NOTE, rows=2)


class ReclassifyForm(LetterForm):
    matter = forms.ModelChoiceField(
        None, label="改为", empty_label="请选择类别",
        error_messages={"required": "请选择类别", "invalid_choice": "请选择类别"},
    )  # fmt: skip
    note = words("理由", NOTE, rows=2)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        matters = self.letter.letterbox.matters.filter(is_active=True)
        self.fields["matter"].queryset = matters.exclude(pk=self.letter.matter_id)


class PauseForm(LetterForm):
    """On what ground, why, and by which paper."""

    clause = words("依据条款", 120)
    reason = words("理由", 200, rows=2)
    document = words("批准文件", 120, required=False)


class ExtendForm(PauseForm):
    days = forms.IntegerField(
        label="延长工作日", min_value=1, max_value=MOST_DAYS,
        error_messages={
            "required": "请填写延长几个工作日", "invalid": "请填写整数",
            "min_value": "至少 1 个工作日", "max_value": f"至多 {MOST_DAYS} 个工作日",
        },
    )  # fmt: skip
    field_order = ("days", "clause", "reason", "document")


class InstructForm(LetterForm):
    leader = forms.ModelChoiceField(
        User.objects.none(), label="请示领导", empty_label="请选择",
        error_messages={"required": "请选择领导", "invalid_choice": "请选择领导"},
    )  # fmt: skip
    question = words("请示事项", NOTE, rows=3)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = leaders(self.letter.site)
        self.fields["leader"].label_from_instance = lambda one: f"{one.name}（{one.title or one.department}）"


class EscalateForm(LetterForm):
    reason = words("重大之处", NOTE, rows=3)


class AnswerForm(LetterForm):
    """The draft and the version it starts from; 提交 checks that both are there, 保存 keeps whatever there is."""

    text = words("答复内容", ANSWER_LENGTH, rows=10, required=False)
    outcome = forms.ChoiceField(
        label="办理结果", required=False, widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in ANSWERS_WITH],
        error_messages={"invalid_choice": "请选择办理结果"},
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0


class PublicForm(forms.Form):
    """The public copy as somebody looked it over."""

    title = words("标题", 60)
    body = words("来信", ANSWER_LENGTH, rows=8)
    answer = words("答复", ANSWER_LENGTH, rows=8)


FORMS: dict[str, type[LetterForm]] = {
    "receive": ReceiveForm, "refer": ReferForm, "dispute": NoteForm, "adjudicate": AdjudicateForm,
    "take_back": EmptyForm, "close": FreeNoteForm, "reclassify": ReclassifyForm, "instruct": InstructForm,
    "escalate": EscalateForm, "relate": RelateForm, "merge": MergeForm, "extend": ExtendForm,
    "pause": PauseForm, "resume": EmptyForm, "decline": NoteForm, "save": AnswerForm, "finish": AnswerForm,
}  # fmt: skip
"""By the verb of the button (interaction.acts.letters)."""
