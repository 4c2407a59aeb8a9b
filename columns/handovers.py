"""What somebody who leaves has open in the ledger: powers that nobody else holds there, and grants on their way."""

from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet

from columns import operations, queries, rules
from columns.models import Appointment
from columns.models.powers import HELD, ON_ITS_WAY
from portal.models import Departure, User
from portal.open_work import Handed, Kind, Line, register, register_losses
from portal.workflow import Refused

WITH_ALL = ("user", "role", "site", "column", "proposed_by")


def _losses(departures: Sequence[Departure]) -> dict[int, list[str]]:
    """Grants in force of those who leave the office, and of those who move the ones given in another department."""
    leaving = {one.person_id: one.to_department_id for one in departures}
    rows = Appointment.objects.filter(HELD, user__in=leaving).select_related("role", "site", "column")
    found: dict[int, list[str]] = {}
    for row in rows.order_by("user", "pk"):
        to = leaving[row.user_id]
        if to is None or row.department_id not in (None, to):
            found.setdefault(row.user_id, []).append(f"{row.role}（{row.place}）")
    return found


def _gaps(departure: Departure) -> QuerySet[Appointment]:
    """Grants that ended by leaving, with a power that nobody holds there any more. Few queries a site."""
    rows = queries.ended_by(departure).select_related("role", "site", "column")
    covers = queries.covers(rows, departure)
    gaps = [row.pk for row in rows if covers[row.site_id].missing(row)]
    return Appointment.objects.filter(pk__in=gaps).select_related(*WITH_ALL).order_by("site", "pk")


def _gap_lines(departure: Departure, rows: Sequence[Appointment], viewer: User) -> list[Line]:
    covers = queries.covers(rows, departure)
    proposed = _proposed(departure, rows)
    people = User.objects.filter(department=departure.from_department_id, is_active=True)
    people = list(people.exclude(pk=departure.person_id).order_by("staff_number")) if rows else []
    return [
        Line(
            row.pk, f"{row.role}（{row.place}）", since=departure.carried_out_at, url=_url(row, viewer),
            stands="现无人" + "、".join(str(power.label) for power in covers[row.site_id].missing(row)),
            successors=() if row.pk in proposed else people, advice=_under_way(proposed.get(row.pk)),
        )
        for row in rows
    ]  # fmt: skip


def _succeed(departure: Departure, rows: Sequence[Appointment], successor: User, by: User) -> Handed:
    """The successor is proposed for the same role: consent and execution follow as for every grant (办法第十条)."""
    proposed = _proposed(departure, rows)
    found = Handed()
    for row in rows:
        try:
            if known := proposed.get(row.pk):
                raise Refused(_under_way(known))
            reason = f"接替{departure.person}"
            operations.propose(successor, row.role, row.site, column=row.column, by=by, reason=reason)
        except Refused as refusal:
            found.refused.append((f"{row.role}（{row.place}）", refusal.message))
        else:
            found.done.append(f"提出授权：{row.role}（{row.place}）")
    return found


def _proposed(departure: Departure, rows: Iterable[Appointment]) -> dict[int, Appointment]:
    """By grant that ended, the proposal under way for the same role in the same place, if any."""
    roles = {row.role_id for row in rows}
    on_their_way = Appointment.objects.filter(ON_ITS_WAY, role__in=roles).exclude(user=departure.person_id)
    by_place = {(one.role_id, one.site_id, one.column_id): one for one in on_their_way.select_related("user")}
    found = {row.pk: by_place.get((row.role_id, row.site_id, row.column_id)) for row in rows}
    return {pk: one for pk, one in found.items() if one}


def _under_way(proposal: Appointment | None) -> str:
    return f"已提出由{proposal.user}接替，{proposal.get_state_display()}" if proposal else ""


def _on_their_way(departure: Departure) -> QuerySet[Appointment]:
    """Proposals about them or made by them, not decided yet."""
    mine = Q(user=departure.person_id) | Q(proposed_by=departure.person_id)
    rows = Appointment.objects.filter(ON_ITS_WAY).filter(mine)
    if departure.carried_out_at:
        rows = rows.filter(proposed_at__lte=departure.carried_out_at)
    return rows.select_related(*WITH_ALL).order_by("proposed_at", "pk")


def _way_lines(departure: Departure, rows: Sequence[Appointment], viewer: User) -> list[Line]:
    return [
        Line(
            row.pk, str(row), where=f"{row.proposed_by}提出：{row.reason}", stands=row.get_state_display(),
            since=row.proposed_at, url=_url(row, viewer),
            advice="授权对象已离岗，请撤回" if row.user_id == departure.person_id else "由总版主和网管继续办理",
        )
        for row in rows
    ]  # fmt: skip


def _url(row: Appointment, viewer: User) -> str:
    """Only for whoever may open it."""
    if rules.may_see_ledger(viewer) or viewer.pk == row.proposed_by_id:
        return row.get_absolute_url()
    return ""


def _way_owners(people: Iterable[int]) -> set[int]:
    rows = Appointment.objects.filter(ON_ITS_WAY).filter(Q(user__in=people) | Q(proposed_by__in=people))
    both = rows.order_by().values_list("user", "proposed_by")
    return {pk for pair in both for pk in pair} & set(people)


register_losses(_losses)
register(
    Kind("duties", "无人接替的职责", 20, _gaps, _gap_lines, hand_over=_succeed),
    Kind("grants", "办理中的授权", 40, _on_their_way, _way_lines, _way_owners),
)
