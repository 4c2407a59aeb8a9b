"""What goes to 图书馆 and 档案馆: list, texts, attachments and checksums that hold."""

import hashlib
import io
import json
import zipfile
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from disclosure.enums.catalogue import Publicity
from disclosure.queries.packages import Span
from disclosure.workbook import packages
from portal import clock, uploads
from publishing.models import Article

ROOT = "政府信息公开-城东分局-"


def unpacked(house, span: Span) -> dict[str, bytes]:
    book = zipfile.ZipFile(io.BytesIO(b"".join(packages.stream(house.organ, span))))
    assert book.testzip() is None
    return {name.partition("/")[2]: book.read(name) for name in book.namelist()}


@pytest.fixture
def this_year() -> Span:
    year = clock.today().year
    return Span(date(year, 1, 1), date(year, 12, 31))


@pytest.fixture
def with_file(house, online):
    """Two attachments of one name."""
    files = [
        uploads.accept(SimpleUploadedFile("附表.txt", text.encode()), owner=house.world.collector)
        for text in ("一", "二")
    ]
    return online("许可规定", body="<p>为规范许可，制定本规定。</p>", attachments=files)


def test_a_package_holds_list_texts_attachments_and_sums(house, catalogued, with_file, this_year):
    entry = catalogued(with_file, title="许可规定")
    catalogued(title="记录", publicity=Publicity.ON_REQUEST)
    catalogued(title="移送", publicity=Publicity.CLOSED, ground="第十五条")
    files, folder = unpacked(house, this_year), f"全文/{entry.index_number}"
    assert set(files) == {
        "目录.xlsx", f"{folder}/正文.html", f"{folder}/正文.txt", f"{folder}/附件/01-附表.txt",
        f"{folder}/附件/02-附表.txt", "校验.sha256", "清单.json",
    }  # fmt: skip
    assert files[f"{folder}/正文.txt"].decode() == "许可规定\n\n为规范许可，制定本规定。\n"
    assert 'href="附件/02-附表.txt"' in files[f"{folder}/正文.html"].decode()
    assert files[f"{folder}/附件/02-附表.txt"].decode() == "二"
    rows = list(load_workbook(io.BytesIO(files["目录.xlsx"])).active.iter_rows(values_only=True))
    assert [(row[0], row[1], row[-1]) for row in rows[1:]] == [(entry.index_number, "许可规定", folder)]


def test_every_sum_holds_and_the_manifest_counts(house, catalogued, with_file, this_year):
    catalogued(with_file)
    files = unpacked(house, this_year)
    sums = dict(line.split("  ")[::-1] for line in files["校验.sha256"].decode().splitlines())
    assert sums == {
        name: hashlib.sha256(data).hexdigest()
        for name, data in files.items()
        if name not in ("校验.sha256", "清单.json")
    }
    said = json.loads(files["清单.json"])
    assert (said["entries"], said["files"], said["missing"]) == (1, 5, [])


def test_a_lost_attachment_is_named_and_stops_nothing(house, catalogued, with_file, this_year):
    entry = catalogued(with_file)
    default_storage.delete(with_file.published_revision.attachments.first().file.file.name)
    said = json.loads(unpacked(house, this_year)["清单.json"])
    assert said["missing"] == [f"全文/{entry.index_number}/附件/01-附表.txt"]


def test_only_what_was_made_public_in_the_span_is_in_it(house, catalogued, online):
    catalogued(online("许可规定"))
    assert (
        json.loads(unpacked(house, Span(date(2020, 1, 1), date(2020, 12, 31)))["清单.json"])["entries"] == 0
    )


def test_what_the_public_may_not_read_is_left_out(house, catalogued, online, this_year):
    catalogued(online("许可规定"))
    Article.objects.update(state="WITHDRAWN")
    assert json.loads(unpacked(house, this_year)["清单.json"])["entries"] == 0


def test_the_name_says_organ_and_span(house):
    assert packages.name_of(house.organ, Span(date(2026, 1, 1), date(2026, 12, 31))) == f"{ROOT}2026年.zip"
    assert (
        packages.name_of(house.organ, Span(date(2026, 1, 1), date(2026, 3, 31)))
        == f"{ROOT}20260101-20260331.zip"
    )


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("year=&first=&last=", "请填写年度，或者起止日期"),
        ("first=2026-03-01&last=2026-01-01", "截止日期早于起始日期"),
        ("year=26", "请填写四位年份"),
        ("first=3月&last=2026-01-01", "请填写为年-月-日"),
    ],
)
def test_a_wrong_span_is_told(signed_in, house, question, words):
    response = signed_in("collector").get(f"/desk/catalogue/package/?{question}&take=1")
    assert (response.status_code, words in response.content.decode()) == (422, True)


def test_the_page_counts_first_and_sends_on_demand(signed_in, house, catalogued, online):
    catalogued(online("许可规定"))
    year, keeper = clock.today().year, signed_in("collector")
    assert "1 件" in keeper.get(f"/desk/catalogue/package/?year={year}").content.decode()
    response = keeper.get(f"/desk/catalogue/package/?year={year}&take=1")
    assert response.headers["Content-Type"] == "application/zip"
    assert b"".join(response.streaming_content)[:2] == b"PK"
