"""What is typed of a bulletin; the figures come by themselves."""

from typing import Any

from django import forms

from assessment.enums.bulletins import BulletinKind
from assessment.models import Bulletin, Scheme
from assessment.operations.bulletins import Words
from interaction.forms.texts import Line, LongText

OPENING_LENGTH = 1_000
WORDS = ("title", "number", "masthead", "addressed", "opening", "closing", "signed", "is_public")


class SpanForm(forms.Form):
    """Which one to draft: kind, any day of the span, whose scheme."""

    kind = forms.ChoiceField(label="类别", choices=BulletinKind.choices)
    day = forms.DateField(
        label="哪一期", widget=forms.DateInput({"type": "date"}), help_text="填这一期内的任何一天",
        error_messages={"required": "请选这一期内的一天", "invalid": "不是日期，写法如 2026-09-30"},
    )  # fmt: skip
    scheme = forms.ModelChoiceField(
        Scheme.objects.none(), label="计分办法", required=False, empty_label="不列得分，只列统计",
        error_messages={"invalid_choice": "没有这个计分办法，请重选"},
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["scheme"].queryset = Scheme.objects.filter(is_used=True).order_by("name", "-version")


class WordsForm(forms.Form):
    title = Line(most=80, label="标题", missing="请填写标题")
    masthead = Line(most=40, label="发文机关标志", missing="请填写发文机关标志")
    number = Line(most=40, label="文号", required=False, help_text="印发前须填，如 城东信通〔2026〕3号")
    addressed = Line(most=80, label="主送", required=False, help_text="如 各科室、工商所")
    opening = LongText(
        most=OPENING_LENGTH,
        rows=4,
        label="引言",
        required=False,
        help_text="不填则用惯用的开头；换行另起一段",
    )
    closing = LongText(
        most=OPENING_LENGTH, rows=5, label="下一步要求", required=False, help_text="换行另起一段"
    )
    signed = Line(most=40, label="署名", missing="请填写署名")
    is_public = forms.BooleanField(label="印发后在网站公布", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def of(cls, bulletin: Bulletin) -> "WordsForm":
        return cls(initial={name: getattr(bulletin, name) for name in (*WORDS, "version")})

    @property
    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in WORDS})
