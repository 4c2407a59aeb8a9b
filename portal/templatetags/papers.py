"""Showing the parts of a paper (`portal.documents`)."""

from django import template

from portal.documents import Part
from portal.documents.parts import Cell, cell_text

register = template.Library()
register.filter("cell_text", cell_text)


@register.filter
def is_part(part: Part, kind: str) -> bool:
    return type(part).__name__ == kind


@register.filter
def is_words(cell: Cell) -> bool:
    """Words stand to the left, numbers in the middle."""
    return isinstance(cell, str)
