"""Fields that forms of interaction share: running text as people type it, several files at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

FILES_AT_ONCE = 10


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


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Cleaned into a list; what a file is, is judged when it is stored."""

    def __init__(self, **kwargs: Any):
        super().__init__(
            widget=_SeveralFiles(),
            required=False,
            error_messages={"empty": "有空文件，请重新选择", "invalid": "没有收到文件，请重新选择"},
            **kwargs,
        )

    def clean(self, data: Any, initial: Any = None) -> Sequence[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        if len(files) > FILES_AT_ONCE:
            raise forms.ValidationError(f"一次最多 {FILES_AT_ONCE} 个文件")
        cleaned = (super(Files, self).clean(file, initial) for file in files)
        return [file for file in cleaned if file]
