"""公文签收的提醒: units that have not signed are called before the date and every working day after it."""

from datetime import timedelta

from disclosure.models import Dispatch
from disclosure.queries import dispatches as queries
from portal import clock, limits, parameters
from portal.sweeps import sweep


@sweep("remind_dispatches", every=timedelta(minutes=30), label="公文签收提醒")
def remind() -> int:
    """Quiet on days off and before the morning; what was told is known by its key. Returns how many were told."""
    if not limits.is_time(limits.MORNING):
        return 0
    within = parameters.value("dispatch_warning_days") or 0
    return sum(_call(one) for one in queries.due_for_reminder(within))


def _call(dispatch: Dispatch) -> int:
    waiting = list(queries.unsigned(dispatch))
    people = queries.people_of(one.unit_id for one in waiting)
    url, day = dispatch.get_absolute_url(), clock.today()
    if day <= dispatch.sign_by:
        title = f"公文“{dispatch}”请于 {dispatch.sign_by:%Y-%m-%d} 前签收"
        return limits.tell_once(people, title, url, f"dispatch-{dispatch.pk}-{dispatch.sign_by:%Y%m%d}-near")
    title = f"公文“{dispatch}”签收已逾期，请立即签收"
    told = limits.tell_once(people, title, url, f"dispatch-{dispatch.pk}-late-{day:%Y%m%d}")
    names = "、".join(one.unit_name for one in waiting[:3])
    few = names + (f"等 {len(waiting)} 个单位" if len(waiting) > 3 else "")
    return told + limits.tell_once(
        [dispatch.sent_by], f"公文“{dispatch}”逾期未签收：{few}", url, f"dispatch-{dispatch.pk}-late-sender"
    )
