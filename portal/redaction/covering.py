"""Painting over: every page becomes a picture, the pictures become a PDF that holds nothing else."""

from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageDraw

from portal.redaction.boxes import Box
from portal.redaction.pages import Pages

QUALITY = 82


def cover(pages: Pages, boxes: Iterable[Box], out: BinaryIO, *, dots: int) -> None:
    """Write the pages with `boxes` painted black to `out` as a PDF of pictures; one page is held at a time."""
    by_page: dict[int, list[Box]] = {}
    for box in boxes:
        by_page.setdefault(box.page, []).append(box)
    pdf = PictureBook(out, len(pages))
    for number, (image, size) in enumerate(pages.pictures(dots), start=1):
        paint(image, by_page.get(number, ()))
        pdf.add(image, size)
    pdf.finish()


def paint(image: Image.Image, boxes: Iterable[Box]) -> None:
    draw = ImageDraw.Draw(image)
    for box in boxes:
        draw.rectangle(box.on(image.width, image.height), fill="black")


class PictureBook:
    """A PDF of one picture a page and nothing else: no text, no fonts, no names, no dates."""

    def __init__(self, out: BinaryIO, pages: int) -> None:
        self.out, self.places = out, [0]
        self.out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
        kids = b" ".join(b"%d 0 R" % (3 + 3 * page) for page in range(pages))
        self._object(b"<</Type/Catalog/Pages 2 0 R>>")
        self._object(b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids))

    def add(self, image: Image.Image, size: tuple[float, float]) -> None:
        """`size` in points."""
        jpeg, first = BytesIO(), len(self.places)
        image.save(jpeg, "JPEG", quality=QUALITY)
        drawn = b"q %.2f 0 0 %.2f 0 0 cm /P Do Q" % size
        self._object(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R/Resources<</XObject<</P %d 0 R>>>>>>"
            % (*size, first + 1, first + 2)
        )
        self._object(b"<</Length %d>>" % len(drawn), drawn)
        self._object(
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8"
            b"/Filter/DCTDecode/Length %d>>" % (image.width, image.height, jpeg.tell()),
            jpeg.getvalue(),
        )

    def finish(self) -> None:
        start = self.out.tell()
        lines = [b"%010d 00000 n \n" % place for place in self.places[1:]]
        self.out.write(b"xref\n0 %d\n0000000000 65535 f \n" % len(self.places) + b"".join(lines))
        self.out.write(
            b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(self.places), start)
        )

    def _object(self, said: bytes, stream: bytes | None = None) -> None:
        number = len(self.places)
        self.places.append(self.out.tell())
        body = said if stream is None else said + b"\nstream\n" + stream + b"\nendstream"
        self.out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
