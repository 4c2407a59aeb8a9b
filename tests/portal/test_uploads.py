"""Uploads: a file is what its bytes say; what is refused is told in Chinese and leaves nothing behind."""

import hashlib
import io
import re
import struct
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import IntegrityError
from PIL import Image

from portal import clock
from portal.enums import FileKind
from portal.models import StoredFile
from portal.uploads import UploadRefused, accept, open_zip_safely, thumbnail_name, together

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def files_under(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def picture(kind="JPEG", size=(900, 600), mode="RGB", colour="steelblue", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def archive(parts: dict[str, bytes], compression=zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def office(main_part: str, **more: bytes) -> bytes:
    return archive({"[Content_Types].xml": b"<Types/>", main_part: b"<x/>"} | more)


def ole(*streams: str) -> bytes:
    """The beginning of an Office 97 file: its header sector and a directory naming the streams."""
    entries = b"".join(
        (name + "\0").encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", len(name) * 2 + 2) + b"\0" * 62
        for name in ("Root Entry", *streams)
    )
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries


DOCX, XLSX, PPTX = office("word/document.xml"), office("xl/workbook.xml"), office("ppt/presentation.xml")
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(UploadRefused) as refused:
        accept(upload(name, content), owner=None)
    assert StoredFile.objects.count() == 0
    return refused.value.message


# --- pictures ---------------------------------------------------------------------------------------


def test_picture_is_stored_by_month_with_two_thumbnails(media):
    with clock.at(datetime(2026, 10, 31, 16, 30, tzinfo=UTC)):
        stored = accept(upload("会场.jpg", picture()), owner=None)
    assert files_under(media) == [
        f"stored/2026/11/{stored.pk}.card.jpg",
        f"stored/2026/11/{stored.pk}.jpg",
        f"stored/2026/11/{stored.pk}.thumb.jpg",
    ]
    assert (stored.name, stored.kind, stored.content_type) == ("会场.jpg", FileKind.PICTURE, "image/jpeg")
    assert (stored.width, stored.height) == (900, 600)
    content = (media / stored.file.name).read_bytes()
    assert (stored.size, stored.sha256) == (len(content), hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(("size", "shape"), [("card", (640, 400)), ("thumb", (240, 150))])
def test_thumbnails_have_fixed_shapes(media, size, shape):
    stored = accept(upload("会场.jpg", picture()), owner=None)
    with Image.open(media / thumbnail_name(stored, size)) as small:
        assert (small.size, small.format) == (shape, "JPEG")


def test_a_small_picture_keeps_the_shape_and_is_not_blown_up(media):
    stored = accept(upload("章.png", picture("PNG", size=(64, 64))), owner=None)
    with Image.open(media / thumbnail_name(stored, "card")) as small:
        assert small.size == (64, 40)


def test_a_transparent_picture_stands_on_white_in_its_thumbnails(media):
    stored = accept(upload("章.png", picture("PNG", mode="RGBA", colour=(0, 0, 0, 0))), owner=None)
    with Image.open(media / thumbnail_name(stored, "thumb")) as small:
        assert small.getpixel((5, 5)) == (255, 255, 255)


def test_a_picture_is_turned_upright_and_forgets_where_it_was_taken(media):
    camera = Image.Exif()
    camera[0x0112] = 6
    camera[0x010F] = "Camera of 周明"
    stored = accept(upload("竖.jpg", picture(exif=camera.tobytes())), owner=None)
    with Image.open(media / stored.file.name) as kept:
        assert (kept.size, dict(kept.getexif())) == ((600, 900), {})
    assert b"Camera" not in (media / stored.file.name).read_bytes()


def test_a_huge_picture_is_reduced(media):
    stored = accept(upload("大.jpg", picture(size=(5000, 2500))), owner=None)
    assert (stored.width, stored.height) == (2400, 1200)


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "CMYK"])
def test_every_way_of_storing_colours_is_read(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert accept(upload("图", picture(kind, mode=mode, colour=1)), owner=None).width == 900


def test_of_an_animation_the_first_frame_is_kept(media):
    frames = [Image.new("RGB", (300, 200), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    stored = accept(upload("动图.gif", out.getvalue()), owner=None)
    with Image.open(media / stored.file.name) as kept:
        assert (kept.convert("RGB").getpixel((9, 9)), getattr(kept, "n_frames", 1)) == ((255, 0, 0), 1)
    assert (stored.name, stored.content_type) == ("动图.png", "image/png")


def test_a_picture_named_after_another_kind_of_picture_gets_its_true_ending():
    assert accept(upload("会场.PNG", picture("JPEG")), owner=None).name == "会场.jpg"
    assert accept(upload("会场.JPEG", picture("JPEG")), owner=None).name == "会场.JPEG"


def test_markup_hidden_in_a_picture_does_not_survive(media):
    hidden = picture("PNG") + b"<script>alert(1)</script>"
    stored = accept(upload("图.png", hidden), owner=None)
    assert b"<script>" not in (media / stored.file.name).read_bytes()


def png_claiming(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes whose header promises far more."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 999))
        + chunk(b"IEND", b"")
    )


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (png_claiming(8000, 6000), "“弹.png”有 8000×6000 像素，超过 4000 万像素：请缩小后再上传"),
        (png_claiming(60_000, 60_000), "“弹.png”像素过多，超过 4000 万像素：请缩小后再上传"),
        (
            picture("PNG", size=(7000, 6000), mode="1", colour=0),
            "“弹.png”有 7000×6000 像素，超过 4000 万像素：请缩小后再上传",
        ),
    ],
    ids=["a large claim", "an absurd claim", "a real bomb"],
)
def test_an_image_bomb_is_refused_by_its_header(content, message):
    assert len(content) < 20_000
    assert refusal("弹.png", content) == message


@pytest.mark.parametrize(
    "content", [picture()[:400], png_claiming(900, 600), b"GIF89a", b"\xff\xd8\xff" + b"x" * 99]
)
def test_a_broken_picture_is_refused(content):
    assert refusal("坏.jpg", content) == "“坏.jpg”不是完整的图片，可能已损坏：请重新导出后再上传"


def test_a_picture_over_the_limit_is_refused(settings):
    settings.UPLOAD_MAX_PICTURE_BYTES = 1024 * 1024
    content = picture("PNG").ljust(2 * 1024 * 1024, b"\0")
    assert refusal("大.png", content) == "“大.png”有 2.0 MB，超过图片上限 1 MB"


# --- documents --------------------------------------------------------------------------------------

DOCUMENTS = {
    "通知.pdf": (PDF, "application/pdf"),
    "通知.docx": (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "名册.xlsx": (XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "课件.pptx": (PPTX, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "旧文.doc": (ole("WordDocument"), "application/msword"),
    "旧表.xls": (ole("Workbook"), "application/vnd.ms-excel"),
    "更旧的表.xls": (ole("Book"), "application/vnd.ms-excel"),
    "说明.txt": ("说明".encode(), "text/plain"),
    "国标.txt": ("说明".encode("gb18030"), "text/plain"),
    "名册.csv": ("\ufeff姓名,科室\r\n周明,办公室\r\n".encode(), "text/csv"),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_kept_byte_for_byte(media, name):
    content, content_type = DOCUMENTS[name]
    stored = accept(upload(name, content), owner=None)
    assert (media / stored.file.name).read_bytes() == content
    assert (stored.name, stored.kind, stored.content_type) == (name, FileKind.DOCUMENT, content_type)
    assert (stored.size, stored.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert files_under(media) == [stored.file.name]


def test_a_large_document_is_taken_from_its_temporary_file(media):
    sent = TemporaryUploadedFile("通知.pdf", "application/pdf", len(PDF), None)
    sent.write(PDF)
    stored = accept(sent, owner=None)
    sent.close()
    assert (media / stored.file.name).read_bytes() == PDF


def test_a_document_without_ending_gets_its_true_one():
    assert accept(upload("通知", PDF), owner=None).name == "通知.pdf"


def test_a_sheet_inside_an_old_text_does_not_change_what_it_is():
    assert (
        accept(upload("旧文.doc", ole("WordDocument", "Workbook")), owner=None).content_type
        == "application/msword"
    )


NO_SUCH_KIND = (
    "不是可以上传的文件类型：图片可用 JPG、PNG、GIF、WEBP，文档可用 PDF、Word、Excel、PPT、TXT、CSV"
)
REFUSED = {
    "html as docx": (
        "a.docx",
        b"<html><script>",
        "“a.docx”的内容不是 Word 文档，可能已损坏或改过扩展名：请用原软件重新保存后再上传",
    ),
    "svg as png": (
        "a.png",
        b"<svg onload=x>",
        "“a.png”的内容不是图片，可能已损坏或改过扩展名：请用原软件重新保存后再上传",
    ),
    "a program as pdf": (
        "a.pdf",
        b"MZ\x90\0" * 9,
        "“a.pdf”的内容不是 PDF 文档，可能已损坏或改过扩展名：请用原软件重新保存后再上传",
    ),
    "a plain zip as xlsx": (
        "a.xlsx",
        archive({"a.txt": b"x"}),
        "“a.xlsx”的内容不是 Excel 表格，可能已损坏或改过扩展名：请用原软件重新保存后再上传",
    ),
    "a sheet as docx": (
        "a.docx",
        XLSX,
        "“a.docx”的内容是 Excel 表格（.xlsx），与扩展名“.docx”不符：请改正扩展名后再上传",
    ),
    "an old sheet as doc": (
        "a.doc",
        ole("Workbook"),
        "“a.doc”的内容是 Excel 表格（.xls），与扩展名“.doc”不符：请改正扩展名后再上传",
    ),
    "a picture as pdf": ("a.pdf", picture(), "“a.pdf”的内容是图片，与扩展名“.pdf”不符：请改正扩展名后再上传"),
    "html": (
        "a.html",
        b"<html>",
        "“a.html”" + NO_SUCH_KIND,
    ),
    "a zip": (
        "a.zip",
        archive({"a.txt": b"x"}),
        "“a.zip”" + NO_SUCH_KIND,
    ),
    "text with nul": (
        "a.txt",
        b"a\0b",
        "“a.txt”的内容不是纯文本，可能已损坏或改过扩展名：请用原软件重新保存后再上传",
    ),
    "text in no encoding": (
        "a.csv",
        b"\xff\xfe\xff",
        "“a.csv”的内容不是 CSV 表格，可能已损坏或改过扩展名：请用原软件重新保存后再上传",
    ),
    "half a pdf": ("a.pdf", PDF[:20], "“a.pdf”已损坏，无法打开：请用原软件重新保存后再上传"),
    "half a docx": ("a.docx", DOCX[:-30], "“a.docx”已损坏，无法打开：请用原软件重新保存后再上传"),
    "macros": (
        "a.docx",
        office("word/document.xml", **{"word/vbaProject.bin": b"x"}),
        "“a.docx”含有宏：请另存为不含宏的格式后再上传",
    ),
    "declared macros": (
        "a.xlsx",
        archive({"[Content_Types].xml": b"sheet.macroEnabled.main+xml", "xl/workbook.xml": b"x"}),
        "“a.xlsx”含有宏：请另存为不含宏的格式后再上传",
    ),
    "old macros": (
        "a.doc",
        ole("WordDocument", "_VBA_PROJECT"),
        "“a.doc”含有宏：请另存为不含宏的格式后再上传",
    ),
    "a password": ("a.docx", ole("EncryptedPackage"), "“a.docx”设有打开密码：请取消密码后再上传"),
    "nothing": ("a.pdf", b"", "“a.pdf”是空文件"),
}


@pytest.mark.parametrize(("name", "content", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_what_it_says_is_refused_by_name(media, name, content, message):
    assert refusal(name, content) == message
    assert files_under(media) == []


def test_a_document_over_the_limit_is_refused(settings):
    settings.UPLOAD_MAX_DOCUMENT_BYTES = 1024 * 1024
    assert refusal("a.pdf", PDF.ljust(3 * 1024 * 1024)) == "“a.pdf”有 3.0 MB，超过文档上限 1 MB"


# --- names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\文件\\关于“信息”的通知.pdf", "关于“信息”的通知.pdf"),
        ("../../etc/通知.pdf", "通知.pdf"),
        ("通\u202e知\x07\n.pdf", "通知.pdf"),
        ('a<b>:"|?*.pdf', "a_b______.pdf"),
        (" 　.pdf", "pdf.pdf"),
        ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
    ],
)
def test_names_are_kept_as_people_know_them(sent, kept):
    sent_file = upload("x.pdf", PDF)
    sent_file._name = sent
    assert accept(sent_file, owner=None).name == kept


# --- rows and files share their fate ----------------------------------------------------------------


def test_a_failing_row_leaves_no_file(media, monkeypatch):
    def fail(*args, **kwargs):
        raise IntegrityError("no row today")

    monkeypatch.setattr(StoredFile, "save", fail)
    with pytest.raises(IntegrityError):
        accept(upload("会场.jpg", picture()), owner=None)
    assert files_under(media) == []


def test_a_failing_batch_takes_its_files_with_it(media):
    kept = accept(upload("先.pdf", PDF), owner=None)

    def batch():
        with together():
            accept(upload("一.pdf", PDF), owner=None)
            with together():
                accept(upload("二.jpg", picture()), owner=None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        batch()
    assert files_under(media) == [kept.file.name]
    assert StoredFile.objects.get() == kept


def test_a_refusal_inside_a_batch_costs_only_that_file(media):
    with together():
        kept = accept(upload("一.pdf", PDF), owner=None)
        with pytest.raises(UploadRefused):
            accept(upload("二.pdf", b"MZ"), owner=None)
    assert files_under(media) == [kept.file.name]


# --- archives ---------------------------------------------------------------------------------------


def zip_refusal(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(UploadRefused) as refused:
        open_zip_safely(path)
    return refused.value.message


def test_an_ordinary_archive_opens(tmp_path):
    (tmp_path / "a.docx").write_bytes(DOCX)
    with open_zip_safely(tmp_path / "a.docx") as opened:
        assert opened.read("word/document.xml") == b"<x/>"


def test_an_archive_opens_from_an_open_file():
    with open_zip_safely(io.BytesIO(DOCX), name="a.docx") as opened:
        assert opened.namelist() == ["[Content_Types].xml", "word/document.xml"]


def test_an_archive_written_with_wide_headers_opens(tmp_path):
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed,
        packed.open("a.xml", "w", force_zip64=True) as part,
    ):
        part.write(b"<x/>")
    with open_zip_safely(tmp_path / "a.xlsx") as opened:
        assert opened.read("a.xml") == b"<x/>"


TOO_BIG = "“a.docx”解压后过大，可能是压缩炸弹，已拒绝"
STRANGE = "“a.docx”内部结构不正常，已拒绝"


def test_a_zip_bomb_is_refused_unread(tmp_path):
    bomb = archive({"word/document.xml": b"\0" * (32 * 1024 * 1024)})
    assert len(bomb) < 40_000
    assert zip_refusal(tmp_path / "a.docx", bomb) == TOO_BIG


def test_a_zip_bomb_sent_as_a_document_is_refused(media):
    bomb = archive({"[Content_Types].xml": b"x", "word/document.xml": b"\0" * (32 * 1024 * 1024)})
    assert refusal("a.docx", bomb) == TOO_BIG
    assert files_under(media) == []


def test_an_archive_lying_about_its_size_gives_no_more_than_it_declared(tmp_path):
    honest = archive({"word/document.xml": b"\0" * 1_000_000})
    lying = honest.replace(struct.pack("<L", 1_000_000), struct.pack("<L", 1_000))
    (tmp_path / "a.docx").write_bytes(lying)
    with open_zip_safely(tmp_path / "a.docx") as opened, pytest.raises(zipfile.BadZipFile, match="CRC"):
        opened.read("word/document.xml")


def test_an_archive_of_too_many_entries_is_refused(tmp_path):
    crowd = archive({f"{number}.xml": b"" for number in range(5_001)}, zipfile.ZIP_STORED)
    assert zip_refusal(tmp_path / "a.docx", crowd) == TOO_BIG


def test_a_directory_too_big_to_list_is_refused_unread(tmp_path):
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 900_000_000, 0, 0)
    assert zip_refusal(tmp_path / "a.docx", b"PK\3\4" + b"\0" * 99 + end) == TOO_BIG


def test_a_directory_too_big_hidden_in_wide_headers_is_refused(tmp_path):
    wide = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, 900_000_000, 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 4, 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 46, 0, 0)
    assert zip_refusal(tmp_path / "a.docx", b"PK\3\4" + wide + locator + end) == TOO_BIG


@pytest.mark.parametrize("name", ["../../x.xml", "/etc/x.xml", "a\\..\\x.xml", "C:x.xml"])
def test_an_archive_reaching_out_of_its_folder_is_refused(tmp_path, name):
    assert zip_refusal(tmp_path / "a.docx", archive({name: b"x"})) == STRANGE


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_archive_with_one_name_twice_is_refused(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.xml", b"one")
        packed.writestr("a.xml", b"two")
    assert zip_refusal(tmp_path / "a.docx", out.getvalue()) == STRANGE


def test_an_encrypted_archive_is_refused(tmp_path):
    locked = bytearray(DOCX)
    for found in re.finditer(rb"PK\x01\x02", DOCX):
        locked[found.start() + 8] |= 1
    assert zip_refusal(tmp_path / "a.docx", bytes(locked)) == "“a.docx”设有打开密码：请取消密码后再上传"


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"PK\5\6", DOCX[: len(DOCX) // 2], b"x" * 99])
def test_what_is_no_archive_is_called_broken(tmp_path, content):
    assert zip_refusal(tmp_path / "a.docx", content) == "“a.docx”已损坏，无法打开：请用原软件重新保存后再上传"
