"""What is typed while a consultation is made and fed back. Nothing here saves."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory

from interaction.enums.consultations import Cut
from interaction.forms.letters import FilesField, ManyFiles
from interaction.forms.texts import Line, LongText
from interaction.models import Activity
from interaction.operations.consultations import MOST_CLAUSES, Content
from interaction.rules.clauses import Piece, cut

BACKGROUND_LENGTH, DRAFT_LENGTH, CLAUSE_LENGTH, HEADING_LENGTH = 5_000, 100_000, 5_000, 60
FEEDBACK_LENGTH = 5_000
BLANK_ROWS, LINE_LENGTH, MOST_ROWS = 2, 40, 12


class ContentForm(forms.Form):
    """Background, other ways to reach the office, attachments; the clauses are a form set of their own."""

    background = LongText(
        most=BACKGROUND_LENGTH, rows=6, label="起草背景", required=False, help_text="可不填，空一行另起一段"
    )
    contact = Line(
        most=200, label="其他反馈途径", required=False, help_text="如信函地址、传真、电子邮箱，随征集公告公布"
    )
    files = FilesField(
        required=False,
        widget=ManyFiles,
        label="添加附件",
        help_text="征求意见稿全文、起草说明等，可一次选几个",
    )
    drops = forms.TypedMultipleChoiceField(coerce=int, required=False, widget=forms.CheckboxSelectMultiple)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.attached = list(activity.files.select_related("file"))
        self.fields["drops"].choices = [(one.pk, str(one)) for one in self.attached]

    def content(self, clauses: Sequence[Piece]) -> Content:
        names = ("background", "contact", "files", "drops")
        return Content(clauses=clauses, **{name: self.cleaned_data[name] for name in names})


class CutForm(forms.Form):
    """One pasted text, to be cut into clauses."""

    draft = LongText(
        most=DRAFT_LENGTH, rows=8, label="粘贴全文", missing="请先粘贴征求意见稿的全文",
        help_text="从文件中复制全文粘贴到这里，拆分后在下面逐条核对",
    )  # fmt: skip
    how = forms.ChoiceField(label="拆分方式", choices=Cut.choices, initial=Cut.AUTO, required=False)

    @property
    def pieces(self) -> list[Piece]:
        return cut(self.cleaned_data["draft"], Cut(self.cleaned_data["how"] or Cut.AUTO))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "draft" in cleaned and "how" in cleaned and len(self.pieces) > MOST_CLAUSES:
            self.add_error("draft", f"拆出了 {len(self.pieces)} 条，超过 {MOST_CLAUSES} 条；请换一种拆分方式")
        return cleaned


class ClauseForm(forms.Form):
    """A heading alone is that of a chapter; neither is an empty row."""

    heading = Line(most=HEADING_LENGTH, label="条目", required=False)
    text = LongText(most=CLAUSE_LENGTH, rows=3, label="内容", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        text = str(self["text"].value() or "")
        lines = sum(len(line) // LINE_LENGTH + 1 for line in text.split("\n"))
        self.fields["text"].widget.attrs["rows"] = min(lines, MOST_ROWS) if text else 1


class Clauses(BaseFormSet):
    """The rows in the order that is typed beside them, without empty ones and those ticked to go."""

    def get_ordering_widget(self):
        return forms.NumberInput(attrs={"min": 1, "max": 9999, "inputmode": "numeric"})

    @property
    def pieces(self) -> list[Piece]:
        rows = (form.cleaned_data for form in self.ordered_forms)
        found = (Piece(row.get("heading", ""), row.get("text", "")) for row in rows)
        return [piece for piece in found if piece.heading or piece.text]


ClauseSet = formset_factory(
    ClauseForm, formset=Clauses, extra=BLANK_ROWS, can_order=True, can_delete=True,
    max_num=MOST_CLAUSES, absolute_max=MOST_CLAUSES + 50, validate_max=True,
)  # fmt: skip


def rows_of(pieces: Sequence[Piece]) -> list[dict[str, str]]:
    """What a form set begins with."""
    return [{"heading": one.heading, "text": one.text} for one in pieces]


class FeedbackForm(forms.Form):
    """反馈说明."""

    feedback = LongText(
        most=FEEDBACK_LENGTH, rows=8, label="反馈说明", missing="请填写反馈说明",
        help_text="征集的经过、意见的主要内容、采纳的总体情况，空一行另起一段",
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
