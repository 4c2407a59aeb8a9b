"""A sheet as it is filled in: one field a question, checked as it is asked. Nothing here saves."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, MinLengthValidator

from interaction.enums.surveys import QuestionKind
from interaction.forms.surveys import DIGITS, LONGEST_LONG, LONGEST_SHORT
from interaction.models import SurveyOption, SurveyQuestion
from interaction.rules.surveys import asked_of
from portal.forms.visitors import VisitorForm

WRONG_CHOICE = "选项有误，请重新选择"


class SheetForm(VisitorForm):
    """`answers` after `is_valid()`: by question what was answered, in order; what is not asked is left out.

    A question that is hidden by what was chosen before is neither required nor checked.
    """

    def __init__(self, *args, questions: Sequence[SurveyQuestion], **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[question.field] = field_of(question)

    def clean(self) -> dict[str, Any]:
        chosen = {
            one.pk: self.cleaned_data.get(one.field) or () for one in self.questions if one.type.has_options
        }
        asked = asked_of(self.questions, chosen)
        for question in self.questions:
            if question.pk not in asked:
                self.errors.pop(question.field, None)
                self.cleaned_data.pop(question.field, None)
            elif question.field not in self.errors:
                self._check(question)
        return super().clean()

    @property
    def answers(self) -> dict[SurveyQuestion, Any]:
        return {one: self.cleaned_data.get(one.field) for one in self.questions}

    @property
    def sections(self) -> list[tuple[Any, list[tuple[SurveyQuestion, forms.BoundField]]]]:
        """The sections with their questions and fields."""
        return [
            (section, [(one, self[one.field]) for one in questions])
            for section, questions in groupby(self.questions, key=lambda one: one.section)
        ]

    def _check(self, question: SurveyQuestion) -> None:
        value = self.cleaned_data.get(question.field)
        if value in (None, "", []):
            if question.is_required:
                self.add_error(question.field, "这道题需要回答")
        elif question.type == QuestionKind.MULTIPLE and (issue := _number_issue(question, len(value))):
            self.add_error(question.field, issue)


class OptionsField(forms.MultipleChoiceField):
    """One or several options; cleaned into them."""

    def __init__(self, question: SurveyQuestion, widget: type[forms.Widget]):
        self.known = {str(option.pk): option for option in question.options.all()}
        super().__init__(
            required=False, widget=widget, choices=[(key, option.text) for key, option in self.known.items()],
            error_messages={"invalid_choice": WRONG_CHOICE, "invalid_list": WRONG_CHOICE},
        )  # fmt: skip

    def to_python(self, value: Any) -> list[str]:
        return super().to_python([value] if isinstance(value, str) and value else value)

    def clean(self, value: Any) -> list[SurveyOption]:
        return [self.known[key] for key in dict.fromkeys(super().clean(value))]


class OneOptionField(OptionsField):
    def clean(self, value: Any) -> list[SurveyOption]:
        chosen = super().clean(value)
        if len(chosen) > 1:
            raise forms.ValidationError("只能选一项")
        return chosen


def field_of(question: SurveyQuestion) -> forms.Field:
    """The field that asks this question; whether it must be answered is for the form to say."""
    field = _FIELDS[question.type](question)
    field.label = question.text
    return field


def _text(question: SurveyQuestion, longest: int, widget: forms.Widget) -> forms.Field:
    field = forms.CharField(required=False, widget=widget)
    least, most = int(question.least or 0), min(int(question.most or longest), longest)
    field.validators.append(MaxLengthValidator(most, f"最多 {most} 字，请精简"))
    if least > 1:
        field.validators.append(MinLengthValidator(least, f"至少 {least} 字，请再补充"))
    widget.attrs["maxlength"] = most
    return field


def _short(question: SurveyQuestion) -> forms.Field:
    return _text(question, LONGEST_SHORT, forms.TextInput())


def _long(question: SurveyQuestion) -> forms.Field:
    return _text(question, LONGEST_LONG, forms.Textarea({"rows": 4}))


def _number(question: SurveyQuestion) -> forms.Field:
    words = _range(question)
    return forms.DecimalField(
        required=False, min_value=question.least, max_value=question.most, **DIGITS,
        error_messages={
            "invalid": "请填数字", "min_value": words, "max_value": words, "max_digits": "数字太长",
            "max_whole_digits": "数字太长", "max_decimal_places": "最多 4 位小数",
        },
    )  # fmt: skip


def _range(question: SurveyQuestion) -> str:
    least, most = (
        f"{one.normalize():f}" if one is not None else "" for one in (question.least, question.most)
    )
    if least and most:
        return f"请填 {least} 至 {most} 之间的数"
    return f"不能小于 {least}" if least else f"不能大于 {most}"


def _date(question: SurveyQuestion) -> forms.Field:
    return forms.DateField(
        required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "请写成 2026-09-30 的样子"},
    )  # fmt: skip


def _scale(question: SurveyQuestion) -> forms.Field:
    marks = range(1, question.type.top + 1)
    return forms.TypedChoiceField(
        required=False, widget=forms.RadioSelect, coerce=int, empty_value=None,
        choices=[(mark, str(mark)) for mark in marks], error_messages={"invalid_choice": WRONG_CHOICE},
    )  # fmt: skip


def _number_issue(question: SurveyQuestion, number: int) -> str:
    least, most = int(question.least or 0), int(question.most or 0)
    if least and most and not least <= number <= most:
        return f"请选择 {least} 项" if least == most else f"请选择 {least} 至 {most} 项，现在选了 {number} 项"
    if least and number < least:
        return f"请至少选择 {least} 项"
    return f"最多选择 {most} 项，现在选了 {number} 项" if most and number > most else ""


_FIELDS = {
    QuestionKind.SINGLE: lambda question: OneOptionField(question, forms.RadioSelect),
    QuestionKind.MULTIPLE: lambda question: OptionsField(question, forms.CheckboxSelectMultiple),
    QuestionKind.SHORT: _short,
    QuestionKind.LONG: _long,
    QuestionKind.NUMBER: _number,
    QuestionKind.DATE: _date,
    QuestionKind.SCALE_5: _scale,
    QuestionKind.SCALE_10: _scale,
}
