"""Away: 外出报告, who is asked to name somebody, who hears of it (办法第十条)."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from columns import rules
from columns.models import Delegation, Leave
from columns.operations.delegations import check_days, end
from columns.queries import consenters
from portal import audit, clock, notices
from portal.enums import NoticeKind
from portal.models import Site, User
from portal.sweeps import sweep
from portal.workflow import NotAllowed, Refused

CLAUSE = "办法第十条"


@transaction.atomic
def report_leave(person: User, starts_on: date, ends_on: date, *, by: User, reason: str) -> Leave:
    """外出报告, by the person or their head. For more than the regulation's days the head is asked to name somebody."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if by.pk != person.pk and not rules.is_head_of(by, person):
        raise NotAllowed("只有本人或部门负责人可以报告外出")
    check_days(starts_on, ends_on)
    others = Leave.objects.filter(person=person, called_off_at=None)
    if others.filter(starts_on__lte=ends_on, ends_on__gte=starts_on).exists():
        raise Refused("这段时间已经报告过外出", "starts_on")
    leave = Leave(
        person=person,
        starts_on=starts_on,
        ends_on=ends_on,
        reason=reason,
        reported_by=by,
        reported_at=clock.now(),
    )
    leave.needs_acting = rules.needs_acting(person, leave.days)
    leave.asked = rules.head_of(person) if leave.needs_acting else None
    leave.save()
    audit.record("report_leave", "报告外出", leave, actor=by, note=reason, clause=CLAUSE)
    _tell_of_leave(leave)
    return leave


@transaction.atomic
def call_off_leave(leave: Leave, *, by: User, reason: str) -> None:
    """取消外出: a delegation that was to go with it ends too."""
    leave = Leave.objects.select_for_update(no_key=True).select_related("person").get(pk=leave.pk)
    if by.pk != leave.person_id and not rules.is_head_of(by, leave.person):
        raise NotAllowed("只有本人或部门负责人可以取消")
    if leave.called_off_at is not None:
        return
    leave.called_off_at = clock.now()
    leave.save()
    notices.settle(reverse("desk:leaves"))
    audit.record("call_off_leave", "取消外出", leave, actor=by, note=reason, clause=CLAUSE)
    for delegation in leave.delegations.not_over():
        end(delegation, by, reason)


@sweep("remind_of_leaves", every=timedelta(minutes=1), label="外出提醒")
def remind_of_leaves() -> int:
    """The head and 总版主 are told of leaves that are about to begin and that nobody stands in for, once a leave."""
    return sum(_remind(leave) for leave in unattended())


def unattended() -> QuerySet[Leave]:
    """Leaves that begin by tomorrow, are not over, need somebody to act and have nobody."""
    covered = Delegation.objects.not_over().filter(leave__isnull=False).values("leave")
    rows = Leave.objects.filter(needs_acting=True, called_off_at=None, ends_on__gte=clock.today())
    rows = rows.filter(starts_on__lte=clock.today() + timedelta(days=1)).exclude(pk__in=covered)
    return rows.select_related("person__department")


def _tell_of_leave(leave: Leave) -> None:
    """总版主 hears of it (应向总版主报告); the head is called to name somebody."""
    title = f"外出报告：{leave}（{leave.days} 天）"
    if leave.asked:
        notices.tell(
            [leave.asked],
            f"请指定代理：{leave}",
            kind=NoticeKind.TODO,
            body=leave.reason,
            url=reverse("desk:leaves"),
        )
    chiefs = {one for site in _sites_of(leave.person) for one in consenters(site)} - {
        leave.person,
        leave.asked,
    }
    notices.tell(chiefs, title, body=leave.reason, url=reverse("desk:leaves"))


def _remind(leave: Leave) -> int:
    """Once a leave: the head and 总版主 are told that nobody stands in. Returns 0 when they know already."""
    head = rules.head_of(leave.person)
    chiefs = {one for site in _sites_of(leave.person) for one in consenters(site)}
    people = (chiefs | ({head} if head else set())) - {leave.person}
    known = notices.told(f"unattended-leave-{leave.pk}")
    notices.tell(
        [one for one in people if one.pk not in known], f"尚未指定代理：{leave}", kind=NoticeKind.TODO,
        body="外出即将开始，须由部门负责人指定代理版主（办法第十条）", url=reverse("desk:leaves"),
        key=f"unattended-leave-{leave.pk}",
    )  # fmt: skip
    return len({one.pk for one in people} - known)


def _sites_of(person: User) -> QuerySet[Site]:
    return Site.objects.filter(appointments__user=person, appointments__state="IN_FORCE").distinct()
