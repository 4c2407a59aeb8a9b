"""What is typed about a contest. Nothing here saves."""

from typing import Any

from django import forms

from assessment.enums.inspections import ContestKind
from assessment.models import Contest, ContestCandidate, Scheme
from assessment.operations.contests import MOST_CANDIDATES, Call
from assessment.queries import contests as queries
from interaction.forms.activities import MomentField
from interaction.forms.texts import Line
from interaction.models import PollOption
from portal import clock


def _number(label: str, least: int, most: int, **kwargs: Any) -> forms.IntegerField:
    wrong = f"应为 {least} 至 {most} 的整数"
    return forms.IntegerField(
        label=label, min_value=least, max_value=most,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong), **kwargs,
    )  # fmt: skip


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写日期", "invalid": "应为日期"},
    )  # fmt: skip


class CallForm(forms.Form):
    """Cleaned into a `Call`."""

    kind = forms.ChoiceField(choices=ContestKind.choices, widget=forms.HiddenInput)
    title = Line(most=80, label="名称", missing="请填写名称")
    starts_on, ends_on = _day("评比期自"), _day("评比期至")
    scheme = forms.ModelChoiceField(
        Scheme.objects.none(), label="考核得分按哪个计分办法", required=False, empty_label="全部采用的办法",
        help_text="只用于最佳网站",
    )  # fmt: skip
    score_weight = _number("考核得分权重（%）", 0, 100)
    vote_weight = _number("投票权重（%）", 0, 100, help_text="两项合计 100")
    winners = _number("评出几名", 1, 20)
    candidates = _number(
        "列出几个候选",
        2,
        MOST_CANDIDATES,
        initial=10,
        help_text="栏目和版主按发布条数从多到少列出，建立后可以增减",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["scheme"].queryset = Scheme.objects.filter(is_used=True)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        weights = [typed.get("score_weight"), typed.get("vote_weight")]
        if None not in weights and sum(weights) != 100:
            self.add_error("vote_weight", f"两项权重合计须为 100，现在是 {sum(weights)}")
        if typed.get("starts_on") and typed.get("ends_on"):
            if typed["ends_on"] < typed["starts_on"]:
                self.add_error("ends_on", "止日不能早于起日")
            elif typed["starts_on"] > clock.today():
                self.add_error("starts_on", "评比期还没有开始")
        return typed

    @property
    def call(self) -> Call:
        typed = dict(self.cleaned_data)
        return Call(**typed | {"kind": ContestKind(typed["kind"])})


class PutUpForm(forms.Form):
    """Another candidate."""

    thing = forms.ModelChoiceField(
        None, label="增加候选", empty_label="请选择",
        error_messages={"required": "请选择候选", "invalid_choice": "请选择候选"},
    )  # fmt: skip

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = {ContestKind.SITE: "site", ContestKind.COLUMN: "column"}.get(
            ContestKind(contest.kind), "person"
        )
        there = contest.candidates.exclude(**{field: None}).order_by().values(field)
        self.fields["thing"].queryset = queries.may_be(contest.kind).exclude(pk__in=there)
        self.fields["thing"].label_from_instance = _words


class TakeOffForm(forms.Form):
    note = Line(most=200, label="去掉的理由", missing="请写明去掉候选的理由")


class PollForm(forms.Form):
    """When the poll is open."""

    opens_at, closes_at = MomentField(label="投票开始"), MomentField(label="投票截止")

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("opens_at") and typed.get("closes_at") and typed["closes_at"] <= typed["opens_at"]:
            self.add_error("closes_at", "截止时间须在开始时间之后")
        elif typed.get("closes_at") and typed["closes_at"] <= clock.now():
            self.add_error("closes_at", "截止时间已经过去")
        return typed


class LinkForm(forms.Form):
    """One choice of an option for every candidate; of the same words at first."""

    def __init__(self, *args: Any, contest: Contest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.candidates = list(contest.candidates.all())
        self.options = list(PollOption.objects.filter(poll=contest.poll_id, question__isnull=False))
        by_words = {one.text: one.pk for one in self.options}
        for one in self.candidates:
            self.fields[f"c{one.pk}"] = forms.ChoiceField(
                label=one.name, required=False, initial=one.option_id or by_words.get(one.name),
                choices=[("", "没有对应的选项"), *((option.pk, option.text) for option in self.options)],
            )  # fmt: skip

    @property
    def chosen(self) -> dict[ContestCandidate, PollOption]:
        options = {str(one.pk): one for one in self.options}
        typed = {one: self.cleaned_data[f"c{one.pk}"] for one in self.candidates}
        return {one: options[pk] for one, pk in typed.items() if pk}


def _words(thing: Any) -> str:
    if hasattr(thing, "staff_number"):
        return f"{thing.department}　{thing.name}"
    return f"{thing.site.name}　{thing.name}" if hasattr(thing, "site_id") else thing.name
