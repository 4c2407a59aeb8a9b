"""Fields that many forms share: words of a bounded length, any number of files."""

from typing import Any

from django import forms


def words(label: str, length: int, *, rows: int = 0, required: bool = True, **attrs: Any) -> forms.CharField:
    """A text of at most `length` characters, on one line or `rows`; its messages say by how much it is too long."""
    widget = forms.Textarea({"rows": rows, **attrs}) if rows else forms.TextInput(attrs)
    return forms.CharField(
        label=label, max_length=length, required=required, widget=widget,
        error_messages={
            "required": f"请填写{label}",
            "max_length": f"{label}最多 {length} 字，现在有 %(show_value)s 字，请精简",
        },
    )  # fmt: skip


class ManyFiles(forms.FileInput):
    """Without the box that clears what is there: of a list nothing is, and a ticked one would answer with no list."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, as a list."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(FilesField, self).clean(one, initial) for one in data or [] if one]
