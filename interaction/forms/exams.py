"""What is typed about an exam: settings and rules of its papers, time given, marks. Nothing here saves."""

from decimal import Decimal
from typing import Any

from django import forms

from interaction.enums.banks import Difficulty, ExamQuestionKind
from interaction.enums.exams import MultipleRule
from interaction.models import Activity, ExamSetup, PaperRule
from interaction.models.exams import MOST_ATTEMPTS, MOST_MINUTES, MOST_POINTS, MOST_QUESTIONS
from interaction.operations.exams import RULE, SETTINGS, Paper, RuleDraft
from interaction.queries import papers
from interaction.rules.exam_questions import TOPIC_LENGTH

MOST_RULES, SPARE_RULES = 40, 3
NOTE_LENGTH, REMARK_LENGTH = 200, 200


def number(label: str, most: int, *, least: int = 1, missing: str = "", **kwargs: Any) -> forms.IntegerField:
    """A whole number between bounds, refused in words."""
    return forms.IntegerField(
        label=label, min_value=least, max_value=most,
        error_messages={
            "required": missing or f"请填写{label}", "invalid": "请填整数",
            "min_value": f"至少 {least}", "max_value": f"最多 {most}",
        },
        **kwargs,
    )  # fmt: skip


class SetupForm(forms.Form):
    """考试设置."""

    minutes = number("答题时间", MOST_MINUTES, initial=60, help_text="分钟，从开始答题起算")
    pass_mark = number("及格分", MOST_QUESTIONS * MOST_POINTS, initial=60)
    attempts_allowed = number("可考次数", MOST_ATTEMPTS, initial=1, help_text="多次的取最高分")
    multiple_rule = forms.ChoiceField(
        label="多选题计分", choices=MultipleRule.choices, initial=MultipleRule.WHOLE, widget=forms.RadioSelect,
        error_messages={"required": "请选择多选题的计分办法"},
    )  # fmt: skip
    shuffles_questions = forms.BooleanField(label="题目次序随机", required=False, initial=True)
    shuffles_options = forms.BooleanField(label="选项次序随机", required=False, initial=True)
    shows_answers = forms.BooleanField(
        label="考后可查阅本人答卷和答案", required=False, initial=True, help_text="考试结束、所有人交卷以后"
    )
    names_people = forms.BooleanField(
        label="公布成绩时列出姓名", required=False, help_text="不选只公布各单位的情况"
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    TICKS = ("shuffles_questions", "shuffles_options", "shows_answers", "names_people")

    @property
    def ticks(self) -> list[forms.BoundField]:
        return [self[name] for name in self.TICKS]


class RuleForm(forms.Form):
    """One line of 组卷规则; a line without a number of questions is none."""

    bank = forms.ModelChoiceField(
        None, label="题库", required=False, empty_label="请选择",
        error_messages={"invalid_choice": "请选择在用的题库"},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label="题型", required=False, choices=[("", "请选择"), *ExamQuestionKind.choices]
    )
    topic = forms.CharField(
        label="知识点", required=False, max_length=TOPIC_LENGTH,
        widget=forms.TextInput(attrs={"list": "topics", "autocomplete": "off", "placeholder": "不限"}),
    )  # fmt: skip
    difficulty = forms.ChoiceField(label="难度", required=False, choices=[("", "不限"), *Difficulty.choices])
    count = number("题数", MOST_QUESTIONS, required=False)
    points = number("每题分值", MOST_POINTS, required=False)

    def __init__(self, *args, activity: Activity, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = papers.offered_banks(activity)
        self.fields["bank"].label_from_instance = lambda bank: (
            bank.name if bank.site_id == activity.site_id else f"{bank.name}（{bank.site}）"
        )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if self.is_blank:
            self.errors.clear()
            return typed
        words = {
            "bank": "请选择题库",
            "kind": "请选择题型",
            "count": "请填写题数",
            "points": "请填写每题分值",
        }
        for name, said in words.items():
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, said)
        return typed

    @property
    def is_blank(self) -> bool:
        """Nothing that counts was typed in the line."""
        return not any(
            self.data.get(self.add_prefix(name), "").strip() for name in ("count", "topic", "points")
        )

    @property
    def draft(self) -> RuleDraft:
        return RuleDraft(**{name: self.cleaned_data[name] for name in RULE})


class RuleForms(forms.BaseFormSet):
    """组卷规则, in the order of the lines; spare lines at the end."""

    def drafts(self) -> list[RuleDraft]:
        return [form.draft for form in self.forms if not form.is_blank]


RULES = forms.formset_factory(
    RuleForm,
    RuleForms,
    extra=SPARE_RULES,
    max_num=MOST_RULES,
    validate_max=True,
    absolute_max=MOST_RULES + 10,
)
TOO_MANY_RULES = f"组卷规则最多 {MOST_RULES} 条"


def paper_of(setup: SetupForm, rules: RuleForms) -> Paper:
    return Paper(rules=rules.drafts(), **{name: setup.cleaned_data[name] for name in SETTINGS})


def initial_of(setup: ExamSetup) -> dict[str, Any]:
    return {name: getattr(setup, name) for name in SETTINGS} | {"version": setup.activity.version}


def initial_rules(rules: list[PaperRule]) -> list[dict[str, Any]]:
    return [{name: getattr(rule, name) for name in RULE} | {"bank": rule.bank_id} for rule in rules]


class TimeForm(forms.Form):
    """加时: to one paper, or to all who sit."""

    minutes = number("加时", 240, initial=10, help_text="分钟", missing="请填写加几分钟")
    note = forms.CharField(
        label="理由", max_length=NOTE_LENGTH, help_text="记入审计",
        error_messages={"required": "请写明加时的理由", "max_length": f"理由最多 {NOTE_LENGTH} 字"},
    )  # fmt: skip
    reopens = forms.BooleanField(label="到时收上来的答卷也一并恢复", required=False)


class MarkForm(forms.Form):
    """评分; `note` is asked for where a mark is changed."""

    points = forms.DecimalField(
        label="得分", min_value=0, max_digits=5, decimal_places=1,
        error_messages={
            "required": "请填写得分", "invalid": "请填数字", "min_value": "得分不能是负数",
            "max_decimal_places": "只能有半分", "max_digits": "得分太大", "max_whole_digits": "得分太大",
        },
    )  # fmt: skip
    remark = forms.CharField(
        label="评语", required=False, max_length=REMARK_LENGTH, help_text="可不填，考后给考生看",
        error_messages={"max_length": f"评语最多 {REMARK_LENGTH} 字"},
    )  # fmt: skip
    note = forms.CharField(
        label="改分的理由", max_length=NOTE_LENGTH,
        error_messages={"required": "请写明改分的理由", "max_length": f"理由最多 {NOTE_LENGTH} 字"},
    )  # fmt: skip

    def __init__(self, *args, most: int, is_correcting: bool, **kwargs):
        super().__init__(*args, **kwargs)
        points = self.fields["points"]
        points.help_text = f"满分 {most} 分，可以有半分"
        points.widget.attrs |= {"step": "0.5", "max": most}
        self.most = most
        if not is_correcting:
            del self.fields["note"]

    def clean_points(self) -> Decimal:
        points = self.cleaned_data["points"]
        if points > self.most or points % Decimal("0.5"):
            raise forms.ValidationError(f"请填 0—{self.most} 分，可以有半分")
        return points
