"""What is typed about the lists of praise and criticism, cleaned. Nothing here saves."""

import uuid

from django import forms

from assessment.enums.slips import MentionKind, MentionState
from assessment.queries.conditions import condition, conditions
from columns.forms.ledger import PersonField
from portal.models import Department


class MentionFilter(forms.Form):
    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "表扬与批评"), *MentionKind.choices])
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *MentionState.choices])

    def rows(self, rows):
        self.is_valid()
        wanted = {name: value for name, value in self.cleaned_data.items() if value}
        return rows.filter(**wanted)


class AnyPersonField(PersonField):
    """Nobody where nothing was typed."""

    def clean(self, value: str):
        return super().clean(value) if (value or "").strip() else None


class MentionForm(forms.Form):
    """登记通报事项: one of the regulations' conditions, who met it, by which facts."""

    condition = forms.ChoiceField(label="符合的规定", error_messages={"required": "请选择规定的情形"})
    unit = forms.ModelChoiceField(
        Department.objects.filter(is_active=True), label="单位", empty_label="请选择单位",
        error_messages={"required": "请选择单位"},
    )  # fmt: skip
    person = AnyPersonField(label="个人", required=False, help_text="只通报单位的不填；工号，或不重名的姓名")
    facts = forms.CharField(
        label="事实", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明事实"}, help_text="时间、事项、数量，公布后大家都看得到",
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4()
        groups: dict[str, list[tuple[str, str]]] = {}
        for one in conditions():
            groups.setdefault(one.regulation, []).append(
                (one.key, f"{one.kind.label} · {one.clause} {one.text}")
            )
        self.fields["condition"].choices = [("", "请选择"), *groups.items()]

    def clean_condition(self):
        return condition(self.cleaned_data["condition"])

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()
