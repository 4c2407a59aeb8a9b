"""What is typed about an activity whatever its kind, and while deciding about it. Nothing here saves."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet

from columns import rules as column_rules
from interaction.enums.activities import ActivityKind, ActivityState, Participants, Phase
from interaction.models import Activity
from interaction.operations.activities import Frame
from interaction.queries import activities as queries
from interaction.rules.kinds import Kind
from portal.enums import Power
from portal.models import Department, Site, User

INTRO_LENGTH = 5_000
NOTE_LENGTH = 500
STANDINGS = [
    (ActivityState.DRAFT, ActivityState.DRAFT.label),
    (ActivityState.IN_REVIEW, ActivityState.IN_REVIEW.label),
    (ActivityState.RETURNED, ActivityState.RETURNED.label),
    *Phase.choices,
    (ActivityState.WITHDRAWN, ActivityState.WITHDRAWN.label),
    (ActivityState.DISCARDED, ActivityState.DISCARDED.label),
]


class MomentField(forms.DateTimeField):
    """Day and time of day in Asia/Shanghai."""

    def __init__(self, **kwargs):
        super().__init__(
            input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            error_messages={"required": "请填写日期和时间", "invalid": "请填写完整的日期和时间"},
            **kwargs,
        )

    def to_python(self, value: Any) -> datetime | None:
        try:
            return super().to_python(value)
        except OverflowError as error:  # a year at the very end, moved to another time zone
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class FrameForm(forms.Form):
    """Cleaned into a `Frame`; a site is chosen where the person makes activities for several."""

    site = forms.ModelChoiceField(
        Site.objects.none(), label="站点", empty_label=None, error_messages={"required": "请选择站点"}
    )
    title = forms.CharField(label="标题", max_length=120, error_messages={"required": "请填写标题"})
    intro = forms.CharField(
        label="说明", required=False, max_length=INTRO_LENGTH, help_text="空一行另起一段",
        widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    department = forms.ModelChoiceField(
        Department.objects.filter(is_active=True), label="主办单位", empty_label=None,
        error_messages={"required": "请选择主办单位"},
    )  # fmt: skip
    opens_at = MomentField(label="开始时间", required=False)
    closes_at = MomentField(label="截止时间", required=False)
    participants = forms.ChoiceField(
        label="参加范围", widget=forms.RadioSelect, error_messages={"required": "请选择参加范围"}
    )
    departments = forms.ModelMultipleChoiceField(
        Department.objects.filter(is_active=True), label="指定部门", required=False,
        widget=forms.CheckboxSelectMultiple, help_text="所选部门的下级部门一并算在内",
    )  # fmt: skip
    clause = forms.CharField(label="依据", max_length=120, required=False, help_text="可不填")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user: User, kind: Kind, activity: Activity | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if activity is not None:
            del self.fields["site"]
        else:
            sites = column_rules.powers_of(user).sites_with(Power.COLLECT)
            self.fields["site"].queryset = Site.objects.filter(pk__in=sites)
            if len(sites) == 1:
                self.fields["site"].widget = forms.HiddenInput()
        self.fields["participants"].choices = participants_of(kind)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        opens_at, closes_at = typed.get("opens_at"), typed.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", "截止时间须在开始时间之后")
        named = typed.get("participants") != Participants.DEPARTMENTS or typed.get("departments")
        if "departments" in typed and not named:
            self.add_error("departments", "请选择参加的部门")
        return typed

    @property
    def frame(self) -> Frame:
        names = ("title", "intro", "department", "opens_at", "closes_at", "clause")
        return Frame(
            **{name: self.cleaned_data[name] for name in names},
            participants=Participants(self.cleaned_data["participants"]),
            departments=list(self.cleaned_data["departments"]),
        )


def participants_of(kind: Kind) -> list[tuple[str, str]]:
    """Whom an activity of this kind may be for, in words; where people sign in, everybody still may look on."""
    words = dict(Participants.choices)
    if kind.signs_in:
        words[Participants.EVERYONE] = "登录人员参加，页面任何人可看"
        words[Participants.STAFF] = "登录人员参加，页面登录后可看"
    return [(one, words[one]) for one in kind.participants]


def initial_of(activity: Activity) -> dict[str, Any]:
    """What the frame's form begins with."""
    names = ("title", "intro", "opens_at", "closes_at", "participants", "clause", "version")
    return {
        **{name: getattr(activity, name) for name in names},
        "department": activity.department_id,
        "departments": list(activity.departments.order_by().values_list("pk", flat=True)),
    }


class MoveForm(forms.Form):
    """The words that go with a step, and the saved version that the page showed."""

    note = forms.CharField(
        label="意见", required=False, max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": NOTE_LENGTH}),
        error_messages={"max_length": f"意见最多 {NOTE_LENGTH} 字，请精简"},
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ActivityFilter(forms.Form):
    """What the desk's list is narrowed down by; anything odd narrows nothing."""

    q = forms.CharField(label="标题", required=False, max_length=40)
    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部类型"), *ActivityKind.choices])
    standing = forms.ChoiceField(label="状态", required=False, choices=[("", "全部状态"), *STANDINGS])

    def narrow(self, rows: QuerySet[Activity]) -> QuerySet[Activity]:
        self.is_valid()
        chosen = self.cleaned_data
        if words := chosen.get("q"):
            rows = rows.filter(title__icontains=words)
        if kind := chosen.get("kind"):
            rows = rows.filter(kind=kind)
        return queries.standing(rows, chosen["standing"]) if chosen.get("standing") else rows
