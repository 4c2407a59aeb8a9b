"""重大问题 (办法第十七条): who is told, and who may close it."""

from columns import rules as column_rules
from columns.rules import Visitor
from interaction.models import Escalation
from portal.enums import Power
from portal.models import Department


def may_see(user: Visitor, escalation: Escalation) -> bool:
    """The head of the department, 总版主, whoever reported it; inspection looks on."""
    if not user.is_authenticated:
        return False
    return (
        may_close(user, escalation)
        or user.pk == escalation.reported_by_id
        or column_rules.powers_of(user).has_on_site(Power.INSPECT, escalation.site_id)
    )


def may_close(user: Visitor, escalation: Escalation) -> bool:
    """Those before whom it was put: 部门负责人 and 总版主."""
    if is_head(user, escalation.department):
        return True
    return column_rules.powers_of(user).has_on_site(Power.CONSENT, escalation.site_id)


def is_head(user: Visitor, department: Department | None) -> bool:
    return department is not None and user.is_authenticated and department.head_id == user.pk
