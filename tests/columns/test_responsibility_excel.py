"""信息维护分工 to Excel and back: a round trip changes nothing, one cell changes one cell, what is odd is refused."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from columns.enums import Duty
from columns.models import Column, Responsibility
from columns.queries import duties_of
from portal.models import AuditEntry, Department, User

PAGE = "/desk/responsibilities/"
COLLECT, REVIEW, PUBLISH, ANSWER = Duty
SHEET = "信息维护分工表"


def give(column: Column, department: Department, *duties: Duty) -> None:
    held = {duty.value: True for duty in duties}
    Responsibility.objects.create(column=column, department=department, clause="三（二）", **held)


@pytest.fixture
def divided(office, client):
    give(office.trends, office.section, COLLECT, REVIEW)
    give(office.news, office.station, COLLECT)
    client.force_login(office.moderator)
    return office


def rows() -> dict[tuple[str, str], str]:
    found = Responsibility.objects.select_related("column", "department")
    return {
        (row.column.name, row.department.code): "".join(duty.label for duty in Duty if duty in duties_of(row))
        for row in found
    }


@pytest.fixture
def book(client, divided):
    """The exported workbook, open for editing: rows 5 to 7 are the columns, C to E 分局, 办公室, 北桥所."""
    response = client.get(f"{PAGE}excel/")
    assert response.status_code == 200
    return load_workbook(BytesIO(b"".join(response.streaming_content)))


def packed(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def send(client):
    def upload(content: bytes | Workbook, name: str = "分工.xlsx", site: str = "fenju"):
        data = packed(content) if isinstance(content, Workbook) else content
        return client.post(f"{PAGE}import/?site={site}", {"file": SimpleUploadedFile(name, data)})

    return upload


@pytest.fixture
def import_(client):
    def apply(preview, reason: str = "科室调整", **more):
        data = {"plan": preview.context["plan"], "reason": reason, **more}
        return client.post(f"{PAGE}import/apply/?site=fenju", data)

    return apply


def told(preview) -> list[tuple[str, str]]:
    return [(change.column.name, str(change)) for change in preview.context["changes"]]


def refused(preview) -> list[tuple[str, str]]:
    return [(cell.where, cell.reason) for cell in preview.context["refused"]]


# --- out --------------------------------------------------------------------------------------------


def test_the_sheet_is_laid_out_for_editing_and_for_print(book):
    sheet = book[SHEET]
    assert book.sheetnames == [SHEET, "责任明细"]
    assert [cell.value for cell in sheet[4]][1:] == ["栏目", "城东分局", "办公室", "北桥工商所"]
    assert [cell.value for cell in sheet[1]][2:] == ["fenju", "bangongshi", "beiqiao"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)] == [
        ["gongzuodongtai", "工作动态", None, "采审", None],
        ["yaowenbaodao", "要闻报道", None, None, "采"],
        ["yewujiaoliu", "业务交流", None, None, None],
    ]
    assert (sheet.row_dimensions[1].hidden, sheet.column_dimensions["A"].hidden) == (True, True)
    assert [sheet.cell(row, 2).alignment.indent for row in (5, 6)] == [0, 2]
    assert sheet.freeze_panes == "C5"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 8)


def test_the_second_sheet_names_the_people(book):
    lines = [[cell.value for cell in row][1:] for row in book["责任明细"].iter_rows(min_row=5)]
    assert lines == [
        ["工作动态", "办公室", "信息员、版主", "科室负责人", "—", "—"],
        ["工作动态 › 要闻报道", "办公室", "—", "科室负责人", "—", "—"],
        ["工作动态 › 要闻报道", "北桥工商所", "无人", "—", "—", "—"],
    ]


def test_a_name_that_begins_like_a_formula_stays_a_name(client, divided):
    Column.objects.filter(pk=divided.exchange.pk).update(name='=HYPERLINK("http://x")')
    Department.objects.filter(pk=divided.section.pk).update(name="+1\x07科")
    User.objects.filter(pk=divided.collector.pk).update(name="=1+1")
    content = b"".join(client.get(f"{PAGE}excel/").streaming_content)
    book = load_workbook(BytesIO(content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}
    assert book[SHEET]["B7"].value == '=HYPERLINK("http://x")'


def test_everybody_who_reads_the_page_may_take_it_along_under_its_own_name(client, divided):
    client.force_login(divided.staff)
    response = client.get(f"{PAGE}excel/?site=beiqiao")
    assert response.status_code == 200
    assert ".xlsx" in response["Content-Disposition"]


# --- and back ---------------------------------------------------------------------------------------


def test_a_round_trip_changes_nothing(book, send):
    preview = send(book)
    assert (preview.status_code, told(preview), refused(preview)) == (200, [], [])
    assert "文件与现在的分工一致" in preview.content.decode()


def test_one_cell_changes_one_cell(book, send, import_):
    book[SHEET]["D7"] = "采答"
    preview = send(book)
    assert told(preview) == [("业务交流", "办公室：无 → 采答")]
    assert ("业务交流", "bangongshi") not in rows()
    assert import_(preview)["Location"] == f"{PAGE}?site=fenju"
    assert rows() == {
        ("工作动态", "bangongshi"): "采审", ("要闻报道", "beiqiao"): "采", ("业务交流", "bangongshi"): "采答",
    }  # fmt: skip
    entry = AuditEntry.objects.get(verb="divide")
    assert (entry.object_label, entry.note, entry.clause) == ("业务交流", "办公室：无 → 采答", "科室调整")


def test_an_emptied_cell_takes_the_duty_away(book, send, import_):
    book[SHEET]["E6"] = None
    import_(send(book))
    assert rows() == {("工作动态", "bangongshi"): "采审"}


def test_rows_and_columns_that_were_deleted_or_moved_change_nothing(book, send):
    book[SHEET].delete_rows(5)
    book[SHEET].delete_cols(3)
    preview = send(book)
    assert (told(preview), refused(preview)) == ([], [])
    assert [column.name for column in preview.context["absent"]] == ["工作动态"]


def test_cells_that_cannot_be_taken_are_named_and_the_others_are_imported(book, send, import_):
    sheet = book[SHEET]
    sheet["C5"] = "报送"
    sheet["D5"] = "=1+1"
    sheet["E5"] = 7
    sheet["C7"] = "采"
    preview = send(book)
    assert refused(preview) == [
        (f"{SHEET}!C5", "“报送”没有意义：只能填采、审、发、答"),
        (f"{SHEET}!D5", "是公式：请直接填写采、审、发、答"),
        (f"{SHEET}!E5", "“7”没有意义：只能填采、审、发、答"),
    ]
    import_(preview)
    assert rows()[("业务交流", "fenju")] == "采"
    assert rows()[("工作动态", "bangongshi")] == "采审"


def test_unknown_and_repeated_columns_and_departments_are_refused_where_they_stand(book, send):
    sheet = book[SHEET]
    sheet["A6"] = "atlantis"
    sheet["A8"], sheet["B8"], sheet["D8"] = "yewujiaoliu", "业务交流", "采"
    sheet["B9"], sheet["D9"] = "新栏目", "采"
    sheet["F1"], sheet["F4"], sheet["F5"] = "nowhere", "新科", "采"
    sheet["G1"], sheet["G5"] = "bangongshi", "发"
    sheet["H4"] = "无码科"
    preview = send(book)
    assert [(where, reason.partition("：")[0]) for where, reason in refused(preview)] == [
        (f"{SHEET}!F4", "没有代码为“nowhere”的部门，整列不采用"),
        (f"{SHEET}!G4", "办公室出现了两次，这一列不采用"),
        (f"{SHEET}!H4", "这一列没有部门代码，整列不采用"),
        (f"{SHEET}!B6", "没有地址为“atlantis”的栏目，整行不采用"),
        (f"{SHEET}!B8", "栏目“业务交流”在第 7 行已出现，这一行不采用"),
        (f"{SHEET}!B9", "这一行没有栏目地址，整行不采用"),
    ]
    assert told(preview) == []


def test_a_closed_department_gets_nothing_new(book, send, divided):
    Department.objects.filter(pk=divided.station.pk).update(is_active=False)
    book[SHEET]["E7"] = "采"
    assert refused(send(book)) == [(f"{SHEET}!E7", "北桥工商所已停用，不能再分给它新的职责")]


def archive(**parts: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def blank() -> bytes:
    return packed(Workbook())


BOMB = {"xl/workbook.xml": "<a/>", "xl/sharedStrings.xml": "0" * (31 * 1024 * 1024)}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空文件"),
        (b"a,b\n1,2\n", "不是 Excel 表格"),
        (b"%PDF-1.7", "不是 Excel 表格"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "旧版"),
        (b"PK\x03\x04" + b"0" * 300, "不是 Excel 表格"),
        (archive(**{"word/document.xml": "<a/>"}), "不是 Excel 表格"),
        (archive(**{"xl/workbook.xml": "<a/>"}), "打不开或已损坏"),
        (archive(**{"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "结构不正常"),
        (archive(**BOMB), "不是 Excel 表格|过大"),
        (blank(), "不是从这里导出的分工表"),
        (b"0" * (2 * 1024 * 1024 + 1), "超过 2 MB"),
    ],
    ids=["empty", "csv", "pdf", "xls", "stump", "docx", "hollow", "entities", "bomb", "other", "large"],
)
def test_files_that_are_no_such_table_are_refused_with_a_reason(divided, send, content, reason):
    answer = send(content)
    assert answer.status_code == 422
    assert any(word in answer.context["form"].errors["file"][0] for word in reason.split("|"))


def test_the_table_of_another_site_is_refused(book, send):
    answer = send(book, site="beiqiao")
    assert answer.status_code == 422
    assert "这是另一个站点（fenju）的分工表" in answer.content.decode()


def test_no_file_is_said_at_the_field(client, divided):
    answer = client.post(f"{PAGE}import/", {})
    assert answer.status_code == 422
    assert "请选择要导入的 .xlsx 文件" in answer.content.decode()


def test_a_file_exported_before_the_last_change_says_so(book, send, divided):
    give(divided.exchange, divided.section, ANSWER)
    preview = send(book)
    assert told(preview) == [("业务交流", "办公室：答 → 无")]
    assert "这个文件导出之后，分工表又改过" in preview.content.decode()


def test_what_changed_after_the_preview_is_not_overwritten(book, send, import_, divided):
    book[SHEET]["D7"] = "采"
    preview = send(book)
    give(divided.exchange, divided.station, ANSWER)
    answer = import_(preview)
    assert answer.status_code == 409
    assert told(answer) == [("业务交流", "办公室：无 → 采")]
    assert 'value="科室调整"' in answer.content.decode()
    assert ("业务交流", "bangongshi") not in rows()
    assert import_(answer).status_code == 302
    assert rows()[("业务交流", "bangongshi")] == "采"
    assert rows()[("业务交流", "beiqiao")] == "答"


def test_without_a_reason_the_preview_comes_back(book, send, import_):
    book[SHEET]["D7"] = "采"
    answer = import_(send(book), reason="")
    assert answer.status_code == 422
    assert "请写明调整的依据或事由" in answer.content.decode()
    assert told(answer) == [("业务交流", "办公室：无 → 采")]


@pytest.mark.parametrize("plan", ["", "forged", "eyJhIjoxfQ:1abcde:sig"])
def test_a_plan_that_nobody_previewed_is_not_applied(client, divided, plan):
    before = rows()
    answer = client.post(f"{PAGE}import/apply/?site=fenju", {"plan": plan, "reason": "测试"})
    assert (answer.status_code, rows()) == (422, before)
    assert "预览已过期或不完整" in answer.content.decode()


def test_a_plan_serves_its_own_site_and_person_only(book, send, client, divided):
    book[SHEET]["D7"] = "采"
    plan, before = send(book).context["plan"], rows()
    data = {"plan": plan, "reason": "测试"}
    assert client.post(f"{PAGE}import/apply/?site=beiqiao", data).status_code == 422
    other = User.objects.create_user("other", name="另一人")
    client.force_login(other)
    assert client.post(f"{PAGE}import/apply/?site=fenju", data).status_code == 403
    assert rows() == before


@pytest.mark.parametrize("who", ["collector", "granter", "auditor", "staff"])
def test_only_whoever_manages_the_site_imports(client, divided, book, send, who):
    client.force_login(getattr(divided, who))
    assert client.get(f"{PAGE}import/").status_code == 403
    assert send(book).status_code == 403


def test_two_thousand_rows_far_below_are_read_without_harm(book, send):
    book[SHEET].cell(1_000_000, 16_000).value = "采"
    preview = send(book)
    assert (preview.status_code, told(preview)) == (200, [])
