"""Major matters that are open (办法第十七条)."""

from django.db.models import Q, QuerySet

from columns import rules as column_rules
from interaction.models import Escalation
from portal.enums import Power
from portal.models import User


def before(user: User) -> QuerySet[Escalation]:
    """Those put before `user` as head of a department or as 总版主, until they are closed."""
    sites = column_rules.powers_of(user).sites_with(Power.CONSENT)
    rows = Escalation.objects.filter(Q(site__in=sites) | Q(department__head=user), closed_at=None)
    return rows.select_related("reported_by", "site").prefetch_related("subject").order_by("reported_at")
