"""Who keeps the catalogue (条例第四条: 公开工作机构), who looks on. Writes nothing."""

from columns import rules as column_rules
from columns.rules import Visitor
from disclosure.enums.catalogue import Publicity
from disclosure.models import CatalogueEntry, Category, CategoryDuty, Office
from disclosure.workflow.catalogue import VALIDITY
from portal.enums import SEES_WORK, Power
from portal.models import User

OFFICE_POWERS = (Power.COLLECT, Power.ANSWER)
"""Used from a seat in the office itself; whoever publishes on the whole site keeps its catalogue from anywhere."""
LOOKS_ON = (Power.INSPECT, Power.AUDIT)
ONLY_OFFICE = "“{}”须由公开工作机构“{}”或有全站发布权的版主编目"
ONLY_NAMED = "只有公开工作机构“{}”、有全站发布权的版主和“{}”的责任部门可以编目"


def keeps(user: Visitor, office: Office) -> bool:
    """Whether `user` keeps the whole catalogue of the office's site."""
    if column_rules.powers_of(user).has_on_site(Power.PUBLISH, office.site_id):
        return True
    seats = (one for power in OFFICE_POWERS for one in column_rules.seats(user, power, office.site_id))
    return any(one.department_id == office.department_id for one in seats)


def answers_for(user: Visitor, category: Category) -> bool:
    """Whether `user` collects for a department that makes the category public (附件二)."""
    seats = {one.department_id for one in column_rules.seats(user, Power.COLLECT, category.site_id)}
    return bool(seats) and category.duties.filter(department__in=seats).exists()


def catalogues(user: Visitor, office: Office) -> bool:
    """Whether `user` may register anything at all: keeps the catalogue, or collects for a responsible department."""
    if keeps(user, office):
        return True
    seats = {one.department_id for one in column_rules.seats(user, Power.COLLECT, office.site_id)}
    named = CategoryDuty.objects.filter(category__site=office.site_id, department__in=seats)
    return bool(seats) and named.exists()


def why_not_catalogue(user: User, office: Office, category: Category, publicity: str) -> str:
    """Why `user` may not register or change an entry of this kind; "" when they may."""
    if keeps(user, office):
        return ""
    if publicity != Publicity.OPEN:
        return ONLY_OFFICE.format(Publicity(publicity).label, office.department)
    if not answers_for(user, category):
        return ONLY_NAMED.format(office.department, category)
    return ""


def why_not_edit(user: User, office: Office, entry: CatalogueEntry) -> str:
    return why_not_catalogue(user, office, entry.category, entry.publicity)


def why_not_keep(user: User, office: Office) -> str:
    return "" if keeps(user, office) else f"这由公开工作机构“{office.department}”或有全站发布权的版主办理"


def why_not(user: User, verb: str, entry: CatalogueEntry) -> str:
    """Why `user` may not change the validity of `entry`. Unknown verbs raise KeyError."""
    label = VALIDITY[verb].label
    return (
        ""
        if keeps(user, entry.site.disclosure_office)
        else f"{label}须由公开工作机构或有全站发布权的版主登记"
    )


def acting_for(user: User, verb: str, entry: CatalogueEntry) -> User | None:
    return in_whose_place(user, entry.site.disclosure_office)


def in_whose_place(user: User, office: Office) -> User | None:
    """In whose place `user` keeps the catalogue under a delegation (办法第十条); None for whoever does it themselves."""
    seats = [one for power in OFFICE_POWERS for one in column_rules.seats(user, power, office.site_id)]
    own = next((one for one in seats if one.department_id == office.department_id), None)
    if own is not None:
        return User.objects.get(pk=own.principal_id) if own.principal_id else None
    return column_rules.acting_for_site(user, Power.PUBLISH, office.site_id)


def oversees(user: Visitor, site_id: int) -> bool:
    """检查 and 审计 look on and change nothing."""
    powers = column_rules.powers_of(user)
    return any(powers.has_on_site(power, site_id) for power in LOOKS_ON)


def sites_seen(user: Visitor) -> set[int]:
    """Ids of the sites whose catalogue `user` sees on the desk: whoever handles texts or answers there, or looks on."""
    return column_rules.powers_of(user).sites_with(*SEES_WORK, Power.ANSWER, *LOOKS_ON)


def sees_closed(user: Visitor, office: Office) -> bool:
    """不予公开: those who decide it and those who check it, nobody else."""
    return keeps(user, office) or oversees(user, office.site_id)


def may_see(user: Visitor, entry: CatalogueEntry, office: Office) -> bool:
    if entry.site_id not in sites_seen(user):
        return False
    return entry.publicity != Publicity.CLOSED or sees_closed(user, office)
