"""What is typed about a survey, cleaned into what the operations take. Nothing here saves."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from interaction.enums.surveys import QuestionKind
from interaction.models import Activity, SurveyOption, SurveyQuestion
from interaction.operations.surveys import MOST_OPTIONS, Asked
from portal import richtext

SIGNED, ANONYMOUS = "signed", "anonymous"
LONGEST_SHORT, LONGEST_LONG = 200, 2_000
COMMENT_LENGTH = 5_000
DIGITS = {"max_digits": 15, "decimal_places": 4}


class PromiseForm(forms.Form):
    """How the survey is filled in."""

    sheets = forms.ChoiceField(
        label="答卷", widget=forms.RadioSelect,
        choices=[(ANONYMOUS, "不记名：答卷与填写人不作任何关联"), (SIGNED, "记名：答卷记录填写人和单位，填写前告知")],
        error_messages={"required": "请选择是否记名"},
    )  # fmt: skip
    is_paged = forms.BooleanField(
        label="分页填写", required=False, help_text="一个部分一页，填完一页再看下一页；题目少时不必分页。"
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @property
    def promise(self) -> dict[str, bool]:
        is_anonymous = self.cleaned_data["sheets"] == ANONYMOUS
        return {"is_anonymous": is_anonymous, "is_paged": self.cleaned_data["is_paged"]}


class SectionForm(forms.Form):
    title = forms.CharField(label="标题", max_length=80, required=False)
    note = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class QuestionForm(forms.Form):
    """One question; options one a line; the condition as options of one earlier question."""

    kind = forms.ChoiceField(
        label="题型", choices=QuestionKind.choices, error_messages={"required": "请选择题型"}
    )
    text = forms.CharField(label="题目", max_length=300, error_messages={"required": "请填写题目"})
    help = forms.CharField(label="提示", max_length=300, required=False, help_text="可不填，显示在题目下面")
    is_required = forms.BooleanField(label="必答", required=False)
    options = forms.CharField(
        label="选项", required=False, max_length=10_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="单选、多选题填写，一行一个",
    )  # fmt: skip
    least = forms.DecimalField(label="最少", required=False, **DIGITS)
    most = forms.DecimalField(label="最多", required=False, **DIGITS)
    shown_options = forms.MultipleChoiceField(
        label="显示条件", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="不勾选，人人都答；勾选了，只有在前面那道题选了其中一项的人才答。只能取自同一道题。",
        error_messages={"invalid_choice": "显示条件已经变化，请重新选择"},
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, earlier: Sequence[SurveyQuestion], **kwargs):
        super().__init__(*args, **kwargs)
        choosing = [one for one in earlier if one.type.has_options]
        self.known = {str(option.pk): option for one in choosing for option in one.options.all()}
        self.fields["shown_options"].choices = [
            (
                f"第 {one.number} 题 {one.text}",
                [(str(option.pk), option.text) for option in one.options.all()],
            )
            for one in choosing
        ]
        for name in ("least", "most"):
            self.fields[name].error_messages.update(
                invalid="请填数字",
                max_digits="数字太长",
                max_whole_digits="数字太长",
                max_decimal_places="最多 4 位小数",
            )

    def clean_options(self) -> list[str]:
        lines = [richtext.one_line(line) for line in self.cleaned_data["options"].splitlines()]
        options = list(dict.fromkeys(line for line in lines if line))
        if any(len(one) > 120 for one in options):
            raise forms.ValidationError("每个选项不超过 120 字")
        if len(options) > MOST_OPTIONS:
            raise forms.ValidationError(f"最多 {MOST_OPTIONS} 个选项")
        return options

    def clean_shown_options(self) -> list[SurveyOption]:
        options = [self.known[key] for key in self.cleaned_data["shown_options"]]
        if len({one.question_id for one in options}) > 1:
            raise forms.ValidationError("显示条件只能取自同一道题的选项")
        return options

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if "kind" not in typed or {"least", "most"} & set(self.errors):
            return typed
        kind = QuestionKind(typed["kind"])
        if kind.has_options and "options" in typed and len(typed["options"]) < 2:
            self.add_error("options", "请至少填写两个选项，一行一个")
        if message := _limit_issue(kind, typed["least"], typed["most"]):
            self.add_error("most", message)
        return typed

    @property
    def asked(self) -> Asked:
        names = ("text", "help", "is_required", "least", "most", "options", "shown_options")
        return Asked(
            kind=QuestionKind(self.cleaned_data["kind"]), **{name: self.cleaned_data[name] for name in names}
        )


class CommentForm(forms.Form):
    """分析说明."""

    comment = forms.CharField(
        label="分析说明", max_length=COMMENT_LENGTH, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="空一行另起一段，与结果一同公布", error_messages={"required": "请填写分析说明"},
    )  # fmt: skip


class ShownTextForm(forms.Form):
    """A text as it is to be published."""

    text = forms.CharField(
        label="公布的文字", max_length=LONGEST_LONG, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请填写要公布的文字"},
    )  # fmt: skip


def promise_of(activity: Activity) -> dict[str, Any]:
    """What the form of the promise begins with."""
    survey = activity.survey
    return {
        "sheets": ANONYMOUS if survey.is_anonymous else SIGNED, "is_paged": survey.is_paged,
        "version": activity.version,
    }  # fmt: skip


def question_of(question: SurveyQuestion | None, activity: Activity) -> dict[str, Any]:
    """What the form of a question begins with."""
    if question is None:
        return {"kind": QuestionKind.SINGLE, "is_required": True, "version": activity.version}
    names = ("kind", "text", "help", "is_required")
    return {
        **{name: getattr(question, name) for name in names},
        "least": _short(question.least), "most": _short(question.most),
        "options": "\n".join(option.text for option in question.options.all()),
        "shown_options": [str(option.pk) for option in question.shown_options.all()],
        "version": activity.version,
    }  # fmt: skip


def _short(number: Decimal | None) -> str:
    """2, not 2.0000."""
    return "" if number is None else f"{number.normalize():f}"


def _limit_issue(kind: QuestionKind, least: Decimal | None, most: Decimal | None) -> str:
    if least is not None and most is not None and least > most:
        return "最多不能少于最少"
    if kind.limits in ("选项数", "字数"):
        given = [one for one in (least, most) if one is not None]
        if any(one != one.to_integral_value() or one < 0 for one in given) or most == 0:
            return f"{kind.limits}请填正整数"
        longest = {QuestionKind.SHORT: LONGEST_SHORT, QuestionKind.LONG: LONGEST_LONG}.get(kind, MOST_OPTIONS)
        if any(one > longest for one in given):
            return f"{kind.limits}不超过 {longest}"
    return ""
