"""延迟答复 (条例第三十五条): the reasons for very many requests are sound, the days of 第三十三条 do not suffice: a later
day is fixed that is reasonable, once, and the applicant told. The law names no most; 负责人 fixes it.
"""

from django.db import transaction

from disclosure.enums.requests import Party
from disclosure.models import DisclosureRequest
from disclosure.operations import clocks, request_moves
from disclosure.operations.extensions import require_open
from disclosure.operations.news import tell_applicant
from disclosure.operations.requests import locked
from disclosure.rules import request_moves as offering
from disclosure.rules import requests as rules
from portal import audit, limits
from portal.models import User
from portal.workflow import NotAllowed, Refused


@transaction.atomic
def defer(request: DisclosureRequest, days: int, *, reason: str, by: User) -> DisclosureRequest:
    """So many working days more. Raises Refused without reasons given by the applicant, or the second time."""
    request = locked(request)
    seat = rules.seat(by, Party.HEAD, request)
    if seat is None:
        raise NotAllowed(f"延迟答复由公开工作机构“{rules.office_of(request).department}”的负责人确定")
    limit = require_open(request)
    if not offering.gave_reasons(request):
        raise Refused("申请人说明理由以后才可以确定延迟答复（条例第三十五条）", "days")
    if offering.was_deferred(request):
        raise Refused("这件申请已经确定过延迟答复的期限", "days")
    limit = limits.extend(limit, days, clause=clocks.REASONS_CLAUSE, reason=reason, by=by)
    audit.record(
        "defer", "延迟答复", request, actor=by, note=f"{days} 个工作日：{reason}", clause=clocks.REASONS_CLAUSE,
        acting_for=rules.principal(seat),
    )  # fmt: skip
    text = f"您说明的理由已收到。申请数量较多，答复延迟 {days} 个工作日，{limits.due_text(limit)}前答复。理由：{reason}"
    tell_applicant(request, text, clocks.REASONS_CLAUSE)
    request_moves.tell_party(Party.HANDLER, request, "公开申请延迟答复", f"{days} 个工作日")
    return request
