"""What is to be covered, as drawn or typed: rectangles in per cent of the page, or words of the text."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from disclosure.operations.answer_files import NAME
from disclosure.rules.covering import MOST_PHRASES
from portal.forms.fields import words
from portal.redaction import Box

SIDES = ("left", "top", "width", "height")
LABELS = dict(zip(SIDES, ("左", "上", "宽", "高"), strict=True))
MOST_ROWS = 60


class CoverForm(forms.Form):
    """What both kinds of file ask for. `marks` stands for whatever is wrong with what was marked."""

    name = words("给出的文件名", NAME)
    ground = words("遮盖依据", 200, rows=2, required=False)


class PhrasesForm(CoverForm):
    marks = forms.CharField(
        label="要遮盖的文字",
        required=False,
        widget=forms.Textarea({"rows": 6}),
        max_length=MOST_PHRASES * 200,
    )

    def clean_marks(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["marks"].splitlines() if line.strip()]


class BoxesForm(CoverForm):
    """The rectangles of one page; those of other pages stay as they are."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, page: int, kept: Sequence[Box], **kwargs: Any
    ):
        super().__init__(data, **kwargs)
        self.page, self.kept = page, kept
        self.fields["marks"] = forms.Field(required=False)
        self.rows = _typed(data) if data is not None else [_percents(one) for one in kept if one.page == page]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        others = [one for one in self.kept if one.page != self.page]
        here = []
        for number, row in enumerate(self.rows, start=1):
            if not any(row.values()):
                continue
            try:
                here.append(self._box(row))
            except (ValueError, OverflowError):
                raise ValidationError(
                    {"marks": f"第 {number} 处请填写 0 到 100 的数字，单位是页面的百分之几"}
                ) from None
        cleaned["marks"] = sorted([*others, *here], key=lambda one: one.page)
        return cleaned

    def _box(self, row: Mapping[str, str]) -> Box:
        numbers = {side: round(float(row[side]) * 10) for side in SIDES}
        if any(abs(number) > 100_000 for number in numbers.values()):
            raise ValueError
        return Box(page=self.page, **numbers)


def _typed(data: Mapping[str, Any]) -> list[dict[str, str]]:
    columns = {side: data.getlist(side)[:MOST_ROWS] for side in SIDES}
    count = max(len(column) for column in columns.values())
    return [
        {side: column[at].strip()[:8] if at < len(column) else "" for side, column in columns.items()}
        for at in range(count)
    ]


def _percents(box: Box) -> dict[str, str]:
    return {side: f"{getattr(box, side) / 10:g}" for side in SIDES}
