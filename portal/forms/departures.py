"""What is typed about departures and handovers, cleaned. Nothing here saves."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal import clock
from portal.departures.reading import Candidate
from portal.models import Department, User

MOST_LINES = 500


class NoteForm(forms.Form):
    """Why the handover is closed, or a plan called off."""

    note = forms.CharField(max_length=200, widget=forms.Textarea({"rows": 2}), label="说明")

    def __init__(self, *args: Any, missing: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["note"].error_messages |= {"required": missing, "max_length": "不超过 200 字"}


class HandOverForm(forms.Form):
    """To whom, and which lines: `chosen` is None for all of them."""

    successor = forms.ModelChoiceField(
        User.objects.none(),
        label="移交给",
        empty_label="请选择接手人",
        error_messages={"required": "请选择接手人", "invalid_choice": "这个人不能接手，请重新选择"},
    )

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any):
        super().__init__(*args, **kwargs)
        numbers = {one.person.pk: one.number for one in candidates}
        people = User.objects.filter(pk__in=numbers).select_related("department")
        field = self.fields["successor"]
        field.queryset = people
        field.label_from_instance = lambda one: (
            f"{one.name}（{one.department or '无部门'}，可接 {numbers[one.pk]} 项）"
        )
        known = {one.pk: one for one in people}
        field.choices = [("", field.empty_label)] + [
            (pk, field.label_from_instance(known[pk])) for pk in numbers if pk in known
        ]

    @property
    def lines(self) -> list[str]:
        """What was ticked, as it came."""
        return self.data.getlist("line")[:MOST_LINES] if hasattr(self.data, "getlist") else []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["chosen"] = None if self.data.get("scope") == "all" else _parsed(self.lines)
        if cleaned["chosen"] == []:
            raise ValidationError("请先勾选要移交的工作，或按“全部移交”")
        return cleaned


class PlanForm(forms.Form):
    """离岗或调动: where to, on which day, why; and that what will be lost was looked at."""

    to_department = forms.ModelChoiceField(
        Department.objects.none(), label="去向", required=False, empty_label="离开本单位（停用账号）",
        error_messages={"invalid_choice": "没有这个部门，或已停用"},
    )  # fmt: skip
    effective_on = forms.DateField(
        label="离岗日期",
        help_text="自这一天零时起权限终止；选今天即刻办理",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "请填写日期", "invalid": "请写成 2026-09-30 的样子"},
    )
    reason = forms.CharField(
        label="事由",
        max_length=200,
        help_text="如：退休、调任、借调期满",
        error_messages={"required": "请写明事由", "max_length": "不超过 200 字"},
    )
    is_checked = forms.BooleanField(
        label="已核对上列将终止的授权和未办结的工作",
        error_messages={"required": "请核对后勾选"},
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        departments = Department.objects.with_tree_fields().filter(is_active=True)
        field = self.fields["to_department"]
        field.queryset = departments.exclude(pk=person.department_id) if person.department_id else departments
        field.label_from_instance = lambda one: f"调往：{'　' * one.tree_depth}{one.name}"
        self.fields["effective_on"].widget.attrs["min"] = f"{clock.today():%Y-%m-%d}"


def _parsed(lines: Iterable[str]) -> list[tuple[str, int]]:
    """`texts-12` is the kind and the id; anything odd is left out."""
    found = []
    for line in lines:
        kind, _, pk = line.rpartition("-")
        if kind and pk.isascii() and pk.isdigit() and len(pk) < 10:
            found.append((kind, int(pk)))
    return found
