"""Decisions about departures and handovers. Deny by default."""

from django.contrib.auth.models import AnonymousUser

from portal import break_glass
from portal.enums import Power
from portal.models import Department, Departure, User

Visitor = User | AnonymousUser

HEAD_OR_CENTRE = "工作交接由原部门负责人或网管办理"
CENTRE_ONLY = "离岗和调动由网管登记"


def keeps(user: Visitor) -> bool:
    """网管 (系统管理): records departures, and hands over where the head does not."""
    return user.is_active and user.has_perm(f"portal.{Power.SYSTEM}")


def watches(user: Visitor) -> bool:
    """网管 sees every departure; 审计管理员 looks on and changes nothing (三员)."""
    return keeps(user) or (user.is_active and user.has_perm(f"portal.{Power.AUDIT}"))


def head_above(department: Department | None, person: int) -> User | None:
    """负责人: the active head of the nearest department upwards who is not the person (an id) themselves."""
    seen: set[int] = set()
    while department is not None and department.pk not in seen:
        seen.add(department.pk)
        if department.head_id and department.head_id != person and department.head.is_active:
            return department.head
        department = department.parent
    return None


def leads(user: Visitor, departure: Departure) -> bool:
    """The old department's head, or who was asked in their place; never the person themselves."""
    if not user.is_active or user.pk == departure.person_id:
        return False
    if departure.asked_id == user.pk:
        return True
    head = head_above(departure.from_department, departure.person_id)
    return head is not None and head.pk == user.pk


def may_act(user: Visitor, departure: Departure) -> bool:
    """Hand over and close: the head and 网管, nobody for themselves."""
    return user.pk != departure.person_id and (leads(user, departure) or keeps(user))


def may_see(user: Visitor, departure: Departure) -> bool:
    return user.pk != departure.person_id and (leads(user, departure) or watches(user))


def may_list(user: Visitor) -> bool:
    """Who is shown the list at all: the watching, heads of departments, and whoever was asked."""
    if not user.is_active:
        return False
    if watches(user) or Department.objects.filter(head=user.pk).exists():
        return True
    return Departure.objects.filter(asked=user.pk).exclude(person=user.pk).exists()


def why_not_plan(user: User, person: User) -> str:
    """Why `user` may not record that `person` leaves; "" when they may."""
    if not keeps(user):
        return CENTRE_ONLY
    if user.pk == person.pk:
        return "不能为自己登记离岗，请另一位网管办理"
    if break_glass.is_break_glass(person) or person.is_superuser or person.staff_number == "system":
        return "这个账号不属于任何人，不办理离岗"
    return ""


def why_not_succeed(successor: User, departure: Departure) -> str:
    """Why `successor` may not take over anything; "" when they may, as far as the person goes."""
    if successor.pk == departure.person_id:
        return "不能移交给离岗的本人"
    if not successor.is_active:
        return f"{successor}的账号已停用"
    if Departure.objects.due().filter(person=successor).exists():
        return f"{successor}也已离岗"
    return ""
