"""在线投稿: plain paragraphs, no pictures (办法第二十条第2项), and whose text it is (办法第十三条第2项)."""

import uuid
from collections.abc import Iterable
from html import escape
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from columns.models import Column
from columns.tree import ColumnTree
from interaction.forms.words import tidy
from interaction.operations.contributions import Text
from portal import richtext

LENGTH = 20000


class ContributionForm(forms.Form):
    """Cleaned into a `Text`. `key` makes a double click harmless."""

    column = forms.TypedChoiceField(label="栏目", coerce=int, error_messages={"required": "请选择栏目"})
    title = forms.CharField(label="标题", max_length=60, error_messages={"required": "请填写标题"})
    is_reprint = forms.TypedChoiceField(
        label="来源",
        choices=[("", "原创，作者是我本人"), ("yes", "转载")],
        coerce=lambda said: said == "yes",
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )
    author_name = forms.CharField(label="原作者", max_length=60, required=False)
    source_name = forms.CharField(label="出处", max_length=80, required=False)
    body = forms.CharField(
        label="正文",
        max_length=LENGTH,
        widget=forms.Textarea(attrs={"rows": 16, "maxlength": LENGTH}),
        error_messages={
            "required": "请填写正文",
            "max_length": f"正文最多 {LENGTH} 字，请精简或分篇投稿",
        },
    )
    is_declared = forms.BooleanField(
        label="文责自负：内容真实，不涉密，不侵犯他人的权利",
        error_messages={"required": "请确认文责自负"},
    )
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, columns: Iterable[Column], tree: ColumnTree, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.columns = {column.pk: column for column in columns}
        self.fields["column"].choices = [("", "请选择"), *_grouped(self.columns.values(), tree)]
        self.fields["key"].initial = uuid.uuid4()

    def clean_column(self) -> Column:
        return self.columns[self.cleaned_data["column"]]

    def clean_title(self) -> str:
        return self._line("title") or self._refuse("请填写标题")

    def clean_body(self) -> str:
        """As the house style has it; a paragraph a line."""
        lines = tidy(self.cleaned_data["body"]).split("\n")
        body = richtext.clean("".join(f"<p>{escape(line)}</p>" for line in lines if line.strip()))
        return self._refuse("请填写正文") if richtext.is_empty(body) else body

    def clean_key(self) -> uuid.UUID:
        return self.cleaned_data["key"] or uuid.uuid4()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("is_reprint"):
            for name, words in (("author_name", "转载须注明原作者"), ("source_name", "转载须注明出处")):
                if name in cleaned and not self._line(name):
                    self.add_error(name, f"{words}（办法第十二条）")
        return cleaned

    def text(self) -> Text:
        names = ("column", "title", "body", "is_reprint", "author_name", "source_name")
        return Text(**{name: self.cleaned_data[name] for name in names})

    def _line(self, name: str) -> str:
        return richtext.one_line(self.cleaned_data[name])

    def _refuse(self, words: str) -> str:
        raise ValidationError(words)


def _grouped(columns: Iterable[Column], tree: ColumnTree) -> list[tuple[str, list[tuple[int, str]]]]:
    """For a select: under each main column those below it."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for column in columns:
        groups.setdefault(tree.path(column)[0].name, []).append((column.pk, column.name))
    return list(groups.items())
