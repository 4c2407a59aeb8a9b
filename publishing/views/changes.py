"""What differs between two texts: revisions of one article, or saved versions of one revision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal import richtext, textdiff
from publishing.models import Revision

FIELDS = (
    "title", "column", "author_name", "is_reprint", "source_name", "department", "written_on", "cover",
    "is_headline",
)  # fmt: skip
EMPTY = "（空）"


@dataclass(frozen=True)
class FieldChange:
    """One field in words: before and after."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Changes:
    """`fields` that differ, `body` as safe HTML ("" when the same); false when nothing differs."""

    fields: list[FieldChange]
    body: str

    def __bool__(self) -> bool:
        return bool(self.fields or self.body)


def between(old: Any, new: Any) -> Changes:
    """From `old` to `new`; each a Revision or one of its saved versions (which know no attachments)."""
    return Changes(list(_fields(old, new)), textdiff.compare(old.body, new.body))


def _fields(old: Any, new: Any) -> Iterator[FieldChange]:
    for name in FIELDS:
        field = Revision._meta.get_field(name)
        if getattr(old, field.attname) != getattr(new, field.attname):
            yield FieldChange(str(field.verbose_name), _words(getattr(old, name)), _words(getattr(new, name)))
    if _own_summary(old) != _own_summary(new):
        yield FieldChange("摘要", _own_summary(old), _own_summary(new))
    if isinstance(old, Revision) and isinstance(new, Revision):
        before, after = _attachments(old), _attachments(new)
        if before != after:
            yield FieldChange("附件", "、".join(before) or EMPTY, "、".join(after) or EMPTY)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return str(value) if value not in (None, "") else EMPTY


def _own_summary(text: Any) -> str:
    """A summary that somebody wrote; one taken from the beginning of the text is no change of its own."""
    is_taken = text.summary in ("", richtext.summary(text.body))
    return "（取正文开头）" if is_taken else text.summary


def _attachments(revision: Revision) -> list[str]:
    return [one.file.name for one in revision.attachments.select_related("file")]
