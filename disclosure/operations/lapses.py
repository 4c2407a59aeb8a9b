"""逾期: what was not corrected, not paid, not said in time has the meaning the law gives it, once.

Each runs as often as it likes: the row is locked and asked again. Whoever is late loses no day they were given, for the
days are read from the clock, not from when the sweep came by.
"""

from datetime import timedelta

from django.db import transaction

from disclosure.enums.decisions import Outcome
from disclosure.enums.requests import ConsultState, CorrectionKind, FeeState, Party, RequestState
from disclosure.models import Consulting, Correction, DisclosureRequest, Fee
from disclosure.operations import clocks, consulting, decisions, request_moves
from disclosure.operations.news import tell_applicant
from disclosure.operations.requests import locked
from portal import clock
from portal.models import User
from portal.sweeps import sweep


@sweep("lapse_corrections", every=timedelta(minutes=30), label="补正逾期")
def lapse_corrections() -> int:
    """无正当理由逾期不补正的，视为放弃申请 (条例第三十条)."""
    waiting = Correction.objects.filter(
        received_on=None, abandoned_at=None, due_on__lt=clock.today(), request__state=RequestState.CORRECTING
    )
    return sum(_lapse_correction(one) for one in waiting.select_related("request"))


@sweep("lapse_fees", every=timedelta(minutes=30), label="缴费逾期")
def lapse_fees() -> int:
    """逾期未缴纳的，视为放弃申请 (国办函〔2020〕109号)."""
    waiting = Fee.objects.filter(state=FeeState.DUE, due_on__lt=clock.today())
    return sum(_lapse_fee(one) for one in waiting.select_related("request"))


@sweep("lapse_consultings", every=timedelta(minutes=30), label="征求意见逾期")
def lapse_consultings() -> int:
    waiting = Consulting.objects.filter(
        state=ConsultState.OPEN, limits__met_at=None, limits__due_at__lt=clock.now()
    )
    return sum(consulting.lapse(one) for one in waiting.select_related("request"))


@transaction.atomic
def _lapse_correction(asked: Correction) -> bool:
    request = locked(asked.request)
    asked.refresh_from_db()
    if asked.received_on or asked.abandoned_at or request.state != RequestState.CORRECTING:
        return False
    asked.abandoned_at = clock.now()
    asked.save(update_fields=["abandoned_at"])
    unclear = asked.kind == CorrectionKind.UNCLEAR
    outcome = Outcome.NOT_CORRECTED if unclear else Outcome.EXCESSIVE
    _hand_back(request, outcome, f"{asked.get_kind_display()}期限 {asked.due_on:%Y-%m-%d} 已过")
    if unclear:
        clocks.start_answering(request, asked.due_on, clause=clocks.CORRECT_CLAUSE)
    return True


@transaction.atomic
def _lapse_fee(fee: Fee) -> bool:
    request = locked(fee.request)
    fee.refresh_from_db()
    if fee.state != FeeState.DUE or request.state != RequestState.UNPAID:
        return False
    fee.state = FeeState.LAPSED
    fee.save(update_fields=["state"])
    _hand_back(request, Outcome.NOT_PAID, f"缴费期限 {fee.due_on:%Y-%m-%d} 已过")
    clocks.start_answering(request, fee.due_on, clause=clocks.FEE_CLAUSE)
    return True


def _hand_back(request: DisclosureRequest, outcome: Outcome, note: str) -> None:
    """视为放弃: in hand again, with that outcome drafted for whoever handles it to send."""
    system = User.objects.system()
    request_moves.by_itself(request, "abandon", actor=system, note=note)
    decisions.begin(request, outcome, ground=f"{note}。", by=system)
    request_moves.tell_party(Party.HANDLER, request, f"{note}，请办理答复")
    tell_applicant(request, f"{note}，本机关将依法答复。")
