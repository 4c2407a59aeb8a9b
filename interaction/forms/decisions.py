"""What somebody types while deciding about what a user sent."""

from django import forms

NOTE_LENGTH = 500


class DecisionForm(forms.Form):
    """The reason; whether one is needed, the state table says."""

    note = forms.CharField(
        label="理由",
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LENGTH}),
        error_messages={"max_length": f"理由最多 {NOTE_LENGTH} 字，请精简"},
    )
