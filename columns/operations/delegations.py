"""Acting: 代理版主, whose powers begin and end by themselves (办法第十条)."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse

from columns import rules
from columns.models import Delegation, Leave
from columns.operations.grants import renew_grants
from portal import audit, clock, notices
from portal.models import User
from portal.sweeps import sweep
from portal.workflow import NotAllowed, Refused

CLAUSE = "办法第十条"


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
    check_days(starts_on, ends_on)
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
        end(delegation, by, reason)


@sweep("turn_delegations", every=timedelta(minutes=1), label="代理起止")
def turn_delegations() -> int:
    """Write down and tell that delegations began or ran out, or that one of the two left or moved."""
    done = _end_of_departed()
    for delegation in Delegation.objects.live().filter(begun_at=None):
        done += _turn(delegation, "begun_at", "begin_acting", "代理开始")
    for delegation in Delegation.objects.filter(over_at=None, ended_at=None, ends_on__lt=clock.today()):
        done += _turn(delegation, "over_at", "finish_acting", "代理到期")
    return done


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
                end(delegation, User.objects.system(), "被代理人或代理人已离岗或调动")
                done += 1
    return done


def end(delegation: Delegation, by: User, reason: str) -> None:
    """It is over with this moment, and both are told."""
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


def check_days(starts_on: date, ends_on: date) -> None:
    """Raises Refused, at the field, for days in the wrong order or over already."""
    if ends_on < starts_on:
        raise Refused("结束日期不能早于开始日期", "ends_on")
    if ends_on < clock.today():
        raise Refused("这段时间已经过去", "ends_on")
