"""送交包: list, full texts, attachments and checksums of a span of days as one .zip, written as it is sent.

政府信息公开-城东分局-2026年/
  目录.xlsx          one line an entry, with the folder of its text
  全文/<索引号>/      正文.html, 正文.txt, 图片/…, 附件/…
  校验.sha256        as `sha256sum -c` reads it
  清单.json          who made it, when, what is in it
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

from django.core.files.storage import default_storage
from django.template.loader import render_to_string

from disclosure.models import CatalogueEntry, Office
from disclosure.queries import packages as queries
from disclosure.queries.packages import Span
from disclosure.workbook.entries import HEADINGS, WIDTHS, line
from portal import clock
from portal.documents import zipped
from portal.models import StoredFile
from portal.richtext import plain_text
from portal.spreadsheets import Sheet, spooled

PIECE = 64 * 1024
IN_MEMORY = 1024 * 1024
_UNSAFE = re.compile(r"[\\/:*?\"<>|\x00-\x1f]")
_LINKED = re.compile(r"(src|href)=\"(/files/([0-9a-f-]{36})/[^\"]*)\"")
Part = tuple[str, Iterable[bytes]]


def name_of(office: Office, span: Span) -> str:
    return f"{_stem(office, span)}.zip"


def stream(office: Office, span: Span) -> Iterator[bytes]:
    """The package, piece by piece. An attachment that is lost is named in 清单.json as missing."""
    yield from zipped(_Book(office, span).parts(), span.last)


class _Book:
    """What is being written: checksums and figures are gathered on the way, on disk where they grow."""

    def __init__(self, office: Office, span: Span):
        self.office, self.span, self.root = office, span, _stem(office, span)
        self.sums = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 — closed with the last part
        self.entries = self.files = 0
        self.missing: list[str] = []

    def parts(self) -> Iterator[Part]:
        with self.sums, self._index() as index:
            yield self._summed("目录.xlsx", _pieces(index))
            for entry in queries.texts(self.office.site, self.span):
                yield from self._text(entry)
                self.entries += 1
            self.sums.seek(0)
            yield f"{self.root}/校验.sha256", _pieces(self.sums)
            yield f"{self.root}/清单.json", [self._manifest()]

    def _index(self) -> SpooledTemporaryFile:
        found = queries.entries(self.office.site, self.span)
        rows = ((*line(one), f"全文/{one.index_number}") for one in found)
        return spooled([Sheet("公开目录", (*HEADINGS, "全文所在"), rows, (*WIDTHS, 28))])

    def _text(self, entry: CatalogueEntry) -> Iterator[Part]:
        folder, revision = f"全文/{entry.index_number}", entry.article.published_revision
        attached = [one.file for one in revision.attachments.all()]
        inside = {
            str(one.pk): f"图片/{_file_name(place, one)}"
            for place, one in enumerate(revision.pictures.all(), 1)
        }
        inside |= {str(one.pk): f"附件/{_file_name(place, one)}" for place, one in enumerate(attached, 1)}
        body = _LINKED.sub(lambda found: f'{found[1]}="{inside.get(found[3], found[2])}"', revision.body)
        context = {"entry": entry, "body": body, "attached": [(inside[str(one.pk)], one) for one in attached]}
        page = render_to_string("desk/catalogue/package_text.html", context)
        yield self._summed(f"{folder}/正文.html", [page.encode()])
        yield self._summed(f"{folder}/正文.txt", [f"{entry.title}\n\n{plain_text(revision.body)}\n".encode()])
        for one in (*revision.pictures.all(), *attached):
            name = f"{folder}/{inside[str(one.pk)]}"
            if default_storage.exists(one.file.name):
                yield self._summed(name, _stored(one))
            else:
                self.missing.append(name)

    def _summed(self, name: str, pieces: Iterable[bytes]) -> Part:
        """The part under the package's folder; its checksum is written down when the last piece has gone."""
        self.files += 1
        return f"{self.root}/{name}", self._counted(name, pieces)

    def _counted(self, name: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
            yield piece
        self.sums.write(f"{digest.hexdigest()}  {name}\n".encode())

    def _manifest(self) -> bytes:
        said = {
            "organ": self.office.organ, "site": self.office.site.key, "first": self.span.first.isoformat(),
            "last": self.span.last.isoformat(), "made_at": clock.local(clock.now()).isoformat(timespec="seconds"),
            "entries": self.entries, "files": self.files, "missing": self.missing, "checksums": "校验.sha256",
        }  # fmt: skip
        return json.dumps(said, ensure_ascii=False, indent=2).encode()


def _stem(office: Office, span: Span) -> str:
    return _UNSAFE.sub("_", f"政府信息公开-{office.organ}-{span}")


def _file_name(place: int, file: StoredFile) -> str:
    """Numbered, so that two of one name stand side by side."""
    return f"{place:02d}-{_UNSAFE.sub('_', file.name)}"


def _stored(file: StoredFile) -> Iterator[bytes]:
    with default_storage.open(file.file.name) as opened:
        yield from _pieces(opened)


def _pieces(opened: Any) -> Iterator[bytes]:
    while piece := opened.read(PIECE):
        yield piece
