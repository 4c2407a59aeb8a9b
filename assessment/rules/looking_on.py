"""Who sees the radar and the reports: assessors, 总版主, 网管, and 审计, who looks on. Only assessors set numbers."""

from assessment.rules.facts import may_assess
from columns import rules as column_rules
from portal.enums import Power
from portal.models import Site, User
from portal.once import once

LOOKERS_ON = (Power.INSPECT, Power.CONSENT, Power.GRANT, Power.SYSTEM, Power.AUDIT)


def may_look(user: User) -> bool:
    """On a whole main site; whoever works for one sub-site alone is not shown the others."""
    return once(user, "looks_on", lambda: _looks_on(user))


def _looks_on(user: User) -> bool:
    held = column_rules.powers_of(user).sites_with(*LOOKERS_ON)
    return bool(held) and Site.objects.filter(parent=None, pk__in=held).exists()


def may_tighten(user: User) -> bool:
    return may_assess(user)
