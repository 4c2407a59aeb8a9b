"""One step of a text on its way, as pressed on the editor's page: with a reason or a time where needed."""

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget

from portal.workflow import Transition


class MoveForm(forms.Form):
    """Carries which revision and which saved version the person looked at."""

    revision = forms.IntegerField(widget=forms.HiddenInput())
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args, move: Transition, **kwargs):
        super().__init__(*args, **kwargs)
        self.move = move
        if move.verb == "schedule":
            self.fields["scheduled_at"] = forms.DateTimeField(
                label="发布时间",
                error_messages={"required": "请填写发布时间", "invalid": "请填写完整的日期和时间"},
                widget=forms.DateTimeInput(
                    format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "input input-date"}
                ),
            )
        if move.needs_note:
            self.fields["note"] = forms.CharField(
                label=f"{move.label}的理由",
                error_messages={"required": f"请写明{move.label}的理由"},
                widget=UnfoldAdminTextareaWidget({"rows": 2}),
            )
        for name, field in self.fields.items():
            field.widget.attrs["id"] = f"{move.verb}-{name}"
