"""Who may say what a publication counts for."""

from assessment.models import Publication
from columns import rules as column_rules
from portal.models import User


def may_assess(user: User) -> bool:
    """考核人: whoever holds 检查 on the whole of a main site (办法第二十二条: 办公室、监察室)."""
    return column_rules.accepts_cadences(user)


def is_of_unit(user: User, unit_id: int) -> bool:
    """Whether the person works in the unit, or below it."""
    return unit_id in column_rules.own_departments(user)


def why_not_overrule(user: User, publication: Publication) -> str:
    if not may_assess(user):
        return "您没有主站全站的检查权限，不能改判"
    return "不能改判本单位的计分" if is_of_unit(user, publication.unit_id) else ""
