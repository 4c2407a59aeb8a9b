"""信息处理费 (条例第四十二条、国办函〔2020〕109号): by case or by page, never both for one request.

The notice says how the sum came about. Unpaid in time the request counts as given up; paid, the clock begins anew.
"""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from disclosure.enums.requests import FeeMode, FeeState, Party
from disclosure.models import DisclosureRequest, Fee
from disclosure.operations import clocks, request_moves
from disclosure.operations.news import tell_applicant
from disclosure.operations.requests import locked
from disclosure.queries import requests as queries
from disclosure.rules import fees
from disclosure.rules import requests as rules
from portal import clock, limits
from portal.models import User
from portal.workflow import Refused, TooLate

MOST = 100_000


def estimate(request: DisclosureRequest, mode: FeeMode, number: int) -> fees.Charge:
    """What it would cost. Raises Refused where the office does not charge."""
    office = rules.office_of(request)
    if office.fee_mode == FeeMode.NONE:
        raise Refused("本机关不收取信息处理费", "mode")
    if not 1 <= number <= MOST:
        raise Refused(f"件数或页数为 1 至 {MOST}", "number")
    bands = [
        fees.Band(one.over, one.price, one.step, one.every, one.clause)
        for one in office.fee_bands.filter(mode=mode)
    ]
    before = queries.cases_before(request) if mode == FeeMode.BY_CASE else 0
    return fees.charge(mode, number, bands, before=before)


@transaction.atomic
def charge(request: DisclosureRequest, mode: FeeMode, number: int, *, reason: str, by: User) -> Fee:
    """收费通知: the sum with its computation; the applicant's days to pay begin. `reason`: 数量、频次明显超过合理范围."""
    request = locked(request)
    request_moves.require(request, "charge", by)
    known = request.fees.exclude(state=FeeState.CANCELLED)
    if known.exists():
        raise Refused("这件申请已经发过收费通知；按件和按量不能并用，也不重复收费", "mode")
    if not reason.strip():
        raise Refused("请写明申请数量、频次明显超过合理范围的情况", "reason")
    cost = estimate(request, mode, number) if request.received_on else None
    if cost is not None and not cost.amount:
        raise Refused(f"按标准不收费：{cost.explained}", "number")
    request = request_moves.by_person(request, "charge", actor=by, note=reason, clause=clocks.FEE_CLAUSE)
    days = rules.office_of(request).payment_days
    limit = clocks.start_waiting(request, clocks.PAY, days, clause=clocks.FEE_CLAUSE)
    fee = request.fees.create(
        mode=mode, number=number, amount=cost.amount, explained=f"{reason}。{cost.explained}".replace("。。", "。"),
        noticed_by=by, noticed_on=clock.today(), due_on=localdate(limit.due_at),
    )  # fmt: skip
    request_moves.settle(request)
    text = f"请您在{limits.due_text(limit)}前缴纳信息处理费 {fee.amount} 元。{fee.explained}"
    tell_applicant(request, f"{text}逾期未缴纳的，视为放弃申请；缴费后答复时限重新起算。", clocks.FEE_CLAUSE)
    return fee


@transaction.atomic
def pay(request: DisclosureRequest, paid_on: date, *, receipt_number: str, by: User) -> Fee:
    """登记缴费; the days to answer begin anew, from the day after it was paid."""
    request, fee = _due(request)
    if not fee.noticed_on <= paid_on <= clock.today():
        raise Refused("缴费日期不能早于通知之日，也不能晚于今天", "paid_on")
    request = request_moves.by_person(request, "pay", actor=by, note=receipt_number, clause=clocks.FEE_CLAUSE)
    fee.state, fee.paid_on, fee.receipt_number = FeeState.PAID, paid_on, receipt_number
    fee.save()
    _run_again(request, paid_on, "您的缴费已登记", Party.HANDLER)
    return fee


@transaction.atomic
def uncharge(request: DisclosureRequest, *, note: str, by: User) -> Fee:
    """撤销收费, with the reason: nothing is to be paid; the days to answer begin anew."""
    request, fee = _due(request)
    request = request_moves.by_person(request, "uncharge", actor=by, note=note, clause=clocks.FEE_CLAUSE)
    fee.state = FeeState.CANCELLED
    fee.save()
    _run_again(request, clock.today(), "收费通知已撤销，不需要缴费", Party.HANDLER)
    return fee


def _due(request: DisclosureRequest) -> tuple[DisclosureRequest, Fee]:
    request = locked(request)
    fee = request.fees.filter(state=FeeState.DUE).first()
    if fee is None:
        raise TooLate("这件申请现在没有待缴的费用，可能别人刚刚处理过")
    return request, fee


def _run_again(request: DisclosureRequest, since: date, said: str, party: Party) -> None:
    limit = clocks.start_answering(request, since, clause=clocks.FEE_CLAUSE)
    when = limits.due_text(limit)
    tell_applicant(request, f"{said}，答复时限重新起算，{when}前答复。", clocks.FEE_CLAUSE)
    request_moves.settle(request)
    request_moves.tell_party(party, request, "公开申请待办")
