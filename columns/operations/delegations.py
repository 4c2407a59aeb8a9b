"""Away and acting: 外出报告, 代理版主, and powers that begin and end by themselves (办法第十条)."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from columns import rules
from columns.models import Delegation, Leave
from columns.operations.grants import renew_grants
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
    _check_days(starts_on, ends_on)
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
    notices.settle(leaves_address())
    audit.record("call_off_leave", "取消外出", leave, actor=by, note=reason, clause=CLAUSE)
    for delegation in leave.delegations.not_over():
        _end(delegation, by, reason)


@transaction.atomic
def name_acting(
    principal: User,
    acting: User,
    starts_on: date,
    ends_on: date,
    *,
    by: User,
    reason: str,
    leave: Leave | None = None,
) -> Delegation:
    """指定代理 by the head (or 总版主): from the first day through the last, `acting` has the principal's powers.

    Raises NotAllowed for whoever may not name, Refused with the reason for an overlapping or chained delegation.
    """
    both = User.objects.select_for_update(no_key=True).filter(pk__in=(principal.pk, acting.pk)).order_by("pk")
    people = {one.pk: one for one in both}
    principal, acting = people[principal.pk], people[acting.pk]
    if reason_against := rules.why_not_name(by, principal, acting):
        raise NotAllowed(reason_against, "acting")
    _check_days(starts_on, ends_on)
    if reason_against := rules.why_not_act(principal, acting):
        raise Refused(reason_against, "acting")
    if clash := rules.clash(principal, acting, starts_on, ends_on):
        raise Refused(clash, "acting")
    delegation = Delegation.objects.create(
        principal=principal, principal_department_id=principal.department_id, acting=acting,
        acting_department_id=acting.department_id, leave=leave, starts_on=starts_on, ends_on=ends_on,
        reason=reason, named_by=by, named_at=clock.now(),
    )  # fmt: skip
    lender = rules.in_whose_name(by, principal)
    audit.record(
        "name_acting", "指定代理", delegation, actor=by, note=reason, clause=CLAUSE, acting_for=lender
    )
    notices.settle(leaves_address())
    days = f"{starts_on:%Y-%m-%d} 至 {ends_on:%Y-%m-%d}"
    notices.tell([acting], f"请代理{principal}：{days}", body=f"{by}：{reason}", url=leaves_address())
    notices.tell([principal], f"{acting}将代理您：{days}", body=f"{by}：{reason}", url=leaves_address())
    renew_grants(acting)
    return delegation


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: User, reason: str) -> None:
    """提前结束: the powers are gone with this moment, in open sessions too."""
    delegation = _locked(delegation)
    if reason_against := rules.why_not_end(by, delegation):
        raise NotAllowed(reason_against)
    if delegation.ended_at is None and delegation.ends_on >= clock.today():
        _end(delegation, by, reason)


@sweep("turn_delegations", every=timedelta(minutes=1), label="代理起止")
def turn_delegations() -> int:
    """Write down and tell that delegations began or ran out, or that one of the two left or moved; remind of leaves
    that nobody stands in for.
    """
    done = _end_of_departed()
    for delegation in Delegation.objects.live().filter(begun_at=None):
        done += _turn(delegation, "begun_at", "begin_acting", "代理开始")
    for delegation in Delegation.objects.filter(over_at=None, ended_at=None, ends_on__lt=clock.today()):
        done += _turn(delegation, "over_at", "finish_acting", "代理到期")
    return done + sum(_remind(leave) for leave in unattended())


def unattended() -> QuerySet[Leave]:
    """Leaves that begin by tomorrow, are not over, need somebody to act and have nobody."""
    covered = Delegation.objects.not_over().filter(leave__isnull=False).values("leave")
    rows = Leave.objects.filter(needs_acting=True, called_off_at=None, ends_on__gte=clock.today())
    rows = rows.filter(starts_on__lte=clock.today() + timedelta(days=1)).exclude(pk__in=covered)
    return rows.select_related("person__department")


def leaves_address() -> str:
    return reverse("desk:leaves")


def _turn(delegation: Delegation, field: str, verb: str, label: str) -> int:
    with transaction.atomic():
        delegation = _locked(delegation)
        if getattr(delegation, field) is not None:
            return 0
        setattr(delegation, field, clock.now())
        delegation.save()
        renew_grants(delegation.acting)
        audit.record(verb, label, delegation, actor=User.objects.system(), clause=CLAUSE)
        notices.tell(
            [delegation.acting, delegation.principal], f"{label}：{delegation}", url=leaves_address()
        )
    return 1


def _end_of_departed() -> int:
    """Whoever left or moved lends and acts no more (JY-3): what is already so by itself is written down."""
    done = 0
    together = Delegation.objects.at_work().values("pk")
    for row in Delegation.objects.not_over().exclude(pk__in=together):
        with transaction.atomic():
            delegation = _locked(row)
            if delegation.ended_at is None:
                _end(delegation, User.objects.system(), "被代理人或代理人已离岗或调动")
                done += 1
    return done


def _end(delegation: Delegation, by: User, reason: str) -> None:
    now = clock.now()
    delegation.ended_at, delegation.over_at, delegation.ended_by = now, now, by
    delegation.save()
    renew_grants(delegation.acting)
    audit.record("end_acting", "提前结束代理", delegation, actor=by, note=reason, clause=CLAUSE)
    people = [one for one in (delegation.acting, delegation.principal) if one.pk != by.pk]
    notices.tell(people, f"代理已结束：{delegation}", body=f"{by}：{reason}", url=leaves_address())


def _locked(delegation: Delegation) -> Delegation:
    rows = Delegation.objects.select_related("acting", "principal", "leave")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=delegation.pk)


def _check_days(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise Refused("结束日期不能早于开始日期", "ends_on")
    if ends_on < clock.today():
        raise Refused("这段时间已经过去", "ends_on")


def _tell_of_leave(leave: Leave) -> None:
    """总版主 hears of it (应向总版主报告); the head is called to name somebody."""
    title = f"外出报告：{leave}（{leave.days} 天）"
    if leave.asked:
        notices.tell(
            [leave.asked],
            f"请指定代理：{leave}",
            kind=NoticeKind.TODO,
            body=leave.reason,
            url=leaves_address(),
        )
    chiefs = {one for site in _sites_of(leave.person) for one in consenters(site)} - {
        leave.person,
        leave.asked,
    }
    notices.tell(chiefs, title, body=leave.reason, url=leaves_address())


def _remind(leave: Leave) -> int:
    """Once a leave: the head and 总版主 are told that nobody stands in. Returns 0 when they know already."""
    head = rules.head_of(leave.person)
    chiefs = {one for site in _sites_of(leave.person) for one in consenters(site)}
    people = (chiefs | ({head} if head else set())) - {leave.person}
    known = notices.told(f"unattended-leave-{leave.pk}")
    notices.tell(
        [one for one in people if one.pk not in known], f"尚未指定代理：{leave}", kind=NoticeKind.TODO,
        body="外出即将开始，须由部门负责人指定代理版主（办法第十条）", url=leaves_address(),
        key=f"unattended-leave-{leave.pk}",
    )  # fmt: skip
    return len({one.pk for one in people} - known)


def _sites_of(person: User) -> QuerySet[Site]:
    return Site.objects.filter(appointments__user=person, appointments__state="IN_FORCE").distinct()
