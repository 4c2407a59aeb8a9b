"""What somebody types while deciding about a text. The words survive a refusal; nothing here saves."""

from django import forms

NOTE_LENGTH = 500


class DecisionForm(forms.Form):
    """The opinion, and what was looked at: the review step and the saved version that the page showed."""

    note = forms.CharField(
        label="意见",
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LENGTH}),
        error_messages={"max_length": f"意见最多 {NOTE_LENGTH} 字，请精简"},
    )
    step = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ScheduleForm(forms.Form):
    """When a cleared text goes out by itself, in Asia/Shanghai."""

    scheduled_at = forms.DateTimeField(
        label="发布时间",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": "请填写发布时间", "invalid": "请填写完整的日期和时间"},
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


def form_for(verb: str) -> type[forms.Form]:
    """The form that a button of the desk sends."""
    return ScheduleForm if verb == "schedule" else DecisionForm
