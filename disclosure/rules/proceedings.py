"""What speaks against a 复议 or 诉讼 as typed: dates that contradict one another (表四)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from disclosure.enums.decisions import ProceedingKind, ProceedingResult
from disclosure.models import DisclosureRequest
from portal import clock


@dataclass(frozen=True)
class Facts:
    """As typed."""

    kind: str
    organ: str
    filed_on: date
    number: str = ""
    result: str = ProceedingResult.PENDING
    closed_on: date | None = None
    note: str = ""


def contradictions(request: DisclosureRequest, facts: Facts) -> Iterable[tuple[str, str]]:
    """(field, message) of everything that cannot be. Before an answer one goes to law because there is none."""
    today = clock.today()
    if facts.filed_on > today:
        yield "filed_on", "受理日期不能在今天以后"
    if request.answered_on and facts.filed_on < request.answered_on:
        yield "filed_on", f"受理日期不能早于答复日期（{request.answered_on:%Y-%m-%d}）"
    if request.received_on and facts.filed_on < request.received_on:
        yield "filed_on", f"受理日期不能早于收到申请之日（{request.received_on:%Y-%m-%d}）"
    if facts.kind == ProceedingKind.SUIT_AFTER_REVIEW and not _reviewed(request, facts.filed_on):
        yield "kind", "复议后起诉的，请先登记已审结的行政复议"
    yield from _end(facts, today)


def _end(facts: Facts, today: date) -> Iterable[tuple[str, str]]:
    if facts.result == ProceedingResult.PENDING:
        if facts.closed_on:
            yield "result", "填了审结日期，请选择结果"
        return
    if facts.closed_on is None:
        yield "closed_on", "已有结果的，请填写审结日期"
        return
    if facts.closed_on < facts.filed_on:
        yield "closed_on", "审结日期不能早于受理日期"
    if facts.closed_on > today:
        yield "closed_on", "审结日期不能在今天以后"


def _reviewed(request: DisclosureRequest, before: date) -> bool:
    return request.proceedings.filter(kind=ProceedingKind.REVIEW, closed_on__lte=before).exists()
