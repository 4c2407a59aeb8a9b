"""公文 that wait for a unit's signature; the inbox and what was sent, on the rail."""

from collections.abc import Iterable

from django.db.models import QuerySet

from columns import rules as column_rules
from disclosure.models import Receipt
from disclosure.queries import dispatches as queries
from disclosure.rules import dispatches as rules
from portal import clock
from portal.enums import Urgency
from portal.models import User
from portal.todos import Heap, Place, Todo, register, register_places
from portal.workdays import end_of_day


def _rows(user: User) -> QuerySet[Receipt]:
    return queries.waiting_for(user)


def _todos(rows: Iterable[Receipt]) -> list[Todo]:
    return [_todo(one) for one in rows]


def _todo(one: Receipt) -> Todo:
    dispatch = one.dispatch
    days = (dispatch.sign_by - clock.today()).days
    left = f"还剩 {days} 天" if days > 0 else "今天到期" if days == 0 else f"逾期 {-days} 天"
    urgency = Urgency.RED if days < 0 else Urgency.AMBER if days <= 1 else Urgency.OK
    return Todo(
        dispatch.title, dispatch.get_absolute_url(), f"{dispatch.issuer}发 · 由{one.unit_name}签收",
        since=dispatch.sent_at, due_at=end_of_day(dispatch.sign_by), urgency=urgency, time_left=left,
    )  # fmt: skip


def _sends(user: User) -> bool:
    return bool(rules.sending_sites(user) | rules.overseen_sites(user))


def _signs(user: User) -> bool:
    return bool(user.department_id or column_rules.principals(user))


register(Heap("sign_dispatches", "待签收公文", 45, _rows, _todos, lambda user: False, may_hold=_signs))
register_places(
    Place("receipts", "公文签收", 40, "desk:receipts", _signs, group="公开与办事"),
    Place("dispatches", "已发公文", 41, "desk:dispatches", _sends, group="公开与办事"),
)
