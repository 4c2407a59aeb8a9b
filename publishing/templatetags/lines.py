"""Lists of articles, drawn without the template engine: a page has a hundred of their lines."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from columns.models import Column
from portal import clock
from publishing.queries.lines import Line

register = template.Library()


@register.simple_tag
def short_lines(articles: Iterable[Line], shows_departments: bool = False) -> SafeString:
    """Title and day, where space is dear."""
    year = clock.today().year
    return SafeString("".join(_short(one, year, shows_departments) for one in articles))


@register.simple_tag
def full_lines(articles: Iterable[Line], column: Column) -> SafeString:
    """Column, where it is another one than `column`, title, department, day."""
    return SafeString("".join(_full(one, column) for one in articles))


def _short(one: Line, year: int, shows_departments: bool) -> str:
    title, moment = escape(one.title), clock.local(one.published_at)
    department = (
        f'<span class="dept">{escape(one.department)}</span>' if shows_departments and one.department else ""
    )
    day = f"{moment:%m-%d}" if moment.year == year else f"{moment:%Y-%m-%d}"
    return (
        f'<li>{department}<a href="{one.get_absolute_url()}" title="{title}">{title}</a>'
        f'<time datetime="{moment.isoformat()}" data-fresh>{day}</time></li>'
    )


def _full(one: Line, column: Column) -> str:
    moment, sub = clock.local(one.published_at), ""
    if one.column.pk != column.pk:
        sub = f'<a class="sub" href="{one.column.get_absolute_url()}">{escape(one.column.name)}</a>'
    return (
        f'<li>{sub}<a class="title" href="{one.get_absolute_url()}">{escape(one.title)}</a>'
        f'<span class="dept">{escape(one.department)}</span>'
        f'<time datetime="{moment.isoformat()}" data-fresh>{moment:%Y-%m-%d}</time></li>'
    )
