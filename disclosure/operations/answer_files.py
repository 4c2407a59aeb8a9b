"""Files given out with an answer; what may not be read is covered in a file made anew (条例第三十七条).

The original stays in the house. Whatever changes in the marks puts the covered file aside: nothing half covered goes
out (`disclosure.rules.lacks`).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction

from disclosure.models import Decision, DecisionFile, DisclosureRequest
from disclosure.operations import decisions
from disclosure.operations.decisions import Draft
from disclosure.rules import covering as rules
from portal import audit, clock, parameters, uploads
from portal.models import StoredFile, User
from portal.redaction import Box, Pages, Unreadable, cover, cover_text, lines, text_file
from portal.uploads import UploadRefused
from portal.workflow import Refused, TooLate

MOST_FILES, NAME, DOTS = 20, 100, 150
COVERED = "（遮盖件）"


@uploads.together()
def attach(
    request: DisclosureRequest, files: Iterable[UploadedFile], *, by: User, draft: Draft | None = None, version: int = 0
) -> Decision:  # fmt: skip
    """附上文件; the draft is begun where there is none yet, or saved with what was typed beside (`decisions.save`)."""
    decision = decisions.save(request, draft, version=version, by=by) if draft else _draft(request, by)
    if not (files := list(files)):
        raise Refused("请选择文件", "files")
    if decision.files.count() + len(files) > MOST_FILES:
        raise Refused(f"附件最多 {MOST_FILES} 个", "files")
    for one in files:
        stored = _accepted(one, by)
        decision.files.create(file=stored, name=stored.name.rpartition(".")[0][:NAME])
    audit.record("attach", "附上文件", decision, actor=by, note=f"{len(files)} 个")
    return decision


@transaction.atomic
def detach(file: DecisionFile, *, by: User) -> None:
    """移除: no longer given out; what was stored stays in the house."""
    file = _locked(file, by)
    audit.record("detach", "移除附件", file.decision, actor=by, note=file.name)
    file.delete()


@transaction.atomic
def mark(
    file: DecisionFile,
    *,
    name: str,
    ground: str,
    boxes: Sequence[Box] = (),
    phrases: Sequence[str] = (),
    by: User,
) -> DecisionFile:
    """Keep what is to be covered, all of it; a file covered before is put aside once something else is marked."""
    file = _locked(file, by)
    covered = [one.as_json() for one in boxes] if rules.is_paged(file) else list(dict.fromkeys(phrases))
    if reason := _wrong(file, boxes, covered):
        raise Refused(reason, "marks")
    if covered != file.covered:
        file.file, file.original = file.source, None
    file.name, file.ground, file.covered = name, ground, covered
    file.save()
    return file


def burn(file: DecisionFile, *, by: User) -> DecisionFile:
    """生成遮盖件: from the original, with everything marked burnt in. Refused without a mark or a ground.

    Many pages take a while: they are drawn before anything is locked. TooLate if the marks changed meanwhile.
    """
    seen = _ready(file, by)
    with _covered(seen) as upload:
        return _put_in_place(seen, upload, by)


@transaction.atomic
def _ready(file: DecisionFile, by: User) -> DecisionFile:
    file = _locked(file, by)
    if not file.covered:
        raise Refused("还没有遮盖任何内容：请先画出要遮盖的地方", "marks")
    if not file.ground.strip():
        raise Refused("请写明遮盖的依据，如“个人隐私，条例第十五条”", "ground")
    return file


@uploads.together()
def _put_in_place(seen: DecisionFile, upload: UploadedFile, by: User) -> DecisionFile:
    file = _locked(seen, by)
    if file.marks != seen.marks:
        raise TooLate("遮盖在生成时又被改过，请看过现在的内容再生成")
    file.original, file.file = file.source, _accepted(upload, by)
    file.save()
    audit.record(
        "redact", "生成遮盖件", file.decision, actor=by, clause="政府信息公开条例第三十七条",
        note=f"{len(file.covered)} 处：{file.ground}",
    )  # fmt: skip
    return file


@contextmanager
def _covered(file: DecisionFile) -> Iterator[UploadedFile]:
    """The file made anew, of pages or of text."""
    name = f"{file.name}{COVERED}"
    if rules.is_paged(file):
        with TemporaryFile() as out:
            _draw(file, out)
            size = out.tell()
            out.seek(0)
            yield UploadedFile(out, f"{name}.pdf", "application/pdf", size)
        return
    ending = file.source.extension
    with _readable(), rules.opened(file) as path:
        text = cover_text(lines(path, ending), file.covered)
    yield SimpleUploadedFile(f"{name}.{ending}", text_file(text, ending))


def _draw(file: DecisionFile, out: BinaryIO) -> None:
    dots = parameters.value("redact_dots") or DOTS
    with _readable(), rules.opened(file) as path, Pages(path, file.source.extension) as pages:
        if reason := rules.too_many_pages(len(pages)):
            raise Refused(reason, "marks")
        cover(pages, rules.boxes(file), out, dots=dots)


def _wrong(file: DecisionFile, boxes: Sequence[Box], covered: list) -> str:
    with _readable(), rules.opened(file) as path:
        if rules.is_paged(file):
            with Pages(path, file.source.extension) as pages:
                return rules.too_many_pages(len(pages)) or rules.wrong_boxes(boxes, len(pages))
        if rules.is_text(file):
            return rules.wrong_phrases(covered, lines(path, file.source.extension))
    raise Refused("这种文件不能遮盖：请转换成 PDF 后再上传", "marks")


@contextmanager
def _readable() -> Iterator[None]:
    """What cannot be read is refused, at the marks."""
    try:
        yield
    except Unreadable as error:
        raise Refused(str(error), "marks") from error


def _accepted(file: UploadedFile, by: User) -> StoredFile:
    try:
        return uploads.accept(file, owner=by)
    except UploadRefused as refusal:
        raise Refused(refusal.message, "files") from refusal


def _draft(request: DisclosureRequest, by: User) -> Decision:
    request = DisclosureRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    decision = decisions.drafting(request, by=by)
    if decision.pk is None:
        decision.version, decision.saved_by, decision.saved_at = 1, by, clock.now()
        decision.save()
    return decision


def _locked(file: DecisionFile, by: User) -> DecisionFile:
    """The file, its request locked, for whoever may change the draft now."""
    request = DisclosureRequest.objects.select_for_update(no_key=True).get(pk=file.decision.request_id)
    decision = decisions.drafting(request, by=by)
    found = (
        DecisionFile.objects.select_related("file", "original")
        .filter(pk=file.pk, decision=decision.pk)
        .first()
    )
    if found is None:
        raise Refused("这个附件已被移除，请刷新后再看")
    found.decision = decision
    return found
