"""What is typed about opinions: by whoever has one, by whoever looks it over, by whoever decides. Nothing here saves."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from columns.rules import Visitor
from interaction.enums.consultations import OpinionState, Outcome
from interaction.forms.texts import Line, LongText
from interaction.models import Consultation, ConsultationClause, Opinion
from interaction.operations.opinions import Draft
from portal.forms.visitors import VisitorForm

TEXT_LENGTH, NOTE_LENGTH, REASON_LENGTH = 2_000, 500, 1_000
CONTACT = ("writer_name", "phone", "email")
WHOLE = "whole"


class OpinionForm(VisitorForm):
    """Cleaned into a `Draft`; whoever is signed in writes under their 工号 and leaves no contact."""

    clause = forms.ModelChoiceField(
        ConsultationClause.objects.none(), required=False, widget=forms.HiddenInput,
        error_messages={"invalid_choice": "请选择要提意见的条款"},
    )  # fmt: skip
    text = LongText(most=TEXT_LENGTH, rows=4, label="意见", missing="请填写意见")
    writer_name = Line(most=30, label="姓名", required=False)
    phone = Line(most=30, label="电话", required=False)
    email = forms.EmailField(
        max_length=100, label="电子邮箱", required=False, widget=forms.TextInput({"inputmode": "email"}),
        error_messages={"invalid": "请填写完整的电子邮箱地址", "max_length": "最多 100 字"},
    )  # fmt: skip

    def __init__(self, *args: Any, consultation: Consultation, user: Visitor, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["clause"].queryset = consultation.clauses.exclude(text="")
        if user.is_authenticated:
            for name in CONTACT:
                del self.fields[name]

    @property
    def draft(self) -> Draft:
        typed = self.cleaned_data
        contact = {name: typed.get(name, "") for name in CONTACT}
        return Draft(clause=typed["clause"], text=typed["text"], **contact)


class TrackForm(forms.Form):
    """The code of a receipt."""

    code = Line(
        most=40, label="查询码", missing="请填写查询码",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip


class LookOverForm(forms.Form):
    """The copy to be shown, or why it is not; `version` is what was looked at."""

    public_text = LongText(most=TEXT_LENGTH + 500, rows=6, label="公开文本", required=False)
    note = LongText(most=NOTE_LENGTH, rows=2, label="不公开的理由", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class DecideForm(forms.Form):
    """采纳、部分采纳、未采纳, and why."""

    outcome = forms.ChoiceField(
        label="决定", choices=Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择处理决定", "invalid_choice": "请选择处理决定"},
    )  # fmt: skip
    reason = LongText(
        most=REASON_LENGTH, rows=4, label="理由", missing="请写明理由，反馈时一并公布",
        help_text="公布反馈时读者看得到，请不要写个人信息",
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class MergeForm(forms.Form):
    """Which like opinions are merged into this one: those that were proposed, and others by their numbers."""

    others = forms.ModelMultipleChoiceField(
        Opinion.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    numbers = Line(most=200, label="其他编号", required=False, help_text="用空格或顿号隔开，如 12、15")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, opinion: Opinion, **kwargs: Any):
        super().__init__(*args, **kwargs)
        rows = Opinion.objects.filter(consultation=opinion.consultation_id).exclude(pk=opinion.pk)
        self.rows = self.fields["others"].queryset = rows

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = list(cleaned.get("others") or [])
        words = "".join(sign if sign.isdigit() else " " for sign in cleaned.get("numbers", "")).split()
        named = {int(word) for word in words if word.isdecimal() and len(word) < 7}
        found = {one.number: one for one in self.rows.filter(number__in=named)}
        if missing := sorted(named - set(found)):
            self.add_error("numbers", f"没有第 {'、'.join(map(str, missing))} 号意见")
        cleaned["others"] = list({one.pk: one for one in [*chosen, *found.values()]}.values())
        return cleaned


class OpinionFilter(forms.Form):
    """What the desk's list is narrowed down by; anything odd narrows nothing."""

    q = forms.CharField(label="意见", required=False, max_length=40)
    clause = forms.ChoiceField(label="条款", required=False)
    state = forms.ChoiceField(label="公开情况", required=False, choices=[("", "全部"), *OpinionState.choices])
    made = forms.ChoiceField(
        label="处理决定", required=False, choices=[("", "全部"), ("NONE", "未处理"), *Outcome.choices]
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any):
        super().__init__(*args, **kwargs)
        clauses = [(one.pk, str(one)) for one in consultation.clauses.all() if not one.is_chapter]
        self.fields["clause"].choices = [("", "全部条款"), (WHOLE, "全文"), *clauses]

    def narrow(self, rows: QuerySet[Opinion]) -> QuerySet[Opinion]:
        self.is_valid()
        chosen = self.cleaned_data
        if words := chosen.get("q"):
            number = Q(number=int(words)) if words.isdecimal() and len(words) < 7 else Q()
            rows = (
                rows.filter(Q(text__icontains=words) | number)
                if number
                else rows.filter(text__icontains=words)
            )
        if clause := chosen.get("clause"):
            rows = rows.filter(clause=None if clause == WHOLE else clause)
        if state := chosen.get("state"):
            rows = rows.filter(state=state)
        if made := chosen.get("made"):
            rows = rows.filter(made="" if made == "NONE" else made)
        return rows
