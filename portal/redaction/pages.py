"""Pages of a PDF or a picture, one at a time, as people see them: with their notes and the words typed into forms.

PDFium knows no threads: one lock for all of it, held for a page at a time.
"""

from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from types import TracebackType

import pypdfium2
from PIL import Image, ImageOps

PAGED = ("pdf", "jpg", "jpeg", "png", "webp", "gif")
POINTS = 72
MOST_EDGE = 4000
_LOCK = Lock()
_BROKEN = (pypdfium2.PdfiumError, OSError, ValueError, SyntaxError)


class Unreadable(ValueError):
    """The file cannot be shown page by page; the message says why."""


class Pages:
    """The pages of a file: `with Pages(path, ending) as pages`. Raises Unreadable."""

    def __init__(self, path: str | Path, ending: str) -> None:
        self.path, self._pdf, self._count = path, None, 1
        if ending not in PAGED:
            raise Unreadable("只有 PDF 和图片可以在页面上画遮盖")
        if ending == "pdf":
            with _LOCK:
                self._pdf = _opened(path)
                self._count = len(self._pdf)

    def __enter__(self) -> "Pages":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pdf is not None:
            with _LOCK:
                self._pdf.close()

    def __len__(self) -> int:
        return self._count

    def pictures(self, dots: int) -> Iterator[tuple[Image.Image, tuple[float, float]]]:
        """Every page with its size in points; one is held at a time."""
        for number in range(1, len(self) + 1):
            yield self.picture(number, dots)

    def picture(self, number: int, dots: int) -> tuple[Image.Image, tuple[float, float]]:
        """Page `number`, from 1, at `dots` an inch, upright and without transparency."""
        try:
            image, size = self._drawn(number, dots) if self._pdf is not None else self._painted(dots)
        except _BROKEN as error:
            raise Unreadable(f"第 {number} 页无法显示，文件可能已损坏") from error
        return image, size

    def _drawn(self, number: int, dots: int) -> tuple[Image.Image, tuple[float, float]]:
        with _LOCK:
            page = self._pdf[number - 1]
            try:
                width, height = page.get_size()
                if min(width, height) < 1:
                    raise ValueError("empty page")
                scale = min(dots / POINTS, MOST_EDGE / max(width, height))
                bitmap = page.render(scale=scale, rev_byteorder=True)
                image = bitmap.to_pil().convert("RGB")
                bitmap.close()
            finally:
                page.close()
        return image, (width, height)

    def _painted(self, dots: int) -> tuple[Image.Image, tuple[float, float]]:
        with Image.open(self.path) as opened:
            upright = ImageOps.exif_transpose(opened)
            ground = Image.new("RGB", upright.size, "white")
            clear = upright.convert("RGBA")
            ground.paste(clear, mask=clear)
        return ground, (ground.width * POINTS / dots, ground.height * POINTS / dots)


def _opened(path: str | Path) -> pypdfium2.PdfDocument:
    try:
        pdf = pypdfium2.PdfDocument(path)
        pdf.init_forms()
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        reason = "设有打开密码，请取消密码后再上传" if locked else "已损坏，无法打开"
        raise Unreadable(f"这份 PDF {reason}") from error
    if not len(pdf):
        pdf.close()
        raise Unreadable("这份 PDF 没有页面")
    return pdf
