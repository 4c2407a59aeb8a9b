"""A ballot as it is filled in: one field a question. Nothing here saves, and whatever else is sent is not looked at."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError

from interaction.models import PollOption, PollQuestion
from interaction.rules.polls import choice_issue


class ChoiceOf(forms.MultipleChoiceField):
    """What is chosen of one question; cleaned into its options."""

    def __init__(self, question: PollQuestion):
        widget = forms.RadioSelect if question.most == 1 else forms.CheckboxSelectMultiple
        self.question = question
        self.known = {str(option.pk): option for option in question.choosable}
        super().__init__(
            label=question.text, required=False, widget=widget,
            choices=[(key, option.text) for key, option in self.known.items()],
            error_messages={"invalid_choice": "选项有误，请重新选择", "invalid_list": "选项有误，请重新选择"},
        )  # fmt: skip

    def to_python(self, value) -> list[str]:
        return super().to_python([value] if isinstance(value, str) else value)

    def clean(self, value) -> list[PollOption]:
        chosen = [self.known[key] for key in dict.fromkeys(super().clean(value))]
        if issue := choice_issue(self.question, chosen):
            raise ValidationError(issue)
        return chosen


class BallotForm(forms.Form):
    """`choices` after `is_valid()`: by question the options chosen."""

    def __init__(self, *args, questions: Sequence[PollQuestion], **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[f"q{question.pk}"] = ChoiceOf(question)

    @property
    def choices(self) -> dict[PollQuestion, list[PollOption]]:
        return {one: self.cleaned_data[f"q{one.pk}"] for one in self.questions}

    @property
    def asked(self) -> list[tuple[PollQuestion, forms.BoundField, list]]:
        """Every question with its field and its options, each with the button to choose it."""
        fields = [(one, self[f"q{one.pk}"]) for one in self.questions]
        return [(one, field, list(zip(one.choosable, field, strict=True))) for one, field in fields]
