"""征集意见 as an Excel workbook: whole, one line an opinion; who wrote it only where that is asked for and allowed."""

from collections.abc import Iterable, Iterator

from django.http import FileResponse

from interaction.enums.consultations import Outcome
from interaction.models import Activity, Opinion
from portal import clock
from portal.spreadsheets import workbook

HEADINGS = (
    "编号", "条款", "意见", "提出时间", "提出人", "公开情况", "不公开理由", "并入编号", "处理决定", "理由",
)  # fmt: skip
CONTACT = ("姓名", "电话", "电子邮箱")
WIDTHS = (8, 16, 60, 18, 22, 12, 30, 10, 12, 40, 12, 16, 24)


def write(activity: Activity, rows: Iterable[Opinion], *, with_contact: bool) -> FileResponse:
    title = f"{activity.title[:60]}意见{clock.today():%Y%m%d}"
    headings = (*HEADINGS, *CONTACT) if with_contact else HEADINGS
    return workbook(title, headings, _lines(rows, with_contact), WIDTHS)


def _lines(rows: Iterable[Opinion], with_contact: bool) -> Iterator[tuple]:
    for one in rows:
        made = one.made
        line = (
            one.number, str(one.clause or "全文"), one.text, one.sent_at, _who(one, with_contact),
            one.get_state_display(), one.held_reason, one.merged_into.number if one.merged_into else None,
            Outcome(made).label if made else "", one.lead.reason,
        )  # fmt: skip
        yield (*line, one.writer_name, one.phone, one.email) if with_contact else line


def _who(one: Opinion, with_contact: bool) -> str:
    if one.author is None:
        return "公众"
    return f"{one.author.name}（{one.author.staff_number}）" if with_contact else "登录人员"
