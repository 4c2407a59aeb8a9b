"""`import_articles`: good rows come in, the others are told apart by line and reason, and nothing comes in twice."""

import csv
import io
import json
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from docx import Document
from PIL import Image

from columns import operations as column_operations
from columns.models import Role
from portal import audit, richtext
from portal.models import Department, Notice, StoredFile
from publishing import operations
from publishing.enums import RevisionState
from publishing.importing import intake
from publishing.models import Article, Revision
from publishing.operations import Draft

HEADER = ["标题", "正文", "作者", "来源", "转载", "部门", "成文日期", "摘要", "栏目", "编号"]
FULL = [
    "例会召开",
    "部署年底工作。\n\n抓好落实。",
    "李岚",
    "市局",
    "是",
    "北桥工商所",
    "2026/9/30",
    "部署工作。",
    "业务交流",
    "7",
]


def table(folder: Path, *rows, header=HEADER, name="稿件.csv") -> Path:
    with (folder / name).open("w", encoding="gb18030", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return folder / name


def short(folder: Path, *rows) -> Path:
    return table(folder, *rows, header=["标题", "正文", "作者"])


def article(number: int) -> list[str]:
    return [f"例会 {number}", f"第 {number} 次部署。", "李岚"]


def document(folder: Path, name="稿件.docx", colour="navy", text="正文。") -> Path:
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(picture, "PNG")
    word = Document()
    word.add_heading("会场布置", level=0)
    word.add_paragraph(text)
    word.add_picture(picture)
    word.save(folder / name)
    return folder / name


def imported(path: Path, *options: str, by="collector", column="工作动态/要闻报道", code=0) -> dict:
    """The JSON report of an import, which ended with `code`."""
    out, who = io.StringIO(), ["--as", by] if by else []
    arguments = ["import_articles", path, "--site=fenju", "--column", column, *who, "--format=json", *options]
    with pytest.raises(SystemExit) if code else nullcontext() as ended:
        call_command(*arguments, stdout=out)
    assert (ended.value.code if code else 0) == code
    report = json.loads(out.getvalue())
    report["refused"] = [(one["line"], one["title"], one["reason"]) for one in report["refused"]]
    return report


def told(path: Path, *options: str) -> list[str]:
    out = io.StringIO()
    call_command("import_articles", path, "--site=fenju", "--column=yaowenbaodao", *options, stdout=out)
    return out.getvalue().splitlines()


def counts(report: dict) -> tuple[int, int, int]:
    return report["imported"], report["skipped"], len(report["refused"])


# --- what comes in --------------------------------------------------------------------------------


def test_a_full_row_becomes_a_draft_with_everything_it_says(office, tmp_path):
    report = imported(table(tmp_path, FULL))

    assert report == {"imported": 1, "skipped": 0, "submitted": 0, "as": "collector", "refused": []}
    revision = Revision.objects.get()
    assert revision.state == RevisionState.DRAFT
    assert revision.title == "例会召开"
    assert revision.body == "<p>部署年底工作。</p><p>抓好落实。</p>"
    assert (revision.author_name, revision.source_name, revision.is_reprint) == ("李岚", "市局", True)
    assert (revision.department, revision.column) == (office.station, office.exchange)
    assert (revision.written_on, revision.summary) == (date(2026, 9, 30), "部署工作。")
    assert revision.created_by == office.collector
    assert audit.verify().bad_id is None


def test_a_row_that_says_little_takes_column_department_and_summary_from_where_it_goes(office, tmp_path):
    imported(short(tmp_path, ["例会召开", "部署年底工作。", ""]))

    revision = Revision.objects.get()
    assert (revision.column, revision.department) == (office.news, office.section)
    assert (revision.summary, revision.author_name, revision.written_on) == ("部署年底工作。", "", None)


def test_an_author_may_be_named_for_all_that_name_none(office, tmp_path):
    imported(short(tmp_path, ["甲", "正文", ""], ["乙", "正文", "李岚"]), "--author=周明")

    assert list(Revision.objects.order_by("pk").values_list("author_name", flat=True)) == ["周明", "李岚"]


def test_markup_in_a_cell_is_cleaned_and_plain_text_is_shown_as_it_is(office, tmp_path):
    imported(
        short(tmp_path, ["甲", "<p onclick=x>正文<script>alert(1)</script></p>", ""], ["乙", "1<2 & 3>2", ""])
    )

    bodies = list(Revision.objects.order_by("pk").values_list("body", flat=True))
    assert bodies == ["<p>正文</p>", "<p>1&lt;2 &amp; 3&gt;2</p>"]


def test_pictures_of_a_document_are_stored_and_shown(office, tmp_path):
    assert counts(imported(document(tmp_path))) == (1, 0, 0)

    stored, revision = StoredFile.objects.get(), Revision.objects.get()
    assert (stored.owner, list(revision.pictures.all())) == (office.collector, [stored])
    assert f'<img src="{stored.get_absolute_url()}"' in revision.body


def test_a_folder_of_all_kinds_comes_in_with_what_was_refused_by_name(office, tmp_path):
    (tmp_path / "通知").mkdir()
    short(tmp_path, article(1), ["", "没有标题", ""])
    document(tmp_path / "通知")
    (tmp_path / "通知" / "会场.jpg").write_bytes(b"x")
    (tmp_path / "要求.txt").write_text("抓好落实。", "utf-8")
    (tmp_path / "名单.json").write_text('[{"title": "名单", "body": ["甲", "乙"]}]', "utf-8")
    (tmp_path / "旧.doc").write_bytes(b"x")

    report = imported(tmp_path)

    assert report["imported"] == 4
    assert report["refused"] == [
        ("旧.doc", "", "不能读取 .doc：请另存为 docx 后再导入"),
        (3, "", "缺少标题"),
    ]
    titles = Article.objects.order_by("pk").values_list("title", flat=True)
    assert list(titles) == ["名单", "例会 1", "要求", "会场布置"]


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("标题", " ", "缺少标题"),
        ("标题", "长" * 121, "标题有 121 字，超过 120 字"),
        ("正文", "", "缺少正文"),
        ("正文", "<script>alert(1)</script><p> </p>", "缺少正文"),
        ("作者", "长" * 61, "作者有 61 字，超过 60 字"),
        ("转载", "也许", "“转载”一栏须填是或否，不能是“也许”"),
        ("部门", "南湖所", "没有名为“南湖所”的部门"),
        ("部门", "办公室", "有几个部门叫“办公室”，请写全称"),
        ("成文日期", "去年", "成文日期“去年”无法识别，请写成 2026-09-30 的样子"),
        ("成文日期", "2026-02-30", "成文日期“2026-02-30”不存在"),
        ("栏目", "没有的", "“城东分局基层信息网”没有栏目“没有的”"),
    ],
)
def test_a_row_is_refused_by_line_and_reason_and_the_others_come_in(office, tmp_path, field, value, reason):
    Department.objects.create(name="办公室", code="beiqiao-bangongshi", kind="SECTION", parent=office.station)
    bad = [value if name == field else said for name, said in zip(HEADER, FULL, strict=True)]

    report = imported(table(tmp_path, bad, [*FULL[:9], "8"]))

    assert counts(report) == (1, 0, 1)
    ((line, _, why),) = report["refused"]
    assert (line, why) == (2, reason)


def test_a_text_beyond_all_length_is_refused_alone(office, tmp_path):
    report = imported(short(tmp_path, ["长文", "长" * 1_000_000, ""], article(1)))

    assert counts(report) == (1, 0, 1)
    assert report["refused"] == [(2, "长文", str(richtext.RichTextTooLong(1_000_007, 400_000)))]


def test_a_column_where_the_collector_has_no_right_is_refused(office, tmp_path):
    role = Role.objects.get(key="COLLECTOR")
    column_operations.appoint(
        office.staff, role, office.main, by=office.system, reason="测试", column=office.news
    )

    report = imported(table(tmp_path, FULL, [*FULL[:8], "要闻报道", "8"]), by="staff")

    assert counts(report) == (1, 0, 1)
    assert report["refused"] == [(2, "例会召开", "干部没有“业务交流”栏目的采集权限")]


def test_a_picture_that_cannot_be_taken_refuses_its_document_and_keeps_no_file(office, tmp_path, settings):
    settings.UPLOAD_MAX_PICTURE_BYTES = 10

    report = imported(document(tmp_path), code=1)

    ((line, title, reason),) = report["refused"]
    assert (line, title) == ("稿件.docx", "会场布置")
    assert "超过图片上限" in reason
    assert (Article.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_one_bad_picture_does_not_keep_the_rest_of_its_batch_out(office, tmp_path, settings):
    (tmp_path / "大图.docx").write_bytes(document(tmp_path).read_bytes())
    (tmp_path / "稿件.docx").unlink()
    short(tmp_path, article(1), article(2))
    settings.UPLOAD_MAX_PICTURE_BYTES = 10

    report = imported(tmp_path)

    assert counts(report) == (2, 0, 1)
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


# --- again ----------------------------------------------------------------------------------------


def test_importing_again_changes_nothing(office, tmp_path):
    document(tmp_path)
    short(tmp_path, article(1), article(2))
    table(tmp_path, FULL, name="全.csv")
    assert counts(imported(tmp_path)) == (4, 0, 0)

    assert counts(imported(tmp_path, by="moderator")) == (0, 4, 0)
    assert (Article.objects.count(), StoredFile.objects.count()) == (4, 1)


def test_new_rows_of_a_file_that_grew_come_in(office, tmp_path):
    imported(short(tmp_path, article(1)))

    assert counts(imported(short(tmp_path, article(1), article(2)))) == (1, 1, 0)


def test_a_row_that_says_something_else_now_is_refused_and_changes_nothing(office, tmp_path):
    imported(short(tmp_path, article(1)))
    before = Revision.objects.values().get()

    report = imported(short(tmp_path, ["例会 1", "改过的正文。", "李岚"]), code=1)

    assert report["refused"] == [(2, "例会 1", "已存在且内容不同，未改动")]
    assert Revision.objects.values().get() == before


def test_a_document_with_another_picture_is_another_text(office, tmp_path):
    imported(document(tmp_path))

    report = imported(document(tmp_path, colour="red"), code=1)

    assert report["refused"] == [("稿件.docx", "会场布置", "已存在且内容不同，未改动")]
    assert StoredFile.objects.count() == 1


def test_a_number_makes_two_texts_of_one_title(office, tmp_path):
    header = ["编号", "标题", "正文"]
    path = table(tmp_path, ["1", "通报", "甲。"], ["2", "通报", "乙。"], ["3", "通报", "甲。"], header=header)

    assert counts(imported(path)) == (3, 0, 0)


def test_the_same_row_twice_in_a_file_comes_in_once(office, tmp_path):
    path = short(tmp_path, article(1), article(2), article(1), ["例会 2", "别的正文。", ""])

    report = imported(path)

    assert counts(report) == (2, 1, 1)
    assert report["refused"] == [(5, "例会 2", "已存在且内容不同，未改动")]


def test_a_text_that_editors_changed_or_moved_since_counts_as_imported(office, tmp_path):
    imported(short(tmp_path, article(1)))
    article_ = Article.objects.get()
    draft = Draft(column=office.exchange, title="改过的标题", body="<p>改过。</p>", author_name="李岚")
    operations.save(article_, draft, by=office.collector, token=operations.drafts.version_token(article_))

    assert counts(imported(short(tmp_path, article(1)))) == (0, 1, 0)
    assert Article.objects.count() == 1


# --- all or nothing, and straight to review -----------------------------------------------------------


def test_all_or_nothing_writes_nothing_when_one_row_is_refused(office, tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "BATCH_ROWS", 2)
    document(tmp_path)
    short(tmp_path, *map(article, range(5)), ["", "没有标题", ""])

    report = imported(tmp_path, "--all-or-nothing", code=1)

    assert report["imported"] == 0
    assert report["refused"] == [(7, "", "缺少标题")]
    assert (Article.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_all_or_nothing_writes_all_when_nothing_is_refused(office, tmp_path):
    assert counts(imported(short(tmp_path, article(1), article(2)), "--all-or-nothing")) == (2, 0, 0)
    assert Article.objects.count() == 2


def test_submitted_texts_go_to_review(office, tmp_path):
    report = imported(short(tmp_path, article(1), article(2)), "--submit")

    assert (report["imported"], report["submitted"]) == (2, 2)
    assert set(Revision.objects.values_list("state", flat=True)) == {RevisionState.IN_REVIEW}
    assert Notice.objects.filter(recipient=office.head_person).count() == 2


def test_a_text_that_may_not_be_submitted_is_not_kept_either(office, tmp_path):
    report = imported(short(tmp_path, ["没有作者", "正文。", ""], article(1)), "--submit")

    assert (report["imported"], report["submitted"]) == (1, 1)
    assert report["refused"] == [(2, "没有作者", "请注明作者")]
    assert list(Article.objects.values_list("title", flat=True)) == ["例会 1"]


# --- who, where and how it is told --------------------------------------------------------------------


@pytest.mark.parametrize("site", ["fenju", "城东分局基层信息网"])
@pytest.mark.parametrize("column", ["yaowenbaodao", "要闻报道", "工作动态/要闻报道", "工作动态 > 要闻报道"])
def test_site_and_column_are_known_by_address_name_and_path(office, tmp_path, site, column):
    call_command(
        "import_articles", short(tmp_path, article(1)), site=site, column=column, stdout=io.StringIO()
    )

    assert Article.objects.get().column == office.news


def test_without_a_name_the_column_s_moderator_collects(office, tmp_path):
    assert told(short(tmp_path, article(1))) == [
        "采集人：版主 moderator（该栏目的版主；可用 --as 另行指定）",
        "“城东分局基层信息网”的“要闻报道”：导入 1 条，已导入过而跳过 0 条，未导入 0 条",
    ]
    assert Article.objects.get().created_by == office.moderator


def test_people_read_the_refused_rows_with_file_and_line(office, tmp_path):
    assert told(short(tmp_path, article(1), ["甲", "", ""]), "--as=collector") == [
        "采集人：信息员 collector",
        "“城东分局基层信息网”的“要闻报道”：导入 1 条，已导入过而跳过 0 条，未导入 1 条",
        "  稿件.csv 第 3 行《甲》：缺少正文",
    ]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"site": "nowhere"}, "没有站点“nowhere”；现有：fenju（城东分局基层信息网）、beiqiao（北桥工商所）"),
        ({"column": "没有的"}, "“城东分局基层信息网”没有栏目“没有的”"),
        ({"user": "nobody"}, "没有工号为“nobody”的在用人员"),
        ({"user": "staff"}, "干部（staff）没有“要闻报道”栏目的采集权限"),
        ({"file": Path("没有.csv")}, "没有这个文件或文件夹：没有.csv"),
    ],
)
def test_a_wrong_argument_is_told_in_one_line(office, tmp_path, options, reason):
    chosen = {"file": short(tmp_path, article(1)), "site": "fenju", "column": "要闻报道"} | options

    with pytest.raises(CommandError, match="^" + reason.replace("（", "（") + "$"):
        call_command("import_articles", chosen.pop("file"), **chosen, stdout=io.StringIO())
    assert Article.objects.count() == 0


def test_two_columns_of_one_name_must_be_told_apart_by_path(office, tmp_path):
    twin = office.exchange
    twin.pk, twin.slug, twin.name = None, "yaowen-2", "要闻报道"
    twin.save()

    with pytest.raises(CommandError, match="请写明路径：工作动态/要闻报道、要闻报道"):
        told(short(tmp_path, article(1)), "--column=要闻报道")


def test_an_import_of_many_rows_asks_few_questions(office, tmp_path, django_assert_max_num_queries):
    path = short(tmp_path, *map(article, range(500)))

    with django_assert_max_num_queries(100):
        assert counts(imported(path)) == (500, 0, 0)
