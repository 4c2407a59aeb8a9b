"""Tables in and out: what cannot be taken is said line by line, what goes out comes back the same, no formula."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from disclosure.enums.services import ItemState, ServedKind, ServiceKind
from disclosure.importing import result_notices as results
from disclosure.importing import services as importing
from disclosure.models import Guide, ResultNotice, ServiceItem
from disclosure.operations import result_notices, service_texts
from disclosure.queries import services as queries
from disclosure.workbook import services as sheets
from portal.spreadsheets import FileRefused, Line, Place
from tests.disclosure.services.kit import item, table

HEAD = ["事项名称", "责任部门", "申请材料", "收费", "承诺时限"]


def refused(reading) -> list[tuple[int, str]]:
    return [(one.place.line, one.reason) for one in reading.refused]


def test_a_table_becomes_drafts_and_each_bad_line_says_why(hall, registered):
    file = table(
        HEAD,
        ["股权出质登记", "注册科", "申请书｜原件｜2\n委托书｜原件｜1｜委托他人的", "不收费", "当场"],
        ["股权出质登记", "注册科", "申请书｜原件｜2\n委托书|原件|1|委托他人的", "不收费", 0],
        ["股权出质登记", "注册科", "", "", 1],
        ["个体工商户设立登记", "注册科", "", "", 1],
        ["无名部门", "市场科", "", "", 1],
        ["", "注册科", "甲", "", ""],
        ["材料不对", "注册科", "申请书｜手稿", "", ""],
        ["太多竖线", "注册科", "甲｜原件｜1｜｜｜｜乙", "", ""],
        ["收费不全", "注册科", "", "工本费", ""],
    )
    reading = importing.read(file, hall.main)
    assert [text.said["name"] for text in reading.texts] == ["股权出质登记"]
    assert [line for line, _ in refused(reading)] == [2, 4, 5, 6, 7, 8, 9, 10]
    reasons = [reason for _, reason in refused(reading)]
    assert reasons[0] == "承诺时限“当场”不是工作日数，请填整数"
    assert reasons[1:3] == ["与第 3 行是同一个事项", "本站已有这个事项"]
    assert reasons[3].startswith("责任部门“市场科”不认识")
    assert reasons[4] == "没有填写事项名称"
    assert reasons[5].startswith("材料形式“手稿”不认识")
    assert "多了" in reasons[6]
    assert reasons[7] == "收费中“工本费”没有写标准"
    (guide,) = service_texts.import_items(hall.main, reading.texts, by=hall.collector)
    assert (guide.item.state, guide.is_free, guide.promised_days) == (ItemState.DRAFT, True, 0)
    assert [(one.name, one.copies, one.needed_when) for one in guide.materials.all()] == [
        ("申请书", 2, ""), ("委托书", 1, "委托他人的")
    ]  # fmt: skip
    assert (guide.kind, guide.audience) == (ServiceKind.PUBLIC, ServedKind.BOTH)


def test_importing_the_same_table_again_adds_nothing(hall):
    rows = (HEAD, ["股权出质登记", "注册科", "", "", 1])
    service_texts.import_items(hall.main, importing.read(table(*rows), hall.main).texts, by=hall.collector)
    again = importing.read(table(*rows), hall.main)
    assert (again.texts, refused(again)) == ([], [(2, "本站已有这个事项")])
    assert ServiceItem.objects.count() == 1


@pytest.mark.parametrize(("file", "words"), [
    (table(["姓名", "电话"], ["张三", "1"]), "没有找到表头"), (table(HEAD, name="事项.xls"), "另存为 .xlsx"),
    (table(HEAD, name="事项.docx"), "不能导入这种文件"),
])  # fmt: skip
def test_what_is_no_table_of_items_is_refused_as_a_whole(hall, file, words):
    with pytest.raises(FileRefused, match=words):
        importing.read(file, hall.main)


def test_too_long_a_table_is_refused(hall):
    with pytest.raises(FileRefused, match="一次最多导入 500 行"):
        importing.read(table(HEAD, *([f"事项{n}", "注册科"] for n in range(501))), hall.main)


def test_what_goes_out_comes_back_the_same(hall, registered):
    guide = queries.with_parts(Guide.objects.filter(pk=registered.guide_id)).get()
    row = dict(zip(sheets.HEADINGS.names, next(sheets.rows([guide])), strict=True))
    fields = {name: "" if cell is None else str(cell) for name, cell in row.items()}
    (text,) = importing.judge([Line(Place("表"), fields)], hall.sub).texts
    again = service_texts.create(hall.sub, text, by=hall.collector)
    for part in ("materials", "steps", "windows", "charges"):
        assert [str(one) for one in getattr(again, part).all()] == [
            str(one) for one in getattr(guide, part).all()
        ]
    for name in (
        "basis",
        "conditions",
        "legal_days",
        "promised_days",
        "is_free",
        "pre_review_days",
        "consult",
    ):
        assert getattr(again, name) == getattr(guide, name)


def test_the_template_has_the_headings_that_are_read():
    book = load_workbook(BytesIO(sheets.template()))
    assert [cell.value for cell in book["办事事项"][1]] == sheets.TITLES
    example = [cell.value for cell in list(book["填写说明"].rows)[-1]]
    fields = {name: str(cell or "") for name, cell in zip(sheets.HEADINGS.names, example, strict=True)}
    assert fields["name"] == "个体工商户设立登记"


def test_the_completeness_report_names_what_each_item_lacks(hall, registered):
    draft = item(hall, name="另一事项", supervision="").guide
    draft.steps.all().delete()
    rows = list(
        sheets.completeness_rows(queries.completeness(queries.seen_by(hall.inspector).order_by("pk")))
    )
    assert [row[1:] for row in rows] == [
        ["个体工商户设立登记", "注册科", "在办", "无", "受理机构"],
        ["另一事项", "注册科", "在办", "办理流程", "受理机构、监督投诉方式"],
    ]


def test_results_come_in_masked_and_bad_lines_say_why_without_the_name(hall, registered):
    head = ["事项名称", "办件编号", "申请人", "申请人类型", "办理结果", "办结日期"]
    file = table(
        head,
        ["个体工商户设立登记", "登字1号", "张小暑", "个人", "准予许可", "2026年10月12日"],
        ["个体工商户设立登记", "登字2号", "城东区惠民餐饮服务有限公司", "单位", "准予许可", "2026/10/12"],
        ["个体工商户设立登记", "登字1号", "李小寒", "", "准予许可", "2026-10-12"],
        ["股权出质登记", "登字3号", "李小寒", "", "准予许可", "2026-10-12"],
        ["个体工商户设立登记", "320102199001011234", "李小寒", "", "准予许可", "2026-10-12"],
        ["个体工商户设立登记", "登字4号", "李小寒", "", "通过", "2026-10-12"],
        ["个体工商户设立登记", "登字5号", "李小寒", "", "准予许可", "2199-01-01"],
        ["个体工商户设立登记", "登字6号", "李小寒", "", "准予许可", "上周"],
        ["个体工商户设立登记", "登字7号", "", "", "准予许可", "2026-10-12"],
    )
    reading = results.read(file, hall.clerk)
    assert result_notices.import_entries(reading.entries, by=hall.clerk) == 2
    shown = ResultNotice.objects.order_by("number").values_list("number", "applicant", "state")
    assert list(shown) == [("登字1号", "张**", "DRAFT"), ("登字2号", "城东区惠民餐饮服务有限公司", "DRAFT")]
    assert [line for line, _ in refused(reading)] == [4, 5, 6, 7, 8, 9, 10]
    assert "李小寒" not in str(reading.refused)
    assert "320102199001011234" not in str(reading.refused)
    assert [one.reason.split("：")[0] for one in reading.refused][:2] == [
        "与第 2 行是同一个办件编号", "事项名称不在您录入的事项之列",
    ]  # fmt: skip


def test_a_result_of_another_departments_item_is_refused(hall, registered):
    head = ["事项名称", "办件编号", "申请人", "办理结果", "办结日期"]
    row = ["个体工商户设立登记", "登字1号", "张小暑", "准予许可", "2026-10-12"]
    assert results.read(table(head, row), hall.stranger).entries == []
