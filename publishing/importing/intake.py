"""Writing what was found: in batches, each whole or not at all, and never the same article twice."""

import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from portal import richtext, uploads
from portal.models import User
from portal.spreadsheets import Refusal
from portal.workflow import Refused
from publishing import operations
from publishing.importing.rows import Row, RowRefused
from publishing.importing.target import Target
from publishing.models import Revision
from publishing.operations import Draft

BATCH_ROWS = 250
BATCH_BYTES = 8 * 1024 * 1024
ALREADY_DIFFERENT = "已存在且内容不同，未改动"

_PICTURE = re.compile(r"/files/[0-9a-f-]{36}/([0-9a-f]{16})\.\w+")
_SAME = ("title", "body", "summary", "author_name", "source_name", "is_reprint", "written_on")
_Known = dict[tuple[int, str], dict[str, object]]


@dataclass
class Report:
    """What became of everything that was found; `refused` in the order of files and lines."""

    imported: int = 0
    skipped: int = 0
    submitted: int = 0
    refused: list[Refusal] = field(default_factory=list)

    def add(self, other: "Report") -> None:
        self.imported += other.imported
        self.skipped += other.skipped
        self.submitted += other.submitted
        self.refused += other.refused


@dataclass(frozen=True, slots=True)
class _Item:
    row: Row
    draft: Draft

    @property
    def identity(self) -> tuple[int, str]:
        return self.draft.column.pk, self.draft.key

    @property
    def weight(self) -> int:
        return len(self.draft.body) + sum(map(len, self.row.pictures.values()))

    def refused(self, reason: str) -> Refusal:
        return Refusal(self.row.place, self.draft.title, reason)


class _NothingAtAll(Exception):
    """Takes back a whole import."""


def bring_in(
    found: Iterable[Row | Refusal], target: Target, *, submit: bool = False, all_or_nothing: bool = False
) -> Report:
    """Create a draft of every row that can be one, and report what was refused or there already.

    submit: report each for review too; a text that may not be reported is not kept either.
    all_or_nothing: nothing at all is written when anything is refused.
    """
    report = Report()
    try:
        with uploads.together() if all_or_nothing else nullcontext():
            for batch in _batches(_judged(found, target, report), 1 if submit else BATCH_ROWS):
                report.add(_write(batch, target.by, submit))
            if all_or_nothing and report.refused:
                raise _NothingAtAll
    except _NothingAtAll:
        report.imported = report.submitted = 0
    report.refused.sort(key=lambda one: (one.place.file, one.place.sheet, one.place.line or 0))
    return report


def _judged(found: Iterable[Row | Refusal], target: Target, report: Report) -> Iterator[_Item]:
    for one in found:
        if isinstance(one, Refusal):
            report.refused.append(one)
            continue
        try:
            yield _Item(one, target.draft(one))
        except RowRefused as refusal:
            report.refused.append(Refusal(one.place, one.fields.get("title", "")[:120], str(refusal)))


def _batches(items: Iterable[_Item], most: int) -> Iterator[list[_Item]]:
    """Bounded in number and bytes; a second row of the same identity waits until the first is written."""
    batch: dict[tuple[int, str], _Item] = {}
    weight = 0
    for item in items:
        if item.identity in batch or len(batch) >= most or weight > BATCH_BYTES:
            yield list(batch.values())
            batch, weight = {}, 0
        batch[item.identity] = item
        weight += item.weight
    if batch:
        yield list(batch.values())


def _write(batch: list[_Item], by: User, submit: bool) -> Report:
    """The batch at once; if anything in it is refused, row by row, to tell which."""
    try:
        with uploads.together():
            return _write_at_once(batch, by, submit)
    except (Refused, uploads.UploadRefused) as refusal:
        reason = refusal.message
    except IntegrityError:
        reason = "另有一次导入正在写入同一稿件，请重新导入"
    if len(batch) == 1:
        return Report(refused=[batch[0].refused(reason)])
    report = Report()
    for item in batch:
        report.add(_write([item], by, submit))
    return report


def _write_at_once(batch: list[_Item], by: User, submit: bool) -> Report:
    known, report, fresh = _imported_before(batch), Report(), []
    for item in batch:
        before = known.get(item.identity)
        if before is None:
            fresh.append(replace(item.draft, body=_with_pictures(item, by)))
        elif _says_the_same(item.draft, before):
            report.skipped += 1
        else:
            report.refused.append(item.refused(ALREADY_DIFFERENT))
    revisions = operations.create_many(fresh, by=by) if fresh else []
    if submit:
        for revision in revisions:
            operations.report(revision, by=by)
        report.submitted = len(revisions)
    report.imported = len(revisions)
    return report


def _with_pictures(item: _Item, by: User) -> str:
    """The body showing stored files instead of the addresses its reader gave the pictures."""
    body = item.draft.body
    for address, content in item.row.pictures.items():
        if address in body:
            upload = SimpleUploadedFile(address.rpartition("/")[2], content)
            body = body.replace(address, uploads.accept(upload, owner=by).get_absolute_url())
    return body


def _imported_before(batch: list[_Item]) -> _Known:
    """What each text said when it was imported, whatever editors made of it, wherever they moved it since."""
    first = Revision.history.filter(
        history_type="+", number=1, article__import_key__in={item.draft.key for item in batch}
    )
    known: _Known = {}
    for text in first.values(
        "column_id", "article__column_id", "article__import_key", "department_id", *_SAME
    ):
        for column in (text["article__column_id"], text["column_id"]):
            known[column, text["article__import_key"]] = text
    return known


def _says_the_same(draft: Draft, before: dict[str, object]) -> bool:
    if draft.department and draft.department.pk != before["department_id"]:
        return False
    said = {name: getattr(draft, name) for name in _SAME}
    said["summary"] = draft.summary or richtext.summary(draft.body)
    return all(_comparable(said[name]) == _comparable(before[name]) for name in _SAME)


def _comparable(value: object) -> object:
    """Pictures are the same when their content was; where they are stored does not matter."""
    return _PICTURE.sub(r"\1", value) if isinstance(value, str) else value
