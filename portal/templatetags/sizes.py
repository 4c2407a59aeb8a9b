"""Bytes as people read them."""

from django import template

from portal.backups import places

register = template.Library()


@register.filter
def size(count: int) -> str:
    return places.size(count or 0)
