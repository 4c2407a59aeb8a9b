"""What is said under an article or a question."""

import uuid

from django import forms

from interaction.forms.words import tidy

LENGTH = 1000


class CommentForm(forms.Form):
    """Plain words; `key` makes a double click harmless."""

    body = forms.CharField(
        label="评论",
        max_length=LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": LENGTH}),
        error_messages={"required": "请写下要说的话", "max_length": f"最多 {LENGTH} 字，请精简"},
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        return tidy(self.cleaned_data["body"])

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()


def blank() -> CommentForm:
    """A form with a key of its own."""
    return CommentForm(initial={"key": uuid.uuid4()})
