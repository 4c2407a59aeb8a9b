"""试题 in from a workbook and out to one: judged line by line, shown first, never twice."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from interaction.enums.banks import ExamQuestionKind as K
from interaction.importing import banks as importing
from interaction.models import ExamQuestion
from interaction.operations import banks as operations
from interaction.workbook import banks as sheets
from portal.spreadsheets import Line, Place

pytestmark = pytest.mark.django_db
HEAD = ["题型", "知识点", "难度", "题干", "选项A", "选项B", "选项C", "答案", "分值", "解析"]
GOOD = [
    ["单选", "权利", "易", "消费者有权自主选择，这是（ ）。", "安全权", "自主选择权", "", "B", 2, "第九条"],
    ["多选", "权利", "", "属于消费者权利的有（ ）。", "知情权", "结社权", "定价权", "A、B", "", ""],
    ["判断题", "争议", "难", "只能起诉。", "", "", "", "×", 1, ""],
    ["填空", "赔偿", "中", "赔偿为价款的____，不足____的按此数。", "", "", "", "三倍|3倍；五百元", 4, ""],
    ["简答", "争议", "难", "有哪些解决途径？", "", "", "", "协商、调解、投诉、仲裁、诉讼", 10, ""],
]


def book(rows, head=HEAD) -> SimpleUploadedFile:
    made, file = Workbook(), io.BytesIO()
    for row in [head, *rows]:
        made.active.append(row)
    made.save(file)
    return SimpleUploadedFile("试题.xlsx", file.getvalue())


def line(**fields) -> Line:
    usual = {"kind": "单选", "topic": "权利", "stem": "题干", "option_a": "甲", "option_b": "乙", "key": "A"}
    return Line(Place("试题.xlsx", 2), usual | fields)


def upload(client, bank, file):
    return client.post(reverse("desk:bank_import", args=[bank.pk]), {"file": file})


def test_a_sound_table_is_read_whole(bank):
    reading = importing.read(book(GOOD), bank)
    assert (reading.refused, reading.known) == ([], [])
    assert [(one.kind, one.difficulty, one.key, one.points) for one in reading.drafts] == [
        (K.SINGLE, "EASY", [1], 2),
        (K.MULTIPLE, "MEDIUM", [0, 1], 2),
        (K.TRUE_FALSE, "HARD", [1], 1),
        (K.FILL_IN, "MEDIUM", [["三倍", "3倍"], ["五百元"]], 4),
        (K.ESSAY, "HARD", ["协商、调解、投诉、仲裁、诉讼"], 10),
    ]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"kind": ""}, "没有填写题型"),
        ({"kind": "连线"}, "题型“连线”不认识：请填单选、多选、判断、填空、简答"),
        ({"difficulty": "超难"}, "难度“超难”不认识：请填易、中、难"),
        ({"stem": ""}, "请填写题干"),
        ({"topic": ""}, "请填写知识点"),
        ({"key": "E"}, "答案是 E，可是没有选项 E"),
        ({"key": "1"}, "答案请填选项的字母（A—H），“1”不是"),
        ({"key": ""}, "请填写答案"),
        ({"points": "两分"}, "分值“两分”不是整数"),
        ({"points": "-3"}, "分值“-3”不是整数"),
        ({"points": "9" * 400}, "分值须在 1—100 之间"),
        ({"option_b": "", "option_c": "丙"}, "选项中间有空格子：请依次填写，不要跳过"),
        ({"option_b": "甲"}, "有两个选项相同"),
        ({"kind": "填空"}, "填空题请在题干里用“____”（连续下划线）标出要填的地方，1—10 处"),
    ],
)
def test_what_cannot_be_taken_is_said_with_the_reason(bank, fields, reason):
    reading = importing.judge([line(**fields)], bank)
    assert [(str(one.place), one.reason) for one in reading.refused] == [("试题.xlsx 第 2 行", reason)]


def test_the_same_question_twice_in_a_file_is_taken_once(bank):
    reading = importing.judge([line(), Line(Place("试题.xlsx", 3), line().fields)], bank)
    assert len(reading.drafts) == 1
    assert [one.reason for one in reading.refused] == ["与第 2 行是同一道题"]


def test_what_the_bank_has_or_had_is_not_added(bank, office):
    drafts = importing.read(book(GOOD), bank).drafts
    assert operations.import_questions(bank, drafts, by=office.collector) == 5
    operations.retire_question(bank.questions.get(kind="ESSAY"), by=office.collector)
    again = importing.read(book(GOOD), bank)
    assert again.drafts == []
    assert sorted({one.reason for one in again.known}) == [
        "题库里已有这道题",
        "题库里有过这道题，后来停用或修改了",
    ]
    assert operations.import_questions(bank, drafts, by=office.collector) == 0


def test_first_the_preview_then_exactly_that(sign_in, bank, office):
    client = sign_in(office.collector)
    page = upload(client, bank, book([*GOOD, ["单选", "权利", "易", "缺答案", "甲", "乙", "", "", 2, ""]]))
    assert (len(page.context["reading"].drafts), ExamQuestion.objects.count()) == (5, 0)
    assert [word in page.content.decode() for word in ("导入这 5 题", "第 7 行", "请填写答案")] == [True] * 3
    apply = reverse("desk:bank_import_apply", args=[bank.pk])
    answer = client.post(apply, {"plan": page.context["plan"]}, follow=True)
    assert "已导入 5 题" in answer.content.decode()
    again = client.post(apply, {"plan": page.context["plan"]}, follow=True)
    assert "已导入 0 题；5 题已在题库" in again.content.decode()
    assert ExamQuestion.objects.count() == 5


@pytest.mark.parametrize("plan", ["", "x", "YWJj:1abc:sig"])
def test_a_plan_that_was_not_shown_is_not_applied(sign_in, bank, office, plan):
    answer = sign_in(office.collector).post(reverse("desk:bank_import_apply", args=[bank.pk]), {"plan": plan})
    assert (answer.status_code, "没有导入" in answer.content.decode()) == (422, True)


def test_a_plan_of_somebody_else_or_for_another_bank_is_not_applied(sign_in, bank, office):
    other = operations.make(office.main, "另一个题库", by=office.collector)
    plan = upload(sign_in(office.collector), bank, book(GOOD)).context["plan"]
    client = sign_in(office.collector)
    assert client.post(reverse("desk:bank_import_apply", args=[other.pk]), {"plan": plan}).status_code == 422
    operations.open_(bank, by=office.moderator)
    client = sign_in(office.moderator)
    assert client.post(reverse("desk:bank_import_apply", args=[bank.pk]), {"plan": plan}).status_code == 422
    assert not ExamQuestion.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("试题.xlsx", b"not a workbook"), ("试题.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("试题.exe", b"MZ"),
        ("试题.xlsx", b""), ("试题.csv", "甲,乙\n1,2\n".encode()),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_of_questions_is_refused_at_the_field(sign_in, bank, office, name, content):
    answer = upload(sign_in(office.collector), bank, SimpleUploadedFile(name, content))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["file"])


def test_no_file_and_too_large_a_file_are_refused(sign_in, bank, office):
    client = sign_in(office.collector)
    assert client.post(reverse("desk:bank_import", args=[bank.pk])).status_code == 422
    large = SimpleUploadedFile("试题.csv", b"a" * (2 * 1024 * 1024 + 1))
    assert "超过 2 MB" in upload(client, bank, large).content.decode()


def test_too_many_lines_are_refused(bank, monkeypatch):
    monkeypatch.setattr(importing, "MOST_LINES", 3)
    with pytest.raises(importing.FileRefused, match="一次最多导入 3 题"):
        importing.read(book(GOOD), bank)


def test_the_bank_goes_out_as_it_comes_in(sign_in, bank, office):
    operations.import_questions(bank, importing.read(book(GOOD), bank).drafts, by=office.collector)
    answer = sign_in(office.collector).get(reverse("desk:bank_export", args=[bank.pk]))
    content = b"".join(answer.streaming_content)
    other = operations.make(office.main, "搬家", by=office.collector)
    reading = importing.read(SimpleUploadedFile("导出.xlsx", content), other)
    assert (len(reading.drafts), reading.refused) == (5, [])
    assert {one.fingerprint for one in reading.drafts} == set(
        bank.questions.values_list("fingerprint", flat=True)
    )


def test_the_template_helps_while_one_types(sign_in, bank, office):
    answer = sign_in(office.collector).get(reverse("desk:bank_template", args=[bank.pk]))
    made = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = made[sheets.SHEET]
    assert [cell.value for cell in sheet[1]] == sheets.TITLES
    rules = {str(one.sqref).split("2:")[0]: one for one in sheet.data_validations.dataValidation}
    assert (rules["A"].formula1, rules["C"].formula1) == ('"单选,多选,判断,填空,简答"', '"易,中,难"')
    assert "____" in rules["D"].prompt


def test_the_template_filled_in_comes_back(sign_in, bank, office):
    made = load_workbook(io.BytesIO(sheets.template()))
    options = [""] * 8
    made[sheets.SHEET].append(["单选", "权利", "易", "题干（ ）。", *["甲", "乙", *options[2:]], "A", 2, ""])
    file = io.BytesIO()
    made.save(file)
    reading = importing.read(SimpleUploadedFile("模板.xlsx", file.getvalue()), bank)
    assert (len(reading.drafts), reading.refused) == (1, [])


def test_the_examples_of_the_template_are_sound(bank):
    rows = [
        line(
            kind=kind, topic=topic, difficulty=level, stem=stem, key=key, points=str(points),
            option_a="", option_b="", **dict(zip(sheets.OPTION_FIELDS[2:], [""] * 6, strict=True)),
        ).fields | dict(zip(sheets.OPTION_FIELDS, options, strict=False))
        for kind, topic, level, stem, options, key, points, _ in sheets._EXAMPLES
    ]  # fmt: skip
    reading = importing.judge([Line(Place("说明", at), row) for at, row in enumerate(rows)], bank)
    assert (len(reading.drafts), reading.refused) == (5, [])
