"""How pages name who did something."""

from django import template

from portal.models import User
from portal.models.audit import in_place_of

register = template.Library()


@register.filter
def acting_for(person: User, principal: User | None) -> str:
    """`{{ one.saved_by|acting_for:one.saved_for }}`: 李四（代张三） for what was done under a delegation (办法第十条)."""
    return in_place_of(person, principal)
