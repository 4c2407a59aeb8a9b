"""What ends by itself: terms that run out, grants of people who have left or moved (JY-3: rights change with people)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet, Subquery

from columns.models import Appointment
from columns.models.powers import HELD
from columns.operations.grants import renew_grants
from columns.operations.tenures import end, locked_person, tell
from columns.queries import consenters
from portal import clock, notices
from portal.models import User
from portal.sweeps import sweep


@sweep("expire_appointments", every=timedelta(minutes=1), label="授权到期与人员变动")
def expire_appointments() -> int:
    """Close what has run out, and what belongs to people who have left or moved since.

    Powers end with their tenure by themselves; this writes it down and tells people.
    """
    system, done = User.objects.system(), 0
    for row in _over().select_related("user", "department", "site", "column", "role"):
        with transaction.atomic():
            user = locked_person(row, system)
            note = _why_over(row, user)
            end(row, "expire", system, note, at=_left_at(row, user))
            renew_grants(user)
            tell(row, f"授权已终止：{row.role}（{row.place}）", note)
            notices.tell(
                consenters(row.site), f"授权已终止：{row}", body=note, key=f"appointment-over-{row.pk}"
            )
        done += 1
    return done


def _over() -> QuerySet[Appointment]:
    ran_out = Q(ends_on__lt=clock.today())
    left = Q(user__is_active=False)
    moved = ~Q(user__department=F("department")) & Q(department__isnull=False)
    moved |= Q(user__department__isnull=True, department__isnull=False)
    return Appointment.objects.filter(HELD).filter(ran_out | left | moved)


def _why_over(row: Appointment, user: User) -> str:
    if not user.is_active:
        return "本人已离岗或停用"
    if row.department_id and user.department_id != row.department_id:
        return f"本人已由{row.department}调往{user.department or '其他单位'}"
    return f"授权期限至 {row.ends_on:%Y-%m-%d}"


def _left_at(row: Appointment, user: User) -> datetime | None:
    """When the holder left the department of the grant, where that is on record."""
    if user.is_active and row.department_id in (None, user.department_id):
        return None
    last_opened = row.tenures.order_by("-starts_at").values("starts_at")[:1]
    rows = user.departures.filter(
        from_department=row.department_id, carried_out_at__gte=Subquery(last_opened)
    )
    last = rows.order_by("-carried_out_at").first()
    return last.ended_at if last else None
