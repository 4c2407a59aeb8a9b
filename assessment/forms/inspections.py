"""What is typed about an inspection, and at each of its items. Nothing here saves."""

from decimal import Decimal
from typing import Any

from django import forms

from assessment.enums.inspections import CheckResult
from assessment.models import Inspection, InspectionCheck
from assessment.operations.inspections import Answer, Plan
from assessment.queries import catalogues
from interaction.forms.texts import Line, LongText
from portal import clock
from portal.models import Site

MOST_POINTS, MOST_DAYS, MOST_SAMPLE = 100, 90, 50
FINDING, SUMMARY, NOTE = 500, 3_000, 500


def days_field(label: str, **kwargs: Any) -> forms.IntegerField:
    """Working days of a rectification."""
    wrong = f"应为 1 至 {MOST_DAYS} 的整数"
    return forms.IntegerField(
        label=label, min_value=1, max_value=MOST_DAYS,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong) | {"required": "请填写工作日数"},
        **kwargs,
    )  # fmt: skip


class PlanForm(forms.Form):
    """Cleaned into a `Plan`."""

    title = Line(most=80, label="名称", missing="请填写名称")
    checklist = forms.ChoiceField(label="检查表", error_messages={"required": "请选择检查表"})
    planned_on = forms.DateField(
        label="计划日期", help_text="突击检查填今天", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写计划日期", "invalid": "应为日期"},
    )  # fmt: skip
    sample = forms.IntegerField(
        label="每站抽查栏目数", min_value=1, max_value=MOST_SAMPLE, initial=5,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), f"应为 1 至 {MOST_SAMPLE} 的整数"
        ),
    )  # fmt: skip
    sites = forms.ModelMultipleChoiceField(
        Site.objects.order_by("position", "pk"), label="检查哪些站点", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请选择站点"},
    )  # fmt: skip

    def __init__(self, *args: Any, inspection: Inspection | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.inspection = inspection
        lists = catalogues.checklists()
        self.fields["checklist"].choices = [
            (key, f"{one['name']}（{one['clause']}，{len(one['items'])} 项）") for key, one in lists.items()
        ]

    def clean_planned_on(self):
        """A plan that is changed may keep its day, though it has gone by."""
        day = self.cleaned_data["planned_on"]
        was = self.inspection.planned_on if self.inspection else None
        if day < clock.today() and day != was:
            raise forms.ValidationError("计划日期不能早于今天")
        return day

    @property
    def plan(self) -> Plan:
        typed = self.cleaned_data
        return Plan(
            title=typed["title"], planned_on=typed["planned_on"], sites=list(typed["sites"]),
            sample=typed["sample"], checklist=catalogues.checklists()[typed["checklist"]],
        )  # fmt: skip


def plan_of(inspection: Inspection) -> dict[str, Any]:
    """What the form begins with when a plan is changed."""
    keys = [key for key, one in catalogues.checklists().items() if one["name"] == inspection.checklist_name]
    return {
        "title": inspection.title, "planned_on": inspection.planned_on, "sample": inspection.sample,
        "sites": list(inspection.sites.values_list("pk", flat=True)), "checklist": keys[0] if keys else None,
    }  # fmt: skip


class AnswerForm(forms.Form):
    """One item; `result` is the button that was pressed."""

    result = forms.ChoiceField(
        choices=[one for one in CheckResult.choices if one[0] != CheckResult.PENDING],
        error_messages={"required": "请选择结果", "invalid_choice": "请选择结果"},
    )  # fmt: skip
    finding = LongText(most=FINDING, rows=3, label="发现的问题", required=False)
    points = forms.DecimalField(
        label="扣分", min_value=0, max_value=MOST_POINTS, decimal_places=2, required=False,
        widget=forms.NumberInput({"step": "0.5", "inputmode": "decimal", "min": 0, "max": MOST_POINTS}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_decimal_places"), f"应为 0 至 {MOST_POINTS}，最多两位小数"
        ),
    )  # fmt: skip
    rectify = forms.BooleanField(label="责令整改", required=False)
    rectify_days = days_field("限几个工作日", required=False)
    picture = forms.FileField(
        label="截图", required=False, widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp"}),
        error_messages={"empty": "这个文件是空的", "invalid": "没有收到文件，请重新选择"},
    )  # fmt: skip
    drops_picture = forms.BooleanField(label="去掉截图", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, check: InspectionCheck, **kwargs: Any):
        self.check = check
        kwargs.setdefault("auto_id", f"c{check.pk}_%s")
        kwargs.setdefault("initial", _as_it_stands(check))
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("result") != CheckResult.FAULT:
            return typed
        if "finding" in typed and not typed["finding"].strip():
            self.add_error("finding", "请写明发现的问题")
        if typed.get("rectify") and "rectify_days" in typed and not typed["rectify_days"]:
            self.add_error("rectify_days", "请填写整改期限")
        return typed

    def go_on_from(self, check: InspectionCheck) -> None:
        """Somebody answered meanwhile: what was typed stays, the next save is of what they see now."""
        self.check, self.data = check, self.data.copy()
        self.data["version"] = str(check.version)

    @property
    def is_fault(self) -> bool:
        """Whether the fields of a fault are open."""
        typed = self.data.get("result") if self.is_bound else ""
        return (typed or self.check.result) == CheckResult.FAULT

    @property
    def answer(self) -> Answer:
        typed = self.cleaned_data
        points = typed["points"] if typed["points"] is not None else self.check.worth
        return Answer(
            result=CheckResult(typed["result"]), finding=typed["finding"], points=Decimal(points),
            rectify_days=typed["rectify_days"] if typed["rectify"] else None, picture=typed["picture"],
            drops_picture=typed["drops_picture"],
        )  # fmt: skip


def _as_it_stands(check: InspectionCheck) -> dict[str, Any]:
    is_fault = check.result == CheckResult.FAULT
    days = check.rectify_days or check.inspection.rectify_days
    return {
        "finding": check.finding, "points": f"{(check.points if is_fault else check.worth).normalize():f}",
        "rectify": bool(check.rectify_days), "rectify_days": days, "version": check.version,
    }  # fmt: skip


class EndForm(forms.Form):
    summary = LongText(
        most=SUMMARY, rows=5, label="检查小结", missing="请填写检查小结",
        help_text="总的情况、主要问题、下一步要求。被检查的单位都能看到，结束后不能再改",
    )  # fmt: skip


class NoteForm(forms.Form):
    """A reason; whether it is needed says the operation."""

    note = LongText(most=NOTE, rows=3, label="理由", required=False)

    def __init__(self, *args: Any, label: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["note"].label = label or self.fields["note"].label


class DaysForm(forms.Form):
    working_days = days_field("限几个工作日")
