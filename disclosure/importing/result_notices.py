"""办理结果表: read line by line into entries; what cannot be taken is said with its line, never with the name in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.files.uploadedfile import UploadedFile

from disclosure.enums.result_notices import Handled, NoticeState
from disclosure.importing.tables import lines_of, one_of, short
from disclosure.models import ResultNotice, ServiceItem
from disclosure.operations.result_notices import SECRET, TAKEN, Entry
from disclosure.queries import result_notices as queries
from disclosure.rules.result_notices import tells_a_secret
from disclosure.workbook.result_notices import HEADINGS
from portal import clock
from portal.models import User
from portal.spreadsheets import Line, Refusal

PERSONS = {"个人": True, "单位": False}
RESULTS = {one.label: one for one in Handled}


@dataclass
class Reading:
    entries: list[Entry] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


def read(file: UploadedFile, user: User) -> Reading:
    """Raises FileRefused when the file is no table of results."""
    return judge(lines_of(file, HEADINGS), user)


def judge(lines: Iterable[Line], user: User) -> Reading:
    """Each line an entry of an item whose results `user` enters, or the first thing that is wrong with it."""
    reading, first_at = Reading(), {}
    items = {one.name: one for one in queries.items_of(user)}
    known = _known(items.values())
    for line in lines:
        number = line.fields.get("number", "")
        try:
            entry = entry_of(line.fields, items)
            if (entry.item.site_id, number) in known:
                raise ValueError(TAKEN)
            if (entry.item.site_id, number) in first_at:
                raise ValueError(f"与第 {first_at[entry.item.site_id, number]} 行是同一个办件编号")
        except ValueError as wrong:
            shown = "" if tells_a_secret(number) else number[:40]
            reading.refused.append(Refusal(line.place, shown, str(wrong)))
        else:
            first_at[entry.item.site_id, number] = line.place.line
            reading.entries.append(entry)
    return reading


def entry_of(fields: Mapping[str, str], items: Mapping[str, ServiceItem]) -> Entry:
    """Raises ValueError with the first fault in words."""
    name, number = fields.get("name", ""), fields.get("number", "")
    if fields.get("item", "") not in items:
        raise ValueError("事项名称不在您录入的事项之列：请照办事指南的名称填写")
    if not name:
        raise ValueError("没有填写申请人")
    if not number:
        raise ValueError("没有填写办件编号")
    if tells_a_secret(number):
        raise ValueError(SECRET)
    return Entry(
        item=items[fields["item"]], number=short(number, 40, "办件编号"), name=short(name, 80, "申请人"),
        is_person=one_of(PERSONS, fields.get("kind", ""), "申请人类型", True),
        result=one_of(RESULTS, fields.get("result", ""), "办理结果"), decided_on=_day(fields.get("decided_on", "")),
        remark=short(fields.get("remark", ""), 200, "说明"),
    )  # fmt: skip


def _day(typed: str) -> date:
    written = (
        typed.replace("年", "-").replace("月", "-").removesuffix("日").replace("/", "-").replace(".", "-")
    )
    try:
        year, month, day = (int(part) for part in written.split("-"))
        found = date(year, month, day)
    except ValueError:
        raise ValueError(f"办结日期“{typed[:20]}”不对，请写成 2026-10-12 的样子") from None
    if found > clock.today():
        raise ValueError("办结日期不能晚于今天")
    return found


def _known(items: Iterable[ServiceItem]) -> set[tuple[int, str]]:
    sites = {one.site_id for one in items}
    rows = ResultNotice.objects.filter(site__in=sites).exclude(state=NoticeState.WITHDRAWN)
    return set(rows.order_by().values_list("site", "number"))
