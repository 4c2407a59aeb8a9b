"""收到申请之日 by channel, and dates that contradict one another (条例第三十一条)."""

from dataclasses import dataclass
from datetime import date

from disclosure.enums.requests import Receipt

ARRIVES = {
    Receipt.SAME_DAY: "当面提交之日",
    Receipt.SIGNED: "签收之日",
    Receipt.CONFIRMED: "来件之日",
}
"""What `arrived_on` is called where that rule holds."""


@dataclass(frozen=True)
class Dates:
    """When it was written (where it says so), when it came, when it was confirmed with the applicant (where it was)."""

    arrived_on: date
    written_on: date | None = None
    confirmed_on: date | None = None


def day_of_receipt(receipt: Receipt, dates: Dates) -> date | None:
    """The day that starts the clock; None while it has to be confirmed with the applicant first."""
    return dates.confirmed_on if receipt == Receipt.CONFIRMED else dates.arrived_on


def contradictions(dates: Dates, today: date) -> list[tuple[str, str]]:
    """(field, what is wrong) of dates that cannot be."""
    found = []
    if dates.arrived_on > today:
        found.append(("arrived_on", "来件日期不能晚于今天"))
    if dates.written_on and dates.written_on > today:
        found.append(("written_on", "申请书日期不能晚于今天"))
    elif dates.written_on and dates.arrived_on < dates.written_on:
        found.append(("arrived_on", "来件日期不能早于申请书日期"))
    if dates.confirmed_on and dates.confirmed_on > today:
        found.append(("confirmed_on", "确认日期不能晚于今天"))
    elif dates.confirmed_on and dates.confirmed_on < dates.arrived_on:
        found.append(("confirmed_on", "确认日期不能早于来件日期"))
    return found
