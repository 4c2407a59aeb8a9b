"""What is typed about 题库 and its questions, cleaned. Nothing here saves."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from columns import rules as column_rules
from interaction.enums.banks import FALSE, TRUE, Difficulty, ExamQuestionKind
from interaction.models import ExamQuestion, QuestionBank
from interaction.rules.exam_questions import (
    EXPLANATION_LENGTH,
    KEY_LENGTH,
    MOST_POINTS,
    OPTION_LENGTH,
    STEM_LENGTH,
    TOPIC_LENGTH,
    QuestionDraft,
    faults,
    offered,
    read_key,
    written_key,
)
from portal.enums import Power
from portal.models import Site, User

MOST_BYTES = 2 * 1024 * 1024
KEY_HELP = {
    ExamQuestionKind.SINGLE: "一个字母，如 B",
    ExamQuestionKind.MULTIPLE: "各选项的字母，如 ACD",
    ExamQuestionKind.FILL_IN: "各空用“；”隔开，同一空的几种写法用“|”隔开，如：三倍|3倍；五百元",
    ExamQuestionKind.ESSAY: "参考答案，只供评阅人对照",
}
STEM_HELP = {ExamQuestionKind.FILL_IN: "要填的地方写成“____”（三个以上下划线）"}
SHOWN = [("", "在用"), ("retired", "已停用")]


class BankForm(forms.Form):
    """A bank's name and what it is about."""

    site = forms.ModelChoiceField(
        Site.objects.none(), label="站点", empty_label=None, error_messages={"required": "请选择站点"}
    )
    name = forms.CharField(
        label="名称", max_length=60, help_text="如：消费者权益保护",
        error_messages={"required": "请填写题库的名称", "max_length": "名称最多 60 字"},
    )  # fmt: skip
    note = forms.CharField(
        label="说明", max_length=200, required=False, help_text="供哪方面的考试用，由谁更新",
        widget=forms.Textarea(attrs={"rows": 2}), error_messages={"max_length": "说明最多 200 字"},
    )  # fmt: skip
    is_active = forms.BooleanField(
        label="在用",
        required=False,
        initial=True,
        help_text="停用后新的考试不能再从中抽题，每月更新也不再要求",
    )

    def __init__(self, *args, user: User, bank: QuestionBank | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        if bank is not None:
            del self.fields["site"]
            return
        del self.fields["is_active"]
        sites = column_rules.powers_of(user).sites_with(Power.COLLECT)
        self.fields["site"].queryset = Site.objects.filter(pk__in=sites)
        if len(sites) == 1:
            self.fields["site"].widget = forms.HiddenInput()


class ExamQuestionForm(forms.Form):
    """One question of a kind that is fixed beforehand; cleaned into a `QuestionDraft`."""

    topic = forms.CharField(
        label="知识点", max_length=TOPIC_LENGTH, help_text="组卷按知识点抽题",
        widget=forms.TextInput(attrs={"list": "topics", "autocomplete": "off"}),
        error_messages={"required": "请填写知识点", "max_length": f"知识点最多 {TOPIC_LENGTH} 字"},
    )  # fmt: skip
    difficulty = forms.ChoiceField(
        label="难度", choices=Difficulty.choices, initial=Difficulty.MEDIUM, widget=forms.RadioSelect,
        error_messages={"required": "请选择难度"},
    )  # fmt: skip
    points = forms.IntegerField(
        label="建议分值", initial=2, min_value=1, max_value=MOST_POINTS, help_text="组卷时可另定",
        error_messages={
            "required": "请填写分值", "invalid": "分值请填整数",
            "min_value": "分值至少 1 分", "max_value": f"分值最多 {MOST_POINTS} 分",
        },
    )  # fmt: skip
    stem = forms.CharField(
        label="题干", max_length=STEM_LENGTH, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请填写题干", "max_length": f"题干最多 {STEM_LENGTH} 字"},
    )  # fmt: skip
    options = forms.CharField(
        label="选项", max_length=9 * OPTION_LENGTH, help_text="一行一个，依次为 A、B、C……",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "请填写选项，一行一个", "max_length": f"每个选项最多 {OPTION_LENGTH} 字"},
    )  # fmt: skip
    key = forms.CharField(
        label="答案", max_length=KEY_LENGTH,
        error_messages={"required": "请填写答案", "max_length": f"答案最多 {KEY_LENGTH} 字"},
    )  # fmt: skip
    explanation = forms.CharField(
        label="解析", max_length=EXPLANATION_LENGTH, required=False, help_text="法条依据等，考后查阅答卷时显示",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"解析最多 {EXPLANATION_LENGTH} 字"},
    )  # fmt: skip

    def __init__(self, *args, kind: ExamQuestionKind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["stem"].help_text = STEM_HELP.get(kind, "")
        key = self.fields["key"]
        key.help_text = KEY_HELP.get(kind, "")
        if kind == ExamQuestionKind.TRUE_FALSE:
            key.widget = forms.RadioSelect(choices=[(TRUE, TRUE), (FALSE, FALSE)])
            key.error_messages["required"] = "请选择答案"
        elif kind == ExamQuestionKind.ESSAY:
            key.label, key.widget = "参考答案", forms.Textarea(attrs={"rows": 5})
        if not kind.offers_options:
            del self.fields["options"]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if not self.errors and (draft := self._draft(typed)):
            for fault in faults(draft):
                self.add_error(fault.field, fault.message)
            typed["draft"] = draft
        return typed

    @property
    def draft(self) -> QuestionDraft:
        return self.cleaned_data["draft"]

    def _draft(self, typed: dict[str, Any]) -> QuestionDraft | None:
        try:
            key = read_key(self.kind, typed["key"])
        except ValueError as wrong:
            self.add_error("key", str(wrong))
            return None
        options = [line.strip() for line in typed.get("options", "").splitlines() if line.strip()]
        said = {name: typed[name] for name in ("topic", "difficulty", "points")}
        said |= {name: typed[name].replace("\r\n", "\n") for name in ("stem", "explanation")}
        return QuestionDraft(kind=self.kind, options=offered(self.kind, options), key=key, **said)


class QuestionFilter(forms.Form):
    """What a bank's list is narrowed down by; anything odd narrows nothing."""

    q = forms.CharField(label="题干", required=False, max_length=40)
    topic = forms.ChoiceField(label="知识点", required=False)
    kind = forms.ChoiceField(
        label="题型", required=False, choices=[("", "全部题型"), *ExamQuestionKind.choices]
    )
    difficulty = forms.ChoiceField(
        label="难度", required=False, choices=[("", "全部难度"), *Difficulty.choices]
    )
    shown = forms.ChoiceField(label="状态", required=False, choices=SHOWN)

    def __init__(self, *args, topics: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [("", "全部知识点"), *((topic, topic) for topic in topics)]
        self.is_valid()

    @property
    def is_narrowing(self) -> bool:
        return any(self.cleaned_data.get(name) for name in self.fields)

    def narrow(self, rows: QuerySet[ExamQuestion]) -> QuerySet[ExamQuestion]:
        chosen = self.cleaned_data
        rows = rows.filter(is_active=chosen.get("shown") != "retired")
        if words := chosen.get("q"):
            rows = rows.filter(stem__icontains=words)
        given = {name: chosen[name] for name in ("topic", "kind", "difficulty") if chosen.get(name)}
        return rows.filter(**given)


class WorkbookForm(forms.Form):
    """A table of questions on its way to the preview."""

    file = forms.FileField(
        label="试题表", max_length=200, help_text=".xlsx 或 .csv，不超过 2 MB",
        error_messages={
            "required": "请选择试题表", "empty": "文件是空的：请选择有试题的表",
            "max_length": "文件名太长：请改短后再上传", "invalid": "没有收到文件：请重新选择",
        },
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("文件超过 2 MB：请去掉图片，或分成几个文件")
        return file


def initial_of(question: ExamQuestion) -> dict[str, Any]:
    """What the form of a change begins with."""
    names = ("topic", "difficulty", "points", "stem", "explanation")
    kind = ExamQuestionKind(question.kind)
    return {
        **{name: getattr(question, name) for name in names},
        "options": "\n".join(question.options),
        "key": written_key(kind, question.key),
    }
