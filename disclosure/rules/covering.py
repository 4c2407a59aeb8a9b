"""区分处理 (条例第三十七条): what may be covered in which file, and what speaks against what was marked."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile

from django.core.files.storage import default_storage

from disclosure.models import DecisionFile
from portal import parameters
from portal.redaction import PAGED, TEXTS, Box, Unreadable

LONGEST, MOST_PHRASES = 200, 200


def is_paged(file: DecisionFile) -> bool:
    """Rectangles are drawn on its pages."""
    return file.source.extension in PAGED


def is_text(file: DecisionFile) -> bool:
    """Words are taken out of it."""
    return file.source.extension in TEXTS


@contextmanager
def opened(file: DecisionFile) -> Iterator[Path]:
    """The file to be covered as a path on this machine while it is worked on, wherever it is kept.

    Raises Unreadable where nothing is kept under its name.
    """
    try:
        kept = default_storage.open(str(file.source.file.name))
    except FileNotFoundError as missing:
        raise Unreadable("原件没有找到，请联系网管从备份中恢复") from missing
    with kept, NamedTemporaryFile() as copy:
        copyfileobj(kept, copy)
        copy.flush()
        yield Path(copy.name)


def boxes(file: DecisionFile) -> list[Box]:
    return [Box.of(one) for one in file.covered] if is_paged(file) else []


def too_many_pages(pages: int) -> str:
    """Why a file of so many pages is not taken, "" when it is."""
    most = parameters.value("redact_pages")
    if most is None or pages <= most:
        return ""
    return f"这份文件有 {pages} 页，一份最多 {most} 页：请按内容拆成几份，或只提供需要的部分"


def wrong_boxes(marked: Sequence[Box], pages: int) -> str:
    """What is wrong with rectangles drawn on a file of so many pages."""
    for box in marked:
        if not 1 <= box.page <= pages:
            return f"第 {box.page} 页不存在，这份文件共 {pages} 页"
        if not box.is_inside:
            return f"第 {box.page} 页有一处遮盖超出页面或没有大小，请重新画"
    most = parameters.value("redact_marks")
    if most is not None and len(marked) > most:
        return f"遮盖共 {len(marked)} 处，一份文件最多 {most} 处"
    return ""


def wrong_phrases(phrases: Sequence[str], text: Sequence[str]) -> str:
    """What is wrong with words to be taken out of this text."""
    if len(phrases) > MOST_PHRASES:
        return f"要遮盖的文字有 {len(phrases)} 处，一份文件最多 {MOST_PHRASES} 处"
    for phrase in phrases:
        if len(phrase) > LONGEST:
            return f"一处最多 {LONGEST} 字，长的请分成几行"
        if not any(phrase in line for line in text):
            return f"文中没有“{phrase}”，请照原文填写"
    return ""
