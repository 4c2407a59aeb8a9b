"""What is typed about reminder slips, cleaned. Nothing here saves."""

from django import forms

from assessment.enums.slips import SlipState
from portal.models import Department


class NoteForm(forms.Form):
    """理由; the operation says whether one is needed."""

    note = forms.CharField(
        label="理由", required=False, max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReplyForm(forms.Form):
    reply = forms.CharField(
        label="签收说明", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="何时更新、有什么困难；可以不填", error_messages={"max_length": "签收说明不超过 500 字"},
    )  # fmt: skip


class SlipFilter(forms.Form):
    """What the list of slips is narrowed down by; anything odd narrows nothing."""

    q = forms.CharField(label="编号", required=False, max_length=32)
    unit = forms.ModelChoiceField(
        Department.objects.all(), label="责任单位", required=False, empty_label="全部单位"
    )
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *SlipState.choices])

    def rows(self, rows):
        self.is_valid()
        chosen = self.cleaned_data
        if words := chosen.get("q"):
            rows = rows.filter(number__icontains=words.replace("\0", ""))
        if unit := chosen.get("unit"):
            rows = rows.filter(unit=unit)
        if state := chosen.get("state"):
            rows = rows.filter(state=state)
        return rows
