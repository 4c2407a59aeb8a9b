"""区分处理: what is covered cannot be read again by any means; the original stays in the house."""

from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from docx import Document
from openpyxl import Workbook
from PIL import Image

from disclosure.enums.decisions import Outcome
from disclosure.models import DecisionFile
from disclosure.operations import answer_files, decisions
from disclosure.operations.decisions import Draft
from disclosure.rules import lacks
from portal import clock, parameters
from portal.models import AuditEntry, Parameter
from portal.redaction import Box, Pages, cover
from portal.workflow import NotAllowed, Refused, TooLate
from tests.disclosure.decisions.conftest import moment, pdf, picture

pytestmark = pytest.mark.django_db
BOX = Box(page=1, left=150, top=130, width=500, height=60)
"""Over the words that `pdf` writes."""
WHY = {"name": "名单", "ground": "个人隐私，条例第十五条"}


@pytest.fixture(autouse=True)
def _on_a_working_day():
    with clock.at(moment("2026-10-12 09:00")):
        yield


@pytest.fixture
def attach(house, ask):
    def make(upload) -> DecisionFile:
        decision = answer_files.attach(ask(), [upload], by=house.lawyer)
        return decision.files.get()

    return make


def content(stored) -> bytes:
    with stored.file.open() as file:
        return file.read()


def words_of(data: bytes) -> str:
    book = pypdfium2.PdfDocument(data)
    return "".join(page.get_textpage().get_text_range() for page in book)


def test_a_covered_pdf_holds_no_text_no_metadata_and_no_layer(house, attach):
    file = attach(pdf(pages=3))
    assert "SECRET-NAME" in words_of(content(file.file))
    answer_files.mark(file, boxes=[BOX], by=house.lawyer, **WHY)
    made = answer_files.burn(file, by=house.lawyer)
    data = content(made.file)
    book = pypdfium2.PdfDocument(data)
    assert (len(book), words_of(data)) == (3, "")
    assert set(book.get_metadata_dict().values()) == {""}
    for secret in (b"SECRET", b"HIDDEN", b"/Font", b"/Info", b"/Annots", b"/AcroForm", b"/OCG", b"/Metadata"):
        assert secret not in data
    assert [[type(one).__name__ for one in page.get_objects()] for page in book] == [["PdfImage"]] * 3
    assert (made.file.name, made.given_name) == ("名单（遮盖件）.pdf", "名单.pdf")


def test_the_rectangle_is_black_and_the_rest_as_before(house, attach):
    file = attach(pdf())
    answer_files.mark(file, boxes=[BOX], by=house.lawyer, **WHY)
    page = pypdfium2.PdfDocument(content(answer_files.burn(file, by=house.lawyer).file))[0]
    image = page.render(scale=1).to_pil()
    inside = image.crop((100, 120, 380, 150))
    assert max(channel[1] for channel in inside.getextrema()) < 20
    assert image.getpixel((50, 50)) == (255, 255, 255)
    assert page.get_size() == pytest.approx((595, 842), abs=0.1)


def test_a_picture_comes_out_covered_too(house, attach):
    file = attach(picture())
    answer_files.mark(file, boxes=[Box(1, 250, 250, 250, 250)], by=house.lawyer, **WHY)
    made = answer_files.burn(file, by=house.lawyer)
    page = pypdfium2.PdfDocument(content(made.file))[0]
    seen = page.render(scale=1).to_pil().convert("RGB").tobytes()
    reds = [at for at in range(0, len(seen), 3) if seen[at] > 150 and seen[at + 1] < 100]
    assert (made.file.extension, reds) == ("pdf", [])


def test_words_are_taken_out_of_a_word_document_and_nothing_else_comes_along(house, attach):
    document, out = Document(), BytesIO()
    document.add_paragraph("举报人张三丰，电话13812345678。")
    document.add_table(1, 2).rows[0].cells[1].text = "张三丰"
    document.core_properties.author = "李四"
    document.sections[0].header.paragraphs[0].text = "内部：张三丰"
    document.save(out)
    file = attach(SimpleUploadedFile("笔录.docx", out.getvalue()))
    answer_files.mark(file, phrases=["张三丰", "13812345678"], by=house.lawyer, **WHY)
    made = answer_files.burn(file, by=house.lawyer)
    text = [one.text for one in Document(BytesIO(content(made.file))).paragraphs]
    assert text == ["举报人■■■■，电话■■■■。", "\t■■■■"]
    with ZipFile(BytesIO(content(made.file))) as parts:
        inside = b"".join(parts.read(name) for name in parts.namelist()).decode("utf-8", "ignore")
    assert [word for word in ("张三丰", "138", "李四", "python-docx") if word in inside] == []


def test_a_plain_text_is_covered_in_either_encoding(house, attach):
    for encoding in ("utf-8", "gb18030"):
        file = attach(SimpleUploadedFile("记录.txt", "甲乙丙：张三\n张三签字".encode(encoding)))
        answer_files.mark(file, phrases=["张三"], by=house.lawyer, **WHY)
        assert content(answer_files.burn(file, by=house.lawyer).file).decode("utf-8-sig").split() == [
            "甲乙丙：■■■■", "■■■■签字",
        ]  # fmt: skip


def test_the_original_stays_and_only_the_covered_file_is_given(house, attach):
    file = attach(pdf())
    before = file.file
    answer_files.mark(file, boxes=[BOX], by=house.lawyer, **WHY)
    made = answer_files.burn(file, by=house.lawyer)
    assert (made.original, made.source) == (before, before)
    assert made.file != before


def test_what_is_marked_and_not_burnt_in_does_not_go_out(house, attach):
    file = attach(pdf())
    answer_files.mark(file, boxes=[BOX], by=house.lawyer, **WHY)
    draft = Draft(Outcome.PARTLY, ground="涉及个人隐私")
    with pytest.raises(Refused, match="画了遮盖还没有生成遮盖件"):
        decisions.finish(file.decision.request, draft, version=1, by=house.lawyer)
    answer_files.burn(DecisionFile.objects.get(), by=house.lawyer)
    assert decisions.finish(file.decision.request, draft, version=1, by=house.lawyer).state == "IN_REVIEW"


def test_another_mark_puts_the_covered_file_aside(house, attach):
    file = attach(pdf())
    answer_files.mark(file, boxes=[BOX], by=house.lawyer, **WHY)
    made = answer_files.burn(file, by=house.lawyer)
    again = answer_files.mark(made, boxes=[BOX, Box(1, 0, 0, 100, 100)], by=house.lawyer, **WHY)
    assert (again.file, again.original, again.is_unfinished) == (file.file, None, True)


@pytest.mark.parametrize(("box", "message"), [
    (Box(2, 0, 0, 10, 10), "第 2 页不存在，这份文件共 1 页"),
    (Box(0, 0, 0, 10, 10), "第 0 页不存在，这份文件共 1 页"),
    (Box(1, 990, 0, 20, 10), "第 1 页有一处遮盖超出页面或没有大小，请重新画"),
    (Box(1, -1, 0, 20, 10), "第 1 页有一处遮盖超出页面或没有大小，请重新画"),
    (Box(1, 0, 0, 0, 10), "第 1 页有一处遮盖超出页面或没有大小，请重新画"),
])  # fmt: skip
def test_a_rectangle_that_is_not_on_the_page_is_refused(house, attach, box, message):
    with pytest.raises(Refused) as refusal:
        answer_files.mark(attach(pdf()), boxes=[box], by=house.lawyer, **WHY)
    assert (refusal.value.field, refusal.value.message) == ("marks", message)


def test_nothing_marked_or_no_ground_makes_no_covered_file(house, attach):
    file = attach(pdf())
    with pytest.raises(Refused, match="还没有遮盖任何内容"):
        answer_files.burn(file, by=house.lawyer)
    answer_files.mark(file, boxes=[BOX], name="名单", ground="", by=house.lawyer)
    with pytest.raises(Refused, match="请写明遮盖的依据"):
        answer_files.burn(file, by=house.lawyer)


def test_words_that_are_not_there_are_refused(house, attach):
    file = attach(SimpleUploadedFile("记录.txt", "张三".encode()))
    with pytest.raises(Refused, match="文中没有“李四”"):
        answer_files.mark(file, phrases=["李四"], by=house.lawyer, **WHY)


def test_a_file_of_too_many_pages_is_refused_with_what_to_do(house, attach):
    file = attach(pdf(pages=500))
    with pytest.raises(Refused, match="有 500 页，一份最多 120 页：请按内容拆成几份"):
        answer_files.mark(file, boxes=[BOX], by=house.lawyer, **WHY)
    Parameter.objects.create(key="redact_pages", label="", value=2, unit="页", clause="测试")
    parameters.changed()
    with pytest.raises(Refused, match="一份最多 2 页"):
        answer_files.mark(attach(pdf(pages=3)), boxes=[BOX], by=house.lawyer, **WHY)


def test_pages_are_drawn_one_after_another(monkeypatch, tmp_path):
    """Memory is bounded: a page is asked for only when the one before it has been written."""
    path, asked, written = tmp_path / "many.pdf", [], []
    path.write_bytes(pdf(pages=4).read())
    drawn = Pages.picture
    monkeypatch.setattr(
        Pages, "picture", lambda pages, number, dots: asked.append(len(written)) or drawn(pages, number, dots)
    )

    class Out(BytesIO):
        def write(self, data: bytes) -> int:
            if b"/Image/Width" in data:
                written.append(1)
            return super().write(data)

    with Pages(path, "pdf") as pages:
        cover(pages, [], Out(), dots=72)
    assert asked == [0, 1, 2, 3]


def test_a_locked_or_broken_pdf_is_answered_with_what_is_wrong(house, attach):
    broken = SimpleUploadedFile("坏.pdf", b"%PDF-1.4\nnothing\n%%EOF")
    with pytest.raises(Refused, match="已损坏，无法打开"):
        answer_files.mark(attach(broken), boxes=[BOX], by=house.lawyer, **WHY)


def test_a_workbook_has_to_be_turned_into_pdf_first(house, attach, tmp_path):
    out = BytesIO()
    Workbook().save(out)
    with pytest.raises(Refused, match="请转换成 PDF 后再上传"):
        answer_files.mark(attach(SimpleUploadedFile("表.xlsx", out.getvalue())), by=house.lawyer, **WHY)


def test_only_the_handling_department_covers_and_only_while_it_drafts(house, attach):
    file = attach(pdf())
    for who in (house.clerk, house.signer, house.law_head, house.inspector):
        with pytest.raises(NotAllowed):
            answer_files.mark(file, boxes=[BOX], by=who, **WHY)
    decisions.finish(file.decision.request, Draft(Outcome.OPEN), version=1, by=house.lawyer)
    for act in (
        lambda: answer_files.mark(file, boxes=[BOX], by=house.lawyer, **WHY),
        lambda: answer_files.burn(file, by=house.lawyer),
        lambda: answer_files.detach(file, by=house.lawyer),
        lambda: answer_files.attach(file.decision.request, [pdf()], by=house.lawyer),
    ):
        with pytest.raises(TooLate, match="请先收回"):
            act()


def test_covering_is_on_the_audit_trail(house, attach):
    file = attach(pdf())
    answer_files.mark(file, boxes=[BOX], by=house.lawyer, **WHY)
    answer_files.burn(file, by=house.lawyer)
    entry = AuditEntry.objects.get(verb="redact")
    assert (entry.note, entry.clause) == ("1 处：个人隐私，条例第十五条", "政府信息公开条例第三十七条")


def test_what_is_attached_twice_as_often_as_allowed_is_refused(house, ask):
    with pytest.raises(Refused, match="附件最多 20 个"):
        answer_files.attach(ask(), [picture(f"{n}.png") for n in range(21)], by=house.lawyer)


def test_a_removed_file_is_not_given_and_no_longer_lacking(house, attach):
    file = attach(pdf())
    answer_files.mark(file, boxes=[BOX], by=house.lawyer, **WHY)
    answer_files.detach(file, by=house.lawyer)
    draft = decisions.save(
        file.decision.request, Draft(Outcome.INTERNAL, ground="理由"), version=1, by=house.lawyer
    )
    assert list(lacks.lacks(draft)) == []


def test_a_page_turned_by_the_camera_is_upright(tmp_path):
    image = Image.new("RGB", (40, 20), "white")
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(tmp_path / "a.jpg", exif=exif)
    with Pages(tmp_path / "a.jpg", "jpg") as pages:
        assert pages.picture(1, 72)[0].size == (20, 40)


def test_what_is_covered_lies_sealed_in_the_database(house, attach):
    file = attach(SimpleUploadedFile("记录.txt", "张三签字".encode()))
    answer_files.mark(file, phrases=["张三"], by=house.lawyer, **WHY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT marks FROM disclosure_decisionfile")
        kept = cursor.fetchone()[0]
    assert "张三" not in kept
    assert DecisionFile.objects.get().covered == ["张三"]


def test_marks_that_change_while_pages_are_drawn_are_not_lost(house, attach, monkeypatch):
    file = attach(pdf())
    answer_files.mark(file, boxes=[BOX], by=house.lawyer, **WHY)
    drawn = answer_files.cover

    def slow(*args, **how):
        answer_files.mark(file, boxes=[BOX, Box(1, 0, 0, 99, 99)], by=house.colleague, **WHY)
        drawn(*args, **how)

    monkeypatch.setattr(answer_files, "cover", slow)
    with pytest.raises(TooLate, match="又被改过"):
        answer_files.burn(file, by=house.lawyer)
    assert DecisionFile.objects.get().is_unfinished
