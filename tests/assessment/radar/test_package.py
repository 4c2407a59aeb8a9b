"""自查包: the evidence of a quarter, the same bytes for the same rows; and the commands."""

import json
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command

from assessment.models import Reading, Visit
from assessment.operations import visits
from assessment.rules.dates import Quarter
from assessment.workbook import packages
from portal import clock, parameters
from portal.models import Parameter

QUARTER = Quarter(2026, 3)


@pytest.fixture
def quarter(office):
    """Two visits of one page and one that did not open, a reading at the end, and what lies outside."""
    digest, name = "c" * 64, visits._store("c" * 64, "<p>页面</p>".encode())
    fields = {
        "site": office.main,
        "url": "/",
        "what": "=首页",
        "sha256": digest,
        "snapshot": name,
        "status": 200,
    }
    for day in (1, 2):
        Visit.objects.create(
            at=datetime(2026, 7, day, 2, tzinfo=UTC),
            faults=[{"key": "mark", "text": "页脚没有“公安备案号”"}],
            **fields,
        )
    closed = {
        "sha256": "",
        "snapshot": "",
        "status": 0,
        "faults": [{"key": "status", "text": "15 秒内没有打开"}],
    }
    Visit.objects.create(at=datetime(2026, 9, 30, 15, 59, tzinfo=UTC), **fields | closed)
    Visit.objects.create(at=datetime(2026, 9, 30, 16, 1, tzinfo=UTC), **fields)
    for on, light in ((QUARTER.first, "amber"), (QUARTER.last, "red")):
        Reading.objects.create(
            site=office.main, item="V3", on=on, since=on, light=light, said="首页不更新", limit="14 天",
            owner="办公室", evidence=[{"what": "最新的是要闻", "url": "/c/x/"}],
        )  # fmt: skip


def unpacked(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as book:
        assert book.testzip() is None
        return {one.filename: book.read(one).decode() for one in book.infolist()}


def test_it_holds_the_quarter_and_nothing_else(quarter):
    found = unpacked(b"".join(packages.stream(QUARTER)))
    assert list(found) == ["index.html", "radar.csv", "visits.csv", f"snapshots/{'c' * 64}.html"]
    lines = found["visits.csv"].splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("2026-07-01 10:00:00,城东分局基层信息网,可用性,'=首页,/,200,")
    assert lines[3].split(",")[5:8] == ["0", "0", "15 秒内没有打开"]
    assert found[f"snapshots/{'c' * 64}.html"] == "<p>页面</p>"
    assert "不合格" in found["radar.csv"]
    assert "预警" not in found["radar.csv"]
    assert "2026 年第三季度自查包" in found["index.html"]


def test_the_same_rows_give_the_same_bytes(quarter):
    assert b"".join(packages.stream(QUARTER)) == b"".join(packages.stream(QUARTER))


def test_a_quarter_without_anything_is_a_package_that_says_so(office):
    found = unpacked(b"".join(packages.stream(Quarter(2025, 1))))
    assert "本季度没有雷达记录" in found["index.html"]
    assert "本季度没有巡访记录" in found["index.html"]


def said(*args, **options) -> str:
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def test_the_command_prints_the_nine_items_as_promised(office, published):
    published()
    rows = json.loads(said("self_check", format="json"))
    assert [one["item"] for one in rows] == ["V1", "V2", "V3", "V4a", "V4b", "V4c", "V5a", "V5b", "V6"]
    assert {"item", "state", "limit", "days_left", "owner", "evidence"} <= rows[0].keys()
    home = rows[2]
    assert (home["state"], home["days_left"], home["site"]) == ("ok", 14, "fenju")
    assert len(json.loads(said("self_check", format="json", all=True))) == 18
    assert json.loads(said("self_check", format="json", site="beiqiao"))[2]["state"] == "red"
    assert "V3 首页不更新 正常：首页今天有新信息" in said("self_check")
    then = (clock.today() + timedelta(days=11)).isoformat()
    assert json.loads(said("self_check", format="json", at=then))[2]["state"] == "amber"


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"site": "nowhere"}, "没有代码为“nowhere”的站点"),
        ({"at": "明天"}, "不是日期"),
        ({"package": "2026Q9", "to": "x"}, "2026Q3"),
        ({"package": "2099Q1", "to": "x"}, "还没有到"),
        ({"package": "2026Q1"}, "--to"),
        ({"package": "2026Q1", "to": "/nowhere/x.zip"}, "不能写到"),
    ],
)
def test_the_command_says_what_is_wrong(office, options, refusal):
    with pytest.raises(CommandError, match=refusal):
        said("self_check", **options)


def test_the_command_writes_the_package(quarter, tmp_path):
    said("self_check", package="2026Q3", to=str(tmp_path / "p.zip"))
    assert (tmp_path / "p.zip").read_bytes() == b"".join(packages.stream(QUARTER))


def test_sub_columns_under_their_minimum_are_listed_with_what_is_missing(office, published):
    assert json.loads(said("build_up", format="json")) == []
    Parameter.objects.create(
        key="build_up_least", label="每个子栏目信息至少", value=5, unit="条", clause="实施意见二"
    )
    parameters.changed()
    published()
    (row,) = json.loads(said("build_up", format="json"))
    assert (row["site"], row["column"], row["have"], row["need"], row["missing"]) == (
        "fenju", "yaowenbaodao", 1, 5, 4,
    )  # fmt: skip
    office.trends.name = "单位概况"
    office.trends.save()
    assert json.loads(said("build_up", format="json")) == []
