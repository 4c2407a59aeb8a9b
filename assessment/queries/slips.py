"""Named reads of reminder slips and of whom they go to."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from assessment.enums.slips import SlipState
from assessment.models import ReminderSlip
from assessment.rules import slips as rules
from assessment.rules.facts import own_units
from columns import queries as column_queries
from columns.models import Column
from portal import lineage
from portal.departures.rules import head_above
from portal.enums import Power
from portal.models import Department, Site, User

SHOWN_WITH = ("site", "column", "unit", "acknowledged_by")


def visible_to(user: User) -> QuerySet[ReminderSlip]:
    """One's unit's own and those one was sent; all of them for whoever assesses or audits."""
    rows = ReminderSlip.objects.all()
    if rules.may_see_all(user):
        return rows
    sent = ReminderSlip.recipients.through.objects.filter(user=user).values("reminderslip")
    return rows.filter(Q(unit__in=own_units(user)) | Q(unit__head=user) | Q(pk__in=sent))


def to_acknowledge(user: User) -> QuerySet[ReminderSlip]:
    """待签收提醒单: sent to the person, nobody of the unit has signed."""
    rows = ReminderSlip.objects.filter(recipients=user, state=SlipState.ISSUED, acknowledged_at=None)
    return rows.order_by("due_on", "pk")


def open_slips() -> QuerySet[ReminderSlip]:
    return ReminderSlip.objects.filter(state=SlipState.ISSUED).select_related("unit", "site", "column")


def latest_of(targets: Iterable[str]) -> dict[str, ReminderSlip]:
    """The newest slip of each target."""
    rows = ReminderSlip.objects.filter(target__in=list(targets)).order_by("pk")
    return {one.target: one for one in rows}


def collectors(site: Site, column: Column | None, unit: Department) -> list[User]:
    """版主与信息员: who collects there and works in the unit or below it; everybody who collects where it has none."""
    holders, place = (column_queries.holders, column) if column else (column_queries.site_holders, site)
    known = list(holders(place, Power.COLLECT).filter(is_active=True).order_by("pk"))
    below = lineage.beneath({unit.pk}, lineage.department_parents())
    return [one for one in known if one.department_id in below] or known


def head_of(unit: Department) -> User | None:
    """负责人 of the unit, else of the nearest one above it."""
    return head_above(unit, 0)


def superiors(site: Site) -> list[User]:
    """总版主 and the 分管领导: who consents to grants on the site, who signs on its main site and heads no department."""
    main = site.parent or site
    signers = column_queries.site_holders(main, Power.SIGN).filter(is_active=True)
    deputies = signers.exclude(pk__in=Department.objects.filter(head__isnull=False).values("head"))
    chiefs = column_queries.consenters(site).filter(is_active=True)
    return list({one.pk: one for one in (*chiefs, *deputies)}.values())


def chiefs(site: Site) -> list[User]:
    return list(column_queries.consenters(site).filter(is_active=True))
