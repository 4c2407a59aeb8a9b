"""What is typed about scores: claims, fixed figures, objections, new versions. Cleaned; a form never saves."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from assessment.enums.facts import Verdict
from assessment.models import Scheme
from assessment.operations.fixing import Fixing
from assessment.operations.schemes import Change, IndicatorChange
from assessment.operations.self_scores import Claim
from assessment.queries.rounds import Side
from assessment.rules.schemes import NUMBERS
from assessment.rules.words import plain
from interaction.forms.letters import FilesField, ManyFiles
from interaction.forms.texts import Line, LongText

REASON, NOTE, TEXT = 300, 1000, 2000
NOT_A_NUMBER = "请填写数字，最多两位小数"


def figure(label: str, **kwargs: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, max_digits=8, decimal_places=2, min_value=0, required=kwargs.pop("required", False),
        widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": NOT_A_NUMBER, "max_digits": "数字过大", "max_whole_digits": "数字过大",
            "max_decimal_places": "最多两位小数", "min_value": "不能小于 0", "required": "请填写",
        },
        **kwargs,
    )  # fmt: skip


def ticks(side: Side, label: str, initial: Sequence[str]) -> forms.MultipleChoiceField:
    choices = [(one["key"], f"{one['label']}（{plain(one['points'])} 分）") for one in side.rules.items]
    return forms.MultipleChoiceField(
        label=label, choices=choices, initial=list(initial), required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "没有这个核查项"},
    )  # fmt: skip


class PointsForm(forms.Form):
    """A block of fields for every indicator: `points-…` or `items-…`, and what the two forms below add."""

    def __init__(self, *args: Any, sides: Sequence[Side], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.sides = list(sides)
        for side in self.sides:
            for name, field in self.fields_of(side):
                self.fields[f"{name}-{side.rules.key}"] = field

    def fields_of(self, side: Side) -> Iterator[tuple[str, forms.Field]]:
        raise NotImplementedError

    def blocks(self) -> list[tuple[Side, list[tuple[str, forms.BoundField]]]]:
        """By indicator its fields with what each is for, for the template."""
        return [
            (side, [(name, self[f"{name}-{side.rules.key}"]) for name, _ in self.fields_of(side)])
            for side in self.sides
        ]

    def complain(self, field: str | None, message: str) -> None:
        """Put a refusal at its indicator."""
        names = (field, f"points-{field}", f"items-{field}")
        self.add_error(next((name for name in names if name in self.fields), None), message)

    def value(self, name: str, side: Side) -> Any:
        return self.cleaned_data.get(f"{name}-{side.rules.key}")


class SelfScoreForm(PointsForm):
    def fields_of(self, side: Side) -> Iterator[tuple[str, forms.Field]]:
        point = side.point
        if side.is_worth_nothing:
            return
        if side.rules.items:
            yield "items", ticks(side, "自评核查项", point.claimed_items)
        else:
            yield "points", figure("自评分", required=True, initial=_first(point.claimed, point.computed))
        yield "note", LongText(most=NOTE, rows=2, label="说明", required=False, initial=point.claim_note)
        yield "files", FilesField(label="佐证", required=False, widget=ManyFiles)

    def claims(self) -> dict[str, Claim]:
        return {
            side.rules.key: Claim(
                self.value("points", side), self.value("note", side) or "",
                tuple(self.value("items", side) or ()), tuple(self.value("files", side) or ()),
            )
            for side in self.sides
            if not side.is_worth_nothing
        }  # fmt: skip


class FixForm(PointsForm):
    """Figures left empty stay unfixed; a checklist is fixed as ticked, what is worth nothing as computed."""

    def fields_of(self, side: Side) -> Iterator[tuple[str, forms.Field]]:
        point = side.point
        yield "version", forms.IntegerField(widget=forms.HiddenInput, initial=point.version)
        if side.is_worth_nothing:
            return
        if side.rules.items:
            checked = point.claimed_items if point.fixed is None else point.checked
            yield "items", ticks(side, "核定核查项", checked)
        else:
            yield "points", figure("核定分", initial=_first(point.fixed, point.computed, point.claimed))
        yield "reason", Line(most=REASON, label="调整理由", required=False, initial=point.reason)

    def fixings(self) -> dict[str, Fixing]:
        return {
            side.rules.key: Fixing(
                self.value("version", side), self._points(side), self.value("reason", side) or "",
                tuple(self.value("items", side) or ()),
            )
            for side in self.sides
            if side.rules.items or self._points(side) is not None
        }  # fmt: skip

    def _points(self, side: Side) -> Decimal | None:
        return side.point.computed if side.is_worth_nothing else self.value("points", side)


class ObjectionForm(forms.Form):
    text = LongText(most=TEXT, rows=4, label="异议", missing="请写明异议的内容和依据")


class DecisionForm(forms.Form):
    """`points` only for 异议成立."""

    points = figure("重新核定为")
    note = LongText(most=NOTE, rows=3, label="答复", missing="请写明理由")


class OverruleForm(forms.Form):
    verdict = forms.ChoiceField(label="改判为", choices=Verdict.choices)
    note = Line(most=200, label="理由", missing="请写明改判的理由")


class VersionForm(forms.Form):
    """A new version of a scheme: from when, and its numbers, indicator by indicator."""

    starts_on = forms.DateField(
        label="施行日期", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写施行日期", "invalid": "请填写日期，如 2026-12-01"},
    )  # fmt: skip
    full_marks = figure("满分", help_text="没有满分的留空")
    pass_mark = figure("及格分", help_text="不设及格分的留空")
    objection_days = forms.IntegerField(label="异议期（工作日）", min_value=0, max_value=60)
    rectify_days = forms.IntegerField(
        label="不及格的整改期限（工作日）", min_value=1, max_value=250, required=False
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any):
        names = ("full_marks", "pass_mark", "objection_days", "rectify_days")
        super().__init__(*args, initial={name: getattr(scheme, name) for name in names}, **kwargs)
        self.indicators = list(scheme.indicators.all())
        for one in self.indicators:
            self.fields[f"most-{one.key}"] = figure("最高分", initial=one.most)
            for name in self._numbers(one):
                self.fields[f"{name}-{one.key}"] = figure(
                    LABELS[name], required=True, initial=one.settings[name]
                )
            for place, item in enumerate(one.settings.get("items", ())):
                label = f"{item['label']}"
                self.fields[f"item{place}-{one.key}"] = figure(label, required=True, initial=item["points"])
            for place, (least, points) in enumerate(one.settings.get("bands", ())):
                self.fields[f"least{place}-{one.key}"] = figure("达到", required=True, initial=least)
                self.fields[f"band{place}-{one.key}"] = figure("记分", required=True, initial=points)

    def general(self) -> list[forms.BoundField]:
        return [
            self[name] for name in ("starts_on", "full_marks", "pass_mark", "objection_days", "rectify_days")
        ]

    def blocks(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [
            (
                one,
                [
                    self[name]
                    for name in self.fields
                    if name.endswith(f"-{one.key}") and self._is_of(name, one.key)
                ],
            )
            for one in self.indicators
        ]

    def complain(self, field: str | None, message: str) -> None:
        names = (field, f"most-{field}")
        self.add_error(next((name for name in names if name in self.fields), None), message)

    def change(self) -> Change:
        said = self.cleaned_data
        indicators = {one.key: self._changed(one) for one in self.indicators}
        return Change(
            said["starts_on"], said["full_marks"], said["pass_mark"], said["objection_days"], said["rectify_days"],
            indicators,
        )  # fmt: skip

    @staticmethod
    def _is_of(name: str, key: str) -> bool:
        return name.partition("-")[2] == key

    @staticmethod
    def _numbers(one: Any) -> list[str]:
        return sorted(NUMBERS & one.settings.keys(), key=list(LABELS).index)

    def _changed(self, one: Any) -> IndicatorChange:
        said, settings = self.cleaned_data, dict(one.settings)
        for name in self._numbers(one):
            settings[name] = _json(said[f"{name}-{one.key}"])
        if "items" in settings:
            settings["items"] = [
                {**item, "points": _json(said[f"item{place}-{one.key}"])}
                for place, item in enumerate(settings["items"])
            ]
        if "bands" in settings:
            settings["bands"] = [
                [_json(said[f"least{place}-{one.key}"]), _json(said[f"band{place}-{one.key}"])]
                for place in range(len(settings["bands"]))
            ]
        return IndicatorChange(said[f"most-{one.key}"], settings)


LABELS = {
    "per_item": "每件分值", "weekly": "每周更新", "half_monthly": "每半月更新", "monthly": "每月更新",
    "times": "每段至少几天", "least_votes": "至少几票",
}  # fmt: skip


def _first(*values: Decimal | None) -> Decimal | None:
    return next((value for value in values if value is not None), None)


def _json(value: Decimal) -> int | float:
    """As a preset's YAML would have it."""
    return int(value) if value == value.to_integral_value() else float(value)
