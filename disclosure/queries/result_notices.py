"""Reads of 办理公示: what is public now, what waits to be published."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from columns import rules as column_rules
from disclosure.enums.result_notices import NoticeState
from disclosure.enums.services import ItemState
from disclosure.models import ResultNotice, ServiceItem
from disclosure.rules import result_notices as rules
from disclosure.rules.services import OVERSEE
from portal import clock, parameters
from portal.enums import Power
from portal.models import Site, User

SHOWN_WITH = ("site", "item", "department", "entered_by")
KEPT = "result_notice_days"


def public(site: Site) -> QuerySet[ResultNotice]:
    """What is public and has not been so for longer than the office keeps it there."""
    rows = ResultNotice.objects.filter(site=site, state=NoticeState.PUBLIC).select_related(
        "item", "department"
    )
    days = parameters.value(KEPT)
    return rows if days is None else rows.filter(published_at__gt=clock.now() - timedelta(days=days))


def matching(rows: QuerySet[ResultNotice], words: str) -> QuerySet[ResultNotice]:
    """By the whole number, or words of the item."""
    for word in words.split():
        rows = rows.filter(Q(number__iexact=word) | Q(item__name__icontains=word))
    return rows


def seen_by(user: User) -> QuerySet[ResultNotice]:
    powers = column_rules.powers_of(user)
    wanted = Q(site__in=powers.sites_with(Power.PUBLISH, *OVERSEE))
    for site in rules.sites_entered(user):
        wanted |= Q(site=site, department__in=rules.enters_for(user, site))
    return ResultNotice.objects.filter(wanted).select_related(*SHOWN_WITH)


def sees_any(user: User) -> bool:
    return bool(column_rules.powers_of(user).sites_with(Power.PUBLISH, Power.ANSWER, *OVERSEE))


def to_publish(user: User) -> QuerySet[ResultNotice]:
    """Drafts that others entered, on the sites where `user` publishes."""
    sites = column_rules.powers_of(user).sites_with(Power.PUBLISH)
    if not sites:
        return ResultNotice.objects.none()
    own = {user.pk, *column_rules.principals(user)}
    return ResultNotice.objects.filter(state=NoticeState.DRAFT, site__in=sites).exclude(entered_by__in=own)


def items_of(user: User) -> QuerySet[ServiceItem]:
    """The items whose results `user` enters."""
    wanted = Q(pk__in=[])
    for site in rules.sites_entered(user):
        wanted |= Q(site=site, department__in=rules.enters_for(user, site))
    rows = ServiceItem.objects.filter(wanted).exclude(state=ItemState.DRAFT)
    return rows.select_related("site", "department")
