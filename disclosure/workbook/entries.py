"""公开目录 as an Excel workbook: what the list shows, all of it."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import FileResponse

from disclosure.models import CatalogueEntry, Office
from portal.spreadsheets import workbook

HEADINGS = (
    "索引号", "名称", "文号", "发布机构", "类别", "体裁", "主题分类", "主题词", "成文日期", "施行日期", "有效期至",
    "公开属性", "不予公开的依据", "公开日期", "有效性", "变动日期", "变动说明", "规范性文件", "载体形式",
)  # fmt: skip
WIDTHS = (24, 44, 20, 14, 12, 10, 12, 20, 12, 12, 12, 12, 24, 18, 10, 12, 24, 10, 10)
CHUNK = 1000


def write(office: Office, rows: QuerySet[CatalogueEntry]) -> FileResponse:
    return workbook(f"{office.organ}政府信息公开目录", HEADINGS, lines(rows), WIDTHS)


def lines(rows: QuerySet[CatalogueEntry]) -> Iterator[tuple]:
    """Rows of the sheet, newest first, read a thousand at a time."""
    last, rows = None, rows.select_related("category", "issuer").order_by("-pk")
    while chunk := list((rows.filter(pk__lt=last) if last else rows)[:CHUNK]):
        yield from (line(one) for one in chunk)
        last = chunk[-1].pk


def line(one: CatalogueEntry) -> tuple:
    return (
        one.index_number, one.title, one.document_number, one.issuer.name, one.category.name, one.genre, one.theme,
        one.theme_words, one.made_on, one.effective_on, one.expires_on, one.get_publicity_display(), one.ground,
        one.public_at, one.get_validity_display(), one.validity_on, one.validity_note, one.is_normative, one.medium,
    )  # fmt: skip
