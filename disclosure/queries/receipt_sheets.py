"""公文签收单: the sheet of a dispatch, as a page, in Word and in Excel."""

from disclosure.models import Dispatch
from disclosure.queries.dispatches import Row, counts, sheet
from portal import clock
from portal.documents import Paper, Paragraph, Table

HEADINGS = ["序号", "签收单位", "签收情况", "签收人", "签收时间", "首次阅读"]
WIDTHS = [3, 8, 6, 6, 8, 8]


def paper_of(dispatch: Dispatch) -> Paper:
    rows = sheet(dispatch)
    number = f"（{dispatch.document_number}）" if dispatch.document_number else ""
    said = (
        f"《{dispatch.title}》{number}由{dispatch.issuer}于 {_moment(dispatch.sent_at)} 发出，"
        f"请于 {dispatch.sign_by:%Y-%m-%d} 前签收。{summary(rows)}。"
    )
    lines = [[place, *_line(row)] for place, row in enumerate(rows, start=1)]
    return Paper(
        masthead="", title="公文签收单", signed=str(dispatch.issuer), dated=clock.today(),
        parts=[Paragraph(said), Table("签收情况", HEADINGS, lines, WIDTHS)],
    )  # fmt: skip


def summary(rows: list[Row]) -> str:
    """应签收 9 个单位，已签收 6 个（逾期签收 1 个），未签收 3 个."""
    found = counts(rows)
    signed, late = found["signed"] + found["signed_late"], found["signed_late"]
    owed, closed = found["late"] + found["unread"] + found["read"], found["closed"]
    words = f"应签收 {signed + owed} 个单位，已签收 {signed} 个" + (f"（逾期签收 {late} 个）" if late else "")
    return words + f"，未签收 {owed} 个" + (f"；另有 {closed} 个单位已撤并" if closed else "")


def _line(row: Row) -> list[str]:
    one = row.receipt
    who = f"{one.signed_by}{f'（代{one.signed_for}）' if one.signed_for else ''}" if one.signed_by else ""
    read = f"{one.read_by} {_moment(one.read_at)}" if one.read_by else ""
    return [one.unit_name, row.standing.label, who, _moment(one.signed_at), read]


def _moment(at) -> str:
    return f"{clock.local(at):%Y-%m-%d %H:%M}" if at else ""
