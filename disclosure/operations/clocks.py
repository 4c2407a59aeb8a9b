"""时限 of requests. One clock runs at a time: of whoever's turn it is (条例第三十至三十四条、国办函〔2020〕109号)."""

from datetime import date, datetime, time

from django.utils.timezone import localdate, make_aware

from disclosure.enums.requests import ConsultState, ExtensionState, FeeState, Party
from disclosure.models import Consulting, DisclosureRequest
from disclosure.operations.news import tell_applicant
from disclosure.operations.request_moves import tell_party
from disclosure.rules import requests as rules
from disclosure.rules.request_moves import REASONS_CLAUSE as REASONS_CLAUSE
from portal import clock, limits, parameters
from portal.models import Limit, User

REGISTER, ANSWER, CORRECT, PAY, CONSULT = "登记申请", "答复申请", "等待补正", "等待缴费", "等待意见"
ANSWER_CLAUSE = "政府信息公开条例第三十三条"
CORRECT_CLAUSE = "政府信息公开条例第三十条"
CONSULT_CLAUSE = "政府信息公开条例第三十二条"
CO_ORGAN_CLAUSE = "政府信息公开条例第三十四条"
FEE_CLAUSE = "国办函〔2020〕109号"
NOON = time(12)


def running(request: DisclosureRequest, label: str = ANSWER) -> Limit | None:
    return limits.open_limits_for(request).filter(label=label).first()


def start_registering(request: DisclosureRequest) -> None:
    """Registered the same day (福建第三十二条), or the next working day."""
    days = parameters.value("disclosure_register_days")
    if days is not None:
        clause = parameters.standard()["disclosure_register_days"]["clause"]
        limits.start(request, label=REGISTER, clause=clause, working_days=days)


def start_answering(request: DisclosureRequest, since: date, *, clause: str = ANSWER_CLAUSE) -> Limit:
    """The whole of the days to answer, from the day after `since`; whatever ran before is over. While somebody is
    still asked for their views it stands still at once."""
    _end(request)
    days = rules.office_of(request).answer_days
    limits.start(request, label=ANSWER, clause=clause, working_days=days, at=noon(since))
    if request.consultings.filter(state=ConsultState.OPEN).exists():
        hold(request, clause=ANSWER_CLAUSE, reason="征求意见尚未结束", by=User.objects.system())
    return running(request)


def start_waiting(request: DisclosureRequest, label: str, days: int, *, clause: str) -> Limit:
    """The applicant's turn, from today."""
    _end(request)
    return limits.start(request, label=label, clause=clause, working_days=days)


def stop(request: DisclosureRequest) -> None:
    """Answered or withdrawn: nothing is waited for any more, neither approval of an extension nor anybody's views."""
    _end(request)
    pending = request.extensions.filter(state=ExtensionState.PENDING)
    pending.update(state=ExtensionState.REFUSED, decided_at=clock.now(), note="申请已办结，不再需要延期")
    for one in request.consultings.filter(state=ConsultState.OPEN):
        end_consulting(one)
    request.consultings.filter(state=ConsultState.OPEN).update(state=ConsultState.CANCELLED)


def end_consulting(one: Consulting) -> None:
    for limit in limits.open_limits_for(one):
        limits.meet(limit)


def hold(request: DisclosureRequest, *, clause: str, reason: str, by: User) -> None:
    """暂停: others are asked. What is overdue already stays overdue."""
    limit = running(request)
    if limit and not limits.is_paused(limit) and clock.now() <= limit.due_at:
        limits.pause(limit, clause=clause, reason=reason, by=by)


def let_run(request: DisclosureRequest, *, by: User) -> Limit | None:
    """恢复, once nobody is asked any more."""
    limit = running(request)
    if limit and limits.is_paused(limit) and not request.consultings.filter(state=ConsultState.OPEN).exists():
        return limits.resume(limit, by=by)
    return limit


def noon(day: date) -> datetime:
    return make_aware(datetime.combine(day, NOON))


def _end(request: DisclosureRequest) -> None:
    for limit in limits.open_limits_for(request):
        limits.meet(limit)


def _moved(limit: Limit, move: str) -> None:
    """A changed calendar: whoever handles it hears of it, and the applicant reads the new date."""
    request: DisclosureRequest = limit.subject
    tell_party(Party.HANDLER, request, f"工作日历调整，{limit.label}{move}")
    day = localdate(limit.due_at)
    if limit.label == CORRECT:
        request.corrections.filter(received_on=None, abandoned_at=None).update(due_on=day)
    if limit.label == PAY:
        request.fees.filter(state=FeeState.DUE).update(due_on=day)
    if limit.label == ANSWER:
        when = limits.due_text(limit)
        tell_applicant(request, f"工作日历调整，最迟答复日期改为{when}。{limit.computed['explained']}。")


limits.tell_moves_of(DisclosureRequest, _moved)
