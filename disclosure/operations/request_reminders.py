"""催办: at half of the days, one before, on the day and after, to whoever owes the next step."""

from datetime import timedelta

from columns.queries.answerers import handlers
from disclosure.enums.requests import Party
from disclosure.models import DisclosureRequest
from disclosure.operations import clocks, request_moves
from disclosure.queries import requests as queries
from disclosure.rules import requests as rules
from portal import limits
from portal.enums import Stage
from portal.models import Limit
from portal.sweeps import sweep


@sweep("remind_of_requests", every=timedelta(minutes=30), label="公开申请催办")
def remind_of_requests() -> int:
    """Registering and answering; of what the applicant owes nobody here is reminded. Returns how many were told."""
    return limits.remind(list(queries.running_clocks((clocks.REGISTER, clocks.ANSWER))), _call)


def _call(limit: Limit, stage: Stage) -> limits.Call:
    request: DisclosureRequest = limit.subject
    party = Party.OFFICE if limit.label == clocks.REGISTER else Party.HANDLER
    people = set(handlers(request.site, rules.department_id(party, request)))
    if stage == Stage.OVERDUE:  # it is no longer the handler's matter alone
        heads = [request.department and request.department.head, rules.office_of(request).department.head]
        people |= {one for one in heads if one}
    title = f"{limit.label}{stage.label}：{request.title}"
    return limits.Call(people, title, request_moves.desk_address(request))
