"""Rows of a crafted year, written as they stand at its end: the operations that make them are tested elsewhere."""

from datetime import date, datetime
from itertools import count
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from disclosure.enums.decisions import ProceedingResult
from disclosure.enums.requests import RequestState
from disclosure.models import CatalogueEntry, Category, DisclosureRequest, Proceeding

_number = count(1)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)


def request(
    site,
    received: date | None,
    answered: date | None = None,
    outcome: str = "",
    kind: str = "CITIZEN",
    **more,
):
    """`answered` None: still owed; `withdrawn`: the day it was taken back."""
    n, withdrawn = next(_number), more.pop("withdrawn", None)
    state = RequestState.ANSWERED if answered else RequestState.CLOSED if withdrawn else RequestState.IN_HAND
    return DisclosureRequest.objects.create(**{
        "site": site, "year": (received or answered).year, "serial": n, "code": f"GK{n:06}", "password_digest": "x",
        "nonce": f"{n:032x}", "channel": "VISIT", "kind": kind, "name": "申请人", "identity_kind": "IDENTITY_CARD",
        "identity_number": "0", "applicant_key": f"{n:064x}", "title": f"所需信息{n}", "wanted": "描述",
        "delivery": "COLLECT", "state": state, "submitted_at": moment(received or answered),
        "arrived_on": received or answered, "received_on": received,
        "answered_on": answered, "outcome": outcome, "closed_at": moment(withdrawn) if withdrawn else None, **more,
    })  # fmt: skip


def proceeding(about, kind: str, filed: date, closed: date | None = None, result: str = "", *, by):
    return Proceeding.objects.create(
        request=about, kind=kind, organ="城东区人民政府", number=f"行复{next(_number)}号",
        filed_on=filed, closed_on=closed,
        result=result or ProceedingResult.PENDING, recorded_by=by,
    )  # fmt: skip


def entry(office: SimpleNamespace, made: date, **more):
    """A 行政规范性文件 of the main site."""
    n = next(_number)
    category, _ = Category.objects.get_or_create(site=office.main, key="wenjian", defaults={"name": "文件"})
    return CatalogueEntry.objects.create(**{
        "site": office.main, "category": category, "issuer": office.section, "year": made.year, "serial": n,
        "index_number": f"CD010-{n}", "title": f"办法{n}", "made_on": made, "publicity": "OPEN", "is_normative": True,
        "registered_by": office.granter, "registered_at": moment(made), **more,
    })  # fmt: skip
