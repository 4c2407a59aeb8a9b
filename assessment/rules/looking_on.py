"""Who sees the radar and the reports: assessors, 总版主, 网管, and 审计, who looks on. Only assessors set numbers."""

from assessment.rules.facts import may_assess
from columns import rules as column_rules
from portal.enums import Power
from portal.models import User

LOOKERS_ON = (Power.INSPECT, Power.CONSENT, Power.GRANT, Power.SYSTEM, Power.AUDIT)


def may_look(user: User) -> bool:
    """On a whole main site; whoever works for one sub-site alone is not shown the others."""
    return column_rules.on_main_site(user, *LOOKERS_ON)


def may_tighten(user: User) -> bool:
    return may_assess(user)
