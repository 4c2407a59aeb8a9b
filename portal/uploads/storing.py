"""Taking a file: judge it, store it, write its row; a file without a row never stays behind."""

import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePosixPath
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from portal import clock
from portal.enums import FileKind
from portal.models import StoredFile, User
from portal.uploads import documents, pictures
from portal.uploads.refusal import UploadRefused

_ALLOWED = "图片可用 JPG、PNG、GIF、WEBP，文档可用 PDF、Word、Excel、PPT、TXT、CSV"
_UNWANTED_IN_NAMES = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_FORBIDDEN_IN_NAMES = re.compile(r'[<>:"|?*]')
_MAX_NAME = 200
NO_ROOM = "没有存下：服务器的存储空间不足或暂时不能写入，请稍后再传；仍不行请联系网管"
log = logging.getLogger(__name__)
_written: ContextVar[list[str] | None] = ContextVar("written", default=None)


def accept(upload: UploadedFile, *, owner: User | None) -> StoredFile:
    """Judge the file by its content, store it with its thumbnails and write its row. Raises UploadRefused.

    Pictures are written anew (see `pictures`); documents stay byte for byte. Inside `together()` the files
    share the fate of the whole transaction, else of this one row.
    """
    name = _tidy_name(upload.name or "")
    extension = PurePosixPath(name).suffix.lstrip(".").lower()
    upload.seek(0)
    if not upload.size:
        raise UploadRefused(name, "是空文件")
    if pictures.looks_like_picture(upload.read(12)):
        return _accept_picture(upload, name, extension, owner)
    return _accept_document(upload, name, extension, owner)


@contextmanager
def together() -> Iterator[None]:
    """One transaction for rows and files: when it fails, files accepted inside it are deleted again."""
    outer = _written.get()
    mine: list[str] = []
    token = _written.set(mine)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for name in mine:
            _storage().delete(name)
        raise
    finally:
        _written.reset(token)
    if outer is not None:
        outer += mine


def thumbnail_name(stored: StoredFile, size: str) -> str:
    """Where the thumbnail "card" (640×400) or "thumb" (240×150) of a picture is stored. Raises KeyError."""
    if size not in pictures.THUMBNAILS:
        raise KeyError(size)
    return f"{stored.file.name.rpartition('.')[0]}.{size}.jpg"


def _accept_picture(upload: UploadedFile, name: str, extension: str, owner: User | None) -> StoredFile:
    _check_size(upload, name, settings.UPLOAD_MAX_PICTURE_BYTES, "图片")
    if extension and extension not in pictures.ENDINGS:
        raise UploadRefused(name, f"的内容是图片，与扩展名“.{extension}”不符：请改正扩展名后再上传")
    picture = pictures.set_picture(upload, name)
    if extension not in pictures.EQUAL_ENDINGS[picture.ending]:
        name = _fitted(name.rpartition(".")[0] or name, picture.ending)
    stored = StoredFile(
        name=name,
        kind=FileKind.PICTURE,
        content_type=pictures.CONTENT_TYPES[picture.ending],
        size=len(picture.content),
        sha256=hashlib.sha256(picture.content).hexdigest(),
        width=picture.width,
        height=picture.height,
        owner=owner,
    )
    return _keep(stored, picture.ending, ContentFile(picture.content), picture.thumbnails)


def _accept_document(upload: UploadedFile, name: str, extension: str, owner: User | None) -> StoredFile:
    _check_size(upload, name, settings.UPLOAD_MAX_DOCUMENT_BYTES, "文档")
    ending = documents.recognise(upload, name, extension)
    if ending is None:
        claimed = "图片" if extension in pictures.ENDINGS else documents.LABELS.get(extension)
        if claimed is None:
            raise UploadRefused(name, f"不是可以上传的文件类型：{_ALLOWED}")
        raise UploadRefused(name, f"的内容不是{claimed}，可能已损坏或改过扩展名：请用原软件重新保存后再上传")
    if extension and extension != ending:
        label = documents.LABELS[ending]
        raise UploadRefused(
            name, f"的内容是{label}（.{ending}），与扩展名“.{extension}”不符：请改正扩展名后再上传"
        )
    stored = StoredFile(
        name=name if extension else _fitted(name, ending),
        kind=FileKind.DOCUMENT,
        content_type=documents.CONTENT_TYPES[ending],
        size=upload.size,
        sha256=_digest(upload),
        owner=owner,
    )
    return _keep(stored, ending, upload, {})


def _keep(stored: StoredFile, ending: str, content: File, thumbnails: dict[str, bytes]) -> StoredFile:
    """Write the files, then the row, all or nothing."""
    stored.id = uuid4()
    stored.created_at = clock.now()
    folder = timezone.localtime(stored.created_at).strftime("stored/%Y/%m")
    with together():
        stored.file.name = _save(f"{folder}/{stored.id}.{ending}", content)
        for size, picture in thumbnails.items():
            _save(thumbnail_name(stored, size), ContentFile(picture))
        stored.save(force_insert=True)
    return stored


def _save(name: str, content: File) -> str:
    _written.get().append(name)
    content.seek(0)
    try:
        return _storage().save(name, content)
    except OSError as error:  # the disk is full, or for reading only
        log.error("文件没有存下：%s", error.strerror or type(error).__name__)
        raise UploadRefused(PurePosixPath(name).name, NO_ROOM) from error


def _storage():
    return StoredFile._meta.get_field("file").storage


def _check_size(upload: UploadedFile, name: str, limit: int, label: str) -> None:
    if upload.size > limit:
        megabyte = 1024 * 1024
        raise UploadRefused(
            name, f"有 {upload.size / megabyte:.1f} MB，超过{label}上限 {limit / megabyte:g} MB"
        )


def _digest(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def _tidy_name(raw: str) -> str:
    """The name as people know it, without folders, control characters and what no disk takes."""
    name = _UNWANTED_IN_NAMES.sub("", raw).replace("\\", "/").rpartition("/")[2]
    name = _FORBIDDEN_IN_NAMES.sub("_", name).strip(" .\u3000") or "未命名"
    stem, dot, extension = name.rpartition(".")
    return _fitted(stem, extension) if dot and len(extension) <= 10 else name[:_MAX_NAME]


def _fitted(stem: str, extension: str) -> str:
    return f"{stem[: _MAX_NAME - len(extension) - 1]}.{extension}"
