"""The year's plan: seeded from the package, edited by the office, read from a file; open limits follow."""

import csv
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import Workbook

from portal import limits, operations
from portal.calendar_import import PlanErrors, PlanRow, read_plan
from portal.models import AuditEntry, CalendarDay, CalendarYear, Limit, Notice, User
from portal.workdays import Calendar, Day
from portal.workflow import Refused

HEADER = ["日期", "上班/放假", "说明"]
PLAN_2027 = [
    ["2026-12-27", "上班", "调休上班"],
    ["2027-01-01", "放假", "元旦"],
    ["2027/1/2", "放假", "元旦"],
    ["2027年1月3日", "放假", "元旦"],
    ["2027-01-09", "上班", ""],
]


@pytest.fixture
def keeper(db) -> User:
    return User.objects.create_user("wangguan-1", name="李岚")


@pytest.fixture
def limit(keeper) -> Limit:
    """Two working days from 31 December 2026, while the plan of 2027 is not known."""
    at = timezone.make_aware(datetime(2026, 12, 31, 9))
    return limits.start(keeper, label="审核", clause="办法第十六条", working_days=2, owner=keeper, at=at)


def csv_file(folder: Path, rows: list[list[str]], encoding: str = "utf-8-sig") -> Path:
    path = folder / "放假安排.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def xlsx_file(folder: Path, rows: list[list]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "放假安排.xlsx")
    return folder / "放假安排.xlsx"


# --- seeding --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_seeding_confirms_the_published_years_and_changes_no_day():
    added = operations.seed_years(2025, 2028)

    assert added == CalendarDay.objects.count()
    assert list(CalendarYear.objects.values_list("year", "is_confirmed")) == [(2026, True), (2025, True)]
    seeded, plain = Calendar.load(), Calendar()
    year = [date.fromordinal(n) for n in range(date(2025, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    assert {day: seeded.day(day) for day in year} == {day: plain.day(day) for day in year}


@pytest.mark.django_db
def test_seeding_twice_adds_nothing_and_keeps_the_office_s_edits(keeper):
    operations.set_day(date(2026, 10, 8), False, "系统割接", by=keeper)
    operations.seed_years(2026, 2026)
    operations.set_day(date(2026, 10, 7), True, "应急值守", by=keeper)

    assert operations.seed_years(2026, 2026) == 0
    assert Calendar.load().day(date(2026, 10, 8)) == Day(False, "系统割接")
    assert Calendar.load().day(date(2026, 10, 7)) == Day(True, "应急值守")


# --- editing --------------------------------------------------------------------------------------


def test_set_day_moves_open_limits_and_is_on_record(limit, keeper):
    moved = operations.set_day(date(2027, 1, 1), False, "元旦", by=keeper)

    assert moved == [limit]
    assert timezone.localdate(moved[0].due_at) == date(2027, 1, 5)
    assert moved[0].computed["estimated"] is True
    entry = AuditEntry.objects.get(verb="set_day")
    assert (entry.actor, entry.object_label, entry.note) == (keeper, "2027-01-01 放假", "元旦")


def test_removed_day_is_an_ordinary_day_again(limit, keeper):
    operations.set_day(date(2027, 1, 1), False, "元旦", by=keeper)

    moved = operations.remove_day(CalendarDay.objects.get(), by=keeper)

    assert [timezone.localdate(one.due_at) for one in moved] == [date(2027, 1, 4)]
    assert Notice.objects.filter(recipient=keeper).count() == 2


def test_confirming_a_year_takes_the_mark_away(limit, keeper):
    operations.set_day(date(2027, 1, 1), False, "元旦", by=keeper)

    moved = operations.confirm_year(2027, "国务院办公厅关于2027年部分节假日安排的通知", by=keeper)

    limit.refresh_from_db()
    assert (moved, limit.computed["estimated"]) == ([], False)
    assert CalendarYear.objects.get(year=2027).source == "国务院办公厅关于2027年部分节假日安排的通知"


@pytest.mark.parametrize(
    ("year", "source", "message"),
    [
        (2027, "通知", "2027年还没有录入放假的日子，不能核定"),
        (2027, " ", "请写明依据的通知"),
        (1900, "通知", "年份须在 1950 至 2100 之间"),
    ],
)
def test_year_without_days_or_source_is_not_confirmed(keeper, year, source, message):
    with pytest.raises(Refused) as refusal:
        operations.confirm_year(year, source, by=keeper)

    assert refusal.value.message == message
    assert CalendarYear.objects.count() == 0


# --- reading a file -------------------------------------------------------------------------------

READ_2027 = [
    PlanRow(date(2026, 12, 27), True, "调休上班"),
    PlanRow(date(2027, 1, 1), False, "元旦"),
    PlanRow(date(2027, 1, 2), False, "元旦"),
    PlanRow(date(2027, 1, 3), False, "元旦"),
    PlanRow(date(2027, 1, 9), True, ""),
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_any_encoding_an_office_saves(tmp_path, encoding):
    assert read_plan(csv_file(tmp_path, [HEADER, *PLAN_2027, ["", "", ""]], encoding), 2027) == READ_2027


def test_xlsx_is_read_with_real_dates_and_columns_in_any_order(tmp_path):
    rows = [["说明", "日期", "上班/放假"]] + [[note, day, word] for day, word, note in PLAN_2027]
    rows[2][1] = datetime(2027, 1, 1)

    assert read_plan(xlsx_file(tmp_path, rows), 2027) == READ_2027


def test_every_bad_line_is_named(tmp_path):
    rows = [
        ["2027-13-01", "放假", ""],
        ["明天", "放假", ""],
        ["2028-01-01", "放假", "元旦"],
        ["2027-01-01", "休息", "元旦"],
        ["2027-10-01", "放假", "国庆节"],
        ["2027-10-01", "上班", ""],
        ["2027-10-02", "放假", "长" * 41],
    ]
    with pytest.raises(PlanErrors) as refusal:
        read_plan(csv_file(tmp_path, [HEADER, *rows]), 2027)

    assert refusal.value.lines == (
        "第 2 行：日期“2027-13-01”不存在",
        "第 3 行：日期“明天”无法识别，请写成 2027-01-01 的样子",
        "第 4 行：日期 2028-01-01 不在 2027 年的安排内",
        "第 5 行：“上班/放假”一栏须填上班或放假，不能是“休息”",
        "第 7 行：日期 2027-10-01 重复",
        "第 8 行：说明超过 40 字",
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", "", "第 1 行：缺少列“日期”“上班/放假”“说明”，表头须为 日期、上班/放假、说明"),
        ("a.csv", "日期,说明\n", "第 1 行：缺少列“上班/放假”，表头须为 日期、上班/放假、说明"),
        ("a.csv", "日期,上班/放假,说明\n2027-01-09,上班,\n", "文件里没有 2027 年放假的日子"),
        ("a.csv", "日期,上班/放假,说明\n" * 402, "a.csv 超过 400 行，不像一年的安排"),
        ("a.csv", "x" * 1_000_001, "a.csv 太大，一年的安排不会超过 1 MB"),
        ("a.xlsx", "这不是表格", "表格打不开，文件可能已损坏，请另存为 .xlsx 后再试"),
        ("a.docx", "", "a.docx 不是 .csv 或 .xlsx 文件"),
    ],
)
def test_unusable_file_is_refused_in_one_line(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PlanErrors) as refusal:
        read_plan(path, 2027)

    assert refusal.value.lines == (message,)


def test_absent_file_is_refused(tmp_path):
    with pytest.raises(PlanErrors, match=r"无此文件\.csv 打不开"):
        read_plan(tmp_path / "无此文件.csv", 2027)


# --- importing ------------------------------------------------------------------------------------


def test_import_confirms_the_year_and_says_how_many_limits_moved(tmp_path, limit, keeper, capsys):
    path = csv_file(tmp_path, [HEADER, *PLAN_2027])

    call_command("import_calendar", str(path), "--year", "2027", "--as", "wangguan-1")

    assert capsys.readouterr().out.splitlines() == [
        "已导入2027年安排：放假3天，调休上班2天",
        "未办结的时限中有 1 项到期日变动",
        "  审核：改为 2027-01-05 到期",
    ]
    assert Calendar.load().day(date(2026, 12, 27)) == Day(True, "调休上班")
    entry = AuditEntry.objects.get(verb="confirm_year")
    assert entry.actor == keeper
    assert entry.note == "国务院办公厅关于2027年部分节假日安排的通知；放假3天，调休上班2天"


def test_import_replaces_the_year_and_twice_is_the_same(tmp_path, limit, keeper, capsys):
    operations.set_day(date(2027, 5, 1), False, "劳动节", by=keeper)
    path = csv_file(tmp_path, [HEADER, *PLAN_2027])

    call_command("import_calendar", str(path), "--year", "2027", "--source", "国办发明电")
    call_command("import_calendar", str(path), "--year", "2027", "--source", "国办发明电")

    assert capsys.readouterr().out.splitlines()[-1] == "未办结的时限中有 0 项到期日变动"
    assert list(CalendarDay.objects.order_by("date").values_list("date", flat=True)) == [
        row.date for row in READ_2027
    ]
    assert CalendarYear.objects.get(year=2027).source == "国办发明电"
    assert Notice.objects.filter(recipient=keeper).count() == 1


def test_one_bad_line_imports_nothing(tmp_path, limit):
    path = csv_file(tmp_path, [HEADER, *PLAN_2027, ["2027-02-30", "放假", "春节"]])

    with pytest.raises(CommandError, match="没有导入任何内容：\n第 7 行：日期“2027-02-30”不存在"):
        call_command("import_calendar", str(path), "--year", "2027")

    assert (CalendarDay.objects.count(), CalendarYear.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_import_by_an_unknown_person_is_refused(tmp_path):
    path = csv_file(tmp_path, [HEADER, *PLAN_2027])

    with pytest.raises(CommandError, match="没有工号为“nobody”的人员"):
        call_command("import_calendar", str(path), "--year", "2027", "--as", "nobody")
