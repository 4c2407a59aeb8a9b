"""人员导入: judged line by line, shown before it is done, done as it was shown, one audit entry per person."""

import csv
import io
import json
import tracemalloc
from pathlib import Path
from urllib.parse import unquote

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook, load_workbook

from columns import operations as column_operations
from columns.models import Role
from portal import audit, operations, staff
from portal.models import AuditEntry, Department, User
from portal.spreadsheets import Line, Place
from portal.workflow import TooLate

pytestmark = pytest.mark.django_db
HEAD = ["工号", "姓名", "部门", "职务", "电子邮箱", "办公电话", "可登录", "可进入管理后台"]
GOOD = "qidian-Chufa-2026"


def table(folder: Path, *rows, head=HEAD, name="人员.xlsx", merge="") -> Path:
    book = Workbook()
    for row in (head, *rows):
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    book.save(folder / name)
    return folder / name


def judged(path: Path, by: User) -> staff.Plan:
    return staff.plan_for(staff.read(path, path.name), path.name, by=by)


def reasons(plan: staff.Plan) -> list[tuple[int, str]]:
    return [(one.place.line, one.reason) for one in plan.refused]


def changes(plan: staff.Plan) -> dict[str, dict[str, tuple[str, str]]]:
    return {item.staff_number: {one.label: (one.old, one.new) for one in item.said} for item in plan.changed}


def line(number: str, name: str = "甲", **fields) -> Line:
    return Line(Place("表", 2), {"staff_number": number, "name": name, **fields})


def the_reason(office, **fields) -> str:
    (refused,) = staff.plan_for([line(**fields)], "表", by=office.granter).refused
    return refused.reason


# --- judging ----------------------------------------------------------------------------------------


def test_every_row_is_new_changed_unchanged_or_refused_and_the_absent_are_told(office, tmp_path):
    path = table(
        tmp_path,
        ["1001", "李岚", "办公室", "科员", "lilan@example.cn", "0311-1", "是", "否"],
        ["collector", "信息员", "beiqiao", "副科长", None, None, None, None],
        ["moderator", "版主", "办公室", None, None, None, None, None],
        ["1002", None, "办公室", None, None, None, None, None],
    )
    plan = judged(path, office.granter)
    assert [(item.staff_number, item.name, item.place.line) for item in plan.new] == [("1001", "李岚", 2)]
    assert {one.label: one.new for one in plan.new[0].said} == {
        "姓名": "李岚", "部门": "办公室", "职务": "科员", "电子邮箱": "lilan@example.cn", "办公电话": "0311-1",
        "可登录": "是", "可进入管理后台": "否",
    }  # fmt: skip
    assert changes(plan) == {"collector": {"部门": ("办公室", "北桥工商所"), "职务": ("", "副科长")}}
    assert plan.unchanged == 1
    assert reasons(plan) == [(5, "缺少姓名")]
    assert plan.absent == [
        ("auditor", "审计管理员"), ("chief", "总版主"), ("granter", "网管"), ("head", "科室负责人"),
        ("inspector", "监察室"), ("security", "安全管理员"), ("signer", "局长"), ("staff", "干部"),
    ]  # fmt: skip


def test_headings_may_stand_in_any_order_under_common_names(office, tmp_path):
    head = ["后台", "邮箱（单位）", " 姓 名 *", "职工号", "科室", "备注"]
    plan = judged(table(tmp_path, ["是", "a@b.cn", "李岚", 7, "城东分局", "x"], head=head), office.granter)
    assert {one.label: one.new for one in plan.new[0].said} == {
        "姓名": "李岚", "部门": "城东分局", "电子邮箱": "a@b.cn", "可登录": "是", "可进入管理后台": "是",
    }  # fmt: skip


@pytest.mark.parametrize("typed", ["１００１", " 1001 ", "1001\u200b", 1001, 1001.0])
def test_a_number_is_the_same_however_it_was_typed(office, tmp_path, typed):
    assert [item.staff_number for item in judged(table(tmp_path, [typed, "李岚"]), office.granter).new] == [
        "1001"
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("张　三", "张三"), ("  李  四 ", "李四"), ("John  Li", "John Li"), ("买买提·艾力", "买买提·艾力")],
)
def test_a_name_spread_to_fill_its_cell_is_drawn_together(office, typed, kept):
    assert staff.plan_for([line("1", typed)], "表", by=office.granter).new[0].name == kept


def test_an_empty_cell_leaves_what_stands_and_the_word_none_empties_it(office):
    User.objects.filter(pk=office.staff.pk).update(title="科员", phone="1", email="a@b.cn")
    rows = [line("staff", "干部", title="", phone="无", department="－")]
    plan = staff.plan_for(rows, "表", by=office.granter)
    assert changes(plan) == {"staff": {"部门": ("办公室", ""), "办公电话": ("1", "")}}
    operations.apply_plan(plan, by=office.granter)
    office.staff.refresh_from_db()
    assert (office.staff.title, office.staff.phone, office.staff.department) == ("科员", "", None)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"number": ""}, "缺少工号"),
        ({"number": "1", "name": ""}, "缺少姓名"),
        ({"number": "1", "name": "名" * 41}, "姓名有 41 字，超过 40 字"),
        ({"number": "1 2"}, "工号只能含字母、数字、点、横线和下划线"),
        ({"number": "9" * 41}, "工号有 41 个字符，超过 40 个"),
        ({"number": "System"}, "“system”是系统自己的账号，不能导入"),
        ({"number": "COLLECTOR"}, "名册中已有工号“collector”，只差大小写：请写成一样"),
        ({"number": "1", "department": "法制科"}, "没有名为“法制科”的部门"),
        ({"number": "1", "email": "lilan@"}, "电子邮箱“lilan@”的写法不对"),
        ({"number": "1", "email": "a@b.cn;c@d.cn"}, "电子邮箱“a@b.cn;c@d.cn”的写法不对"),
        ({"number": "1", "is_active": "也许"}, "“可登录”一栏须填是或否，不能是“也许”"),
        ({"number": "1", "is_staff": "admin"}, "“可进入管理后台”一栏须填是或否，不能是“admin”"),
        ({"number": "=A2"}, "“工号”一栏是没有算出结果的公式：请改成文字"),
        ({"number": "1", "name": '="李"&"岚"'}, "“姓名”一栏是没有算出结果的公式：请改成文字"),
        ({"number": "1", "title": "＝1+1"}, "“职务”一栏是没有算出结果的公式：请改成文字"),
        ({"number": "granter", "name": "网管", "is_active": "否"}, "不能停用自己"),
        ({"number": "granter", "name": "网管", "is_staff": "否"}, "不能取消自己的后台资格"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_says_why(office, fields, reason):
    assert the_reason(office, **fields) == reason


def test_a_number_twice_is_refused_both_times(office, tmp_path):
    plan = judged(table(tmp_path, ["a1", "甲"], ["2", "乙"], ["Ａ１", "丙"]), office.granter)
    reason = "出现了 2 次（第 2 行、第 4 行）：一个工号只属于一个人"
    assert reasons(plan) == [(2, f"工号 a1 {reason}"), (4, f"工号 A1 {reason}")]
    assert [item.staff_number for item in plan.new] == ["2"]


def test_a_department_several_are_called_so_wants_its_path(office):
    Department.objects.create(name="办公室", code="bqs-bgs", kind="SECTION", parent=office.station)
    assert the_reason(office, number="1", department="办公室") == (
        "有几个部门叫“办公室”，请写代码或路径：“城东分局/办公室”、“城东分局/北桥工商所/办公室”"
    )
    paths = ["北桥工商所/办公室", "bqs-bgs", "城东分局 / 北桥工商所 / 办公室"]
    rows = [line(str(at), department=path) for at, path in enumerate(paths)]
    plan = staff.plan_for(rows, "表", by=office.granter)
    assert {one.value for item in plan.new for one in item.said if one.field == "department"} == {
        Department.objects.get(code="bqs-bgs").pk
    }


def test_a_closed_department_takes_nobody_and_keeps_whom_it_has(office):
    Department.objects.filter(pk=office.section.pk).update(is_active=False)
    rows = [line("1", department="办公室"), line("staff", "干部", department="办公室")]
    plan = staff.plan_for(rows, "表", by=office.granter)
    assert (reasons(plan), plan.unchanged) == ([(2, "部门“办公室”已停用")], 1)


def test_a_department_merged_over_its_people_is_everybodys(office, tmp_path):
    path = table(tmp_path, ["1", "甲", "办公室"], ["2", "乙"], ["3", "丙"], merge="C2:C4")
    plan = judged(path, office.granter)
    assert [one.new for item in plan.new for one in item.said if one.field == "department"] == ["办公室"] * 3


def test_an_initial_password_is_validated_and_kept_as_a_hash(office):
    rows = [line("1", initial_password=GOOD), line("2", initial_password="12345")]
    plan = staff.plan_for(rows, "表", by=office.granter)
    assert GOOD not in json.dumps(plan.packed())
    assert [reason.partition("：")[0] for _, reason in reasons(plan)] == ["初始密码不合要求"]
    operations.apply_plan(plan, by=office.granter)
    person = User.objects.get(staff_number="1")
    assert (person.check_password(GOOD), person.has_initial_password) == (True, True)


def test_an_initial_password_resets_nobody(office):
    plan = staff.plan_for([line("staff", "干部", initial_password=GOOD)], "表", by=office.granter)
    assert (plan.unchanged, plan.has_work) == (1, False)
    assert plan.remarks == ["已在名册的人员，“初始密码”一栏不起作用：重设密码请到该人员的页面。"]


def test_too_many_different_initial_passwords_wait_for_the_next_file(office):
    rows = [line(f"p{at}", initial_password=f"{GOOD}-{at}") for at in range(32)]
    assert [reason for _, reason in reasons(staff.plan_for(rows, "表", by=office.granter))] == [
        "一次最多设 30 种初始密码：请分批导入，或者用同一个初始密码"
    ] * 2


# --- applying ---------------------------------------------------------------------------------------


def test_what_was_shown_is_done_with_one_audit_entry_per_person(office):
    before = AuditEntry.objects.count()
    rows = [
        line("1001", "李岚", is_staff="是"),
        line("staff", "干部", title="科员"),
        line("moderator", "版主"),
    ]
    operations.apply_plan(staff.plan_for(rows, "人员.xlsx", by=office.granter), by=office.granter)
    person = User.objects.get(staff_number="1001")
    assert (person.name, person.is_active, person.is_staff, person.is_superuser) == (
        "李岚",
        True,
        True,
        False,
    )
    assert not person.has_usable_password()
    entries = AuditEntry.objects.order_by("id")[before:]
    assert [(one.actor, one.label, one.object_label, one.note) for one in entries] == [
        (office.granter, "新增人员", "李岚", "据表 第 2 行"),
        (office.granter, "修改人员", "干部", "职务：空 → 科员；据表 第 2 行"),
    ]
    assert audit.verify().reason == ""


def test_a_change_touches_only_what_the_file_says(office):
    office.staff.refresh_from_db()
    password, joined = office.staff.password, office.staff.joined_at
    plan = staff.plan_for([line("staff", "干部", title="科员")], "表", by=office.granter)
    operations.apply_plan(plan, by=office.granter)
    office.staff.refresh_from_db()
    assert (office.staff.password, office.staff.joined_at, office.staff.title) == (password, joined, "科员")


def test_doing_it_again_changes_nothing(office):
    rows = [line("1001", "李岚", department="办公室", title="科员")]
    operations.apply_plan(staff.plan_for(rows, "表", by=office.granter), by=office.granter)
    again = staff.plan_for(rows, "表", by=office.granter)
    assert (again.has_work, again.unchanged, again.refused) == (False, 1, [])


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda office: User.objects.create_user("1001", name="别人"),
        lambda office: User.objects.filter(pk=office.staff.pk).update(phone="1"),
        lambda office: Department.objects.filter(pk=office.section.pk).update(is_active=False),
    ],
)
def test_a_register_that_changed_meanwhile_refuses_the_old_preview(office, meanwhile):
    plan = staff.plan_for([line("1001", "李岚")], "表", by=office.granter)
    meanwhile(office)
    people = list(User.objects.values())
    with pytest.raises(TooLate, match="名册在预览之后有了变化"):
        operations.apply_plan(plan, by=office.granter)
    assert list(User.objects.values()) == people


def test_whoever_is_absent_is_left_alone(office):
    operations.apply_plan(staff.plan_for([line("1")], "表", by=office.granter), by=office.granter)
    assert User.objects.filter(is_active=True).count() == 11


def test_five_thousand_people_take_few_statements(office, tmp_path, django_assert_max_num_queries):
    rows = [
        [f"{at:05}", f"人员{at}", "办公室", "科员", f"p{at}@example.cn", f"0311-{at}"] for at in range(5000)
    ]
    path = table(tmp_path, *rows)
    with django_assert_max_num_queries(190):  # SQLite takes seventy people at a time, and their entries
        operations.apply_plan(judged(path, office.granter), by=office.granter)
    changed = [line(f"{at:05}", f"人员{at}", title="主任科员") for at in range(5000)]
    with django_assert_max_num_queries(190):
        operations.apply_plan(staff.plan_for(changed, "表", by=office.granter), by=office.granter)
    assert User.objects.filter(title="主任科员", department=office.section).count() == 5000


def test_reading_a_long_file_keeps_memory_flat(office, tmp_path):
    path = table(tmp_path, *[[f"{at:05}", "李岚", "办公室", "科员" * 10] for at in range(3000)])
    tracemalloc.start()
    plan = judged(path, office.granter)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(plan.new) == 3000
    assert peak < 25 * 1024 * 1024


# --- the command ------------------------------------------------------------------------------------


def run(*arguments) -> str:
    out = io.StringIO()
    call_command("import_staff", *map(str, arguments), stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_tells_what_it_did(office, tmp_path):
    path = table(tmp_path, ["1001", "李岚"], ["staff", "干部", None, "科员"], ["1002", None])
    assert run(path, "--as", "granter").splitlines() == [
        "人员.xlsx：新增 1 人，修改 1 人，未变 0 人，不予导入 1 行",
        "  修改 staff 干部：职务 空 → 科员",
        "  新增 1001 李岚",
        "  人员.xlsx 第 4 行 1002：缺少姓名",
        "名册中另有 9 人不在其中，没有改动",
    ]
    assert AuditEntry.objects.latest("id").actor == office.granter


def test_a_rehearsal_writes_nothing_and_prints_one_document(office, tmp_path):
    path = table(tmp_path, ["1001", "李岚"], ["staff", "干部", None, "科员"], ["1002", None])
    told = json.loads(run(path, "--dry-run", "--format", "json"))
    assert not User.objects.filter(staff_number="1001").exists()
    assert (told["source"], told["as"], told["applied"], told["unchanged"]) == (
        "人员.xlsx",
        "system",
        False,
        0,
    )
    assert told["new"] == [
        {"line": 2, "staff_number": "1001", "name": "李岚",
         "fields": {"name": "李岚", "is_active": "是", "is_staff": "否"}}
    ]  # fmt: skip
    assert told["changed"] == [
        {"line": 3, "staff_number": "staff", "name": "干部", "changes": {"title": ["", "科员"]}}
    ]
    assert told["refused"] == [{"line": 4, "sheet": "", "who": "1002", "reason": "缺少姓名"}]
    assert {"staff_number": "signer", "name": "局长"} in told["absent"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("nobody", "没有工号为“nobody”的在用人员"),
        ("staff", "干部（staff）不是系统管理员，不能导入人员"),
        ("auditor", "审计管理员（auditor）不是系统管理员，不能导入人员"),
        ("security", "安全管理员（security）不是系统管理员，不能导入人员"),
    ],
)
def test_the_command_acts_for_nobody_but_the_keeper(office, tmp_path, number, said):
    with pytest.raises(CommandError, match=said):
        run(table(tmp_path, ["1001", "李岚"]), "--as", number)


def test_the_command_fails_when_nothing_came_of_it(office, tmp_path):
    with pytest.raises(SystemExit) as ended:
        run(table(tmp_path, ["1001", None]))
    assert ended.value.code == 1


def test_a_csv_of_the_office_is_taken_too(office, tmp_path):
    with (tmp_path / "人员.csv").open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([HEAD, ["1001", "李岚", "办公室"]])
    assert run(tmp_path / "人员.csv").startswith("人员.csv：新增 1 人")


@pytest.mark.parametrize(
    ("name", "said"),
    [("人员.xls", "人员.xls：不能读取 .xls：请另存为 .xlsx 后再导入"), ("没有.xlsx", "打不开")],
)
def test_a_file_that_cannot_be_read_is_one_clear_line(office, tmp_path, name, said):
    if name.endswith(".xls"):
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(CommandError, match=said):
        run(tmp_path / name)


# --- the pages --------------------------------------------------------------------------------------

HOME = "/admin/portal/user/import/"


@pytest.fixture
def keeper(client, office):
    client.force_login(office.granter)
    return client


def upload(client, path: Path):
    with path.open("rb") as file:
        return client.post(HOME, {"file": file})


def signed(response) -> dict[str, str]:
    return {"signed": response.context["signed"]}


@pytest.mark.parametrize(
    "who", ["auditor", "security", "inspector", "moderator", "collector", "head_person", "signer"]
)
@pytest.mark.parametrize("page", ["", "apply/", "report/", "template/"])
def test_nobody_but_the_keeper_may_even_preview(client, office, tmp_path, who, page):
    client.force_login(office.granter)
    token = signed(upload(client, table(tmp_path, ["1001", "李岚"])))
    client.force_login(getattr(office, who))
    assert client.get(HOME + page).status_code == 403
    with (tmp_path / "人员.xlsx").open("rb") as file:
        assert client.post(HOME + page, {"file": file, **token}).status_code == 403
    assert not User.objects.filter(staff_number="1001").exists()


def test_the_preview_shows_all_kinds_of_rows_and_writes_nothing(keeper, tmp_path):
    page = upload(
        keeper,
        table(
            tmp_path,
            ["1001", "李岚", "办公室"],
            ["staff", "王芳", None, "科员"],
            ["moderator", "版主"],
            ["1002", None],
        ),
    ).content.decode()
    expected = (
        "1001 李岚", "部门：办公室", "<del>干部</del> → <ins>王芳</ins>", "<del>空</del> → <ins>科员</ins>",
        "第 5 行", "缺少姓名", "auditor 审计管理员", "有 1 人的姓名与名册不同（staff）", ">导入</button>",
    )  # fmt: skip
    assert [words for words in expected if words not in page] == []
    assert not User.objects.filter(staff_number="1001").exists()


def test_one_button_does_what_was_shown_and_reports_it(keeper, office, tmp_path):
    preview = upload(keeper, table(tmp_path, ["1001", "李岚"], ["1002", None]))
    report = keeper.post(f"{HOME}apply/", signed(preview))
    assert "已导入：新增 1 人，修改 0 人" in report.content.decode()
    assert AuditEntry.objects.get(object_label="李岚").actor == office.granter
    answer = keeper.post(f"{HOME}report/", signed(report))
    assert unquote(answer["Content-Disposition"]).startswith("attachment; filename*=utf-8''人员导入报告 ")
    rows = list(load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[1] == ("未导入", "人员.xlsx 第 3 行", "1002", None, None, None, None, "缺少姓名")
    assert rows[2][:7] == ("已新增", "人员.xlsx 第 2 行", "1001", "李岚", "姓名", None, "李岚")


def test_pressing_the_button_again_is_refused_in_words(keeper, tmp_path):
    token = signed(upload(keeper, table(tmp_path, ["1001", "李岚"])))
    keeper.post(f"{HOME}apply/", token)
    again = keeper.post(f"{HOME}apply/", token, follow=True)
    assert "人员名册在预览之后有了变化（也可能已经导入过）" in again.content.decode()
    assert User.objects.filter(name="李岚").count() == 1


@pytest.mark.parametrize("token", ["", "x", "eyJ9:1:2"])
@pytest.mark.parametrize("page", ["apply/", "report/"])
def test_a_preview_nobody_was_shown_is_refused(keeper, token, page):
    answer = keeper.post(HOME + page, {"signed": token}, follow=True)
    assert "这份预览已过期或不完整：请重新上传名单" in answer.content.decode()


def test_somebody_elses_preview_is_refused(client, office, tmp_path):
    second = User.objects.create_user("second", name="副网管", is_staff=True)
    column_operations.appoint(
        second, Role.objects.get(key="GRANTER"), office.main, by=office.system, reason="测试"
    )
    client.force_login(second)
    token = signed(upload(client, table(tmp_path, ["granter", "网管", None, None, None, None, "否"])))
    client.force_login(office.granter)
    client.post(f"{HOME}apply/", token)
    office.granter.refresh_from_db()
    assert office.granter.is_active


def test_a_preview_is_good_for_two_hours(keeper, tmp_path):
    with time_machine.travel("2026-11-24 09:00 +0800", tick=False) as clock:
        token = signed(upload(keeper, table(tmp_path, ["1001", "李岚"])))
        clock.shift(2 * 3600 + 1)
        keeper.post(f"{HOME}apply/", token)
    assert not User.objects.filter(staff_number="1001").exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("人员.xls", b"\xd0\xcf\x11\xe0", "不能读取 .xls：请另存为 .xlsx 后再导入"),
        ("人员.xlsx", b"PK\x03\x04broken", "“人员.xlsx”已损坏"),
        ("人员.csv", b"\xff\xfe\xfa\x00\x01", "不是文本，或编码无法识别"),
        ("人员.csv", "姓名,部门\n李岚,办公室\n".encode(), "须有“工号”、“姓名”两列"),
        ("人员.csv", "工号,姓名\n".encode(), "只有表头，没有人员"),
        ("人员.csv", "工号,工号,姓名\n1,2,李\n".encode(), "表头中“工号”出现了两次"),
        ("人员.csv", b"", "文件是空的"),
        ("人员", b"x", "不能导入这种文件：可用 .xlsx 或 .csv"),
    ],
)
def test_a_file_that_is_no_register_is_answered_at_its_field(keeper, name, content, said):
    page = keeper.post(HOME, {"file": SimpleUploadedFile(name, content)})
    assert page.status_code == 200
    assert said in "".join(page.context["form"].errors["file"])


def test_no_file_at_all_is_said(keeper):
    assert "请选择名单文件" in keeper.post(HOME, {}).content.decode()


def test_a_file_with_nothing_to_write_offers_no_button(keeper, tmp_path):
    page = upload(keeper, table(tmp_path, ["1001", None])).content.decode()
    assert "没有需要写入的内容：请按下面的提示改好名单，再上传一次" in page
    assert ">导入</button>" not in page


def test_what_a_file_says_is_shown_as_text(keeper, tmp_path):
    page = upload(keeper, table(tmp_path, ["1", "<script>alert(1)</script>"])).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_a_long_list_is_cut_on_the_page_and_whole_in_the_workbook(keeper, tmp_path):
    preview = upload(keeper, table(tmp_path, *[[f"{at:04}", f"人员{at}"] for at in range(230)]))
    assert "只列出前 200 条，共 230 条；全部见 Excel 报告" in preview.content.decode()
    answer = keeper.post(f"{HOME}report/", signed(preview))
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert len({row[2] for row in sheet.values if row[0] == "将新增"}) == 230


def test_the_register_taken_away_and_brought_back_changes_nothing(keeper, office, tmp_path):
    answer = keeper.get(f"{HOME}template/?people")
    (tmp_path / "名册.xlsx").write_bytes(b"".join(answer.streaming_content))
    plan = judged(tmp_path / "名册.xlsx", office.granter)
    assert (plan.unchanged, plan.has_work, plan.refused, plan.absent) == (10, False, [], [])


def test_the_template_has_the_headings_and_nobody(keeper):
    answer = keeper.get(f"{HOME}template/")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert list(sheet.values) == [(*HEAD, "初始密码")]


def test_the_list_of_people_leads_to_the_import(keeper):
    assert f'href="{HOME}"' in keeper.get("/admin/portal/user/").content.decode()


def test_the_auditor_sees_the_list_without_the_way_in(client, office):
    client.force_login(office.auditor)
    page = client.get("/admin/portal/user/")
    assert (page.status_code, HOME in page.content.decode()) == (200, False)


def test_a_preview_asks_no_more_of_thirty_rows_than_of_one(keeper, tmp_path):
    counts = []
    upload(keeper, table(tmp_path, ["1", "甲"]))  # what is read once a minute is read
    for many in (1, 30):
        path = table(tmp_path, *[[f"{at:04}", f"人员{at}", "办公室"] for at in range(many)])
        with CaptureQueriesContext(connection) as queries:
            upload(keeper, path)
        counts.append(len(queries))
    assert counts[0] == counts[1]
