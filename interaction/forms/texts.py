"""Texts as people type them: running text and single lines, measured as the browser measures them."""

from typing import Any

from django import forms


class LongText(forms.CharField):
    """Several lines; a line end counts as one character, as the browser counts it."""

    def __init__(self, *, most: int, rows: int = 4, missing: str = "请填写", **kwargs: Any):
        super().__init__(
            max_length=most,
            widget=forms.Textarea({"rows": rows, "maxlength": most}),
            error_messages={"required": missing, "max_length": f"最多 {most} 字，请精简"},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        text = "" if value is None else str(value)
        return super().to_python(text.replace("\r\n", "\n").replace("\r", "\n"))


class Line(forms.CharField):
    """One line of words."""

    def __init__(self, *, most: int, missing: str = "请填写", **kwargs: Any):
        kwargs.setdefault("widget", forms.TextInput())
        super().__init__(
            max_length=most,
            error_messages={"required": missing, "max_length": f"最多 {most} 字，请精简"},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())
