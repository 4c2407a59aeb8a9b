"""Lists of articles, drawn without the template engine: a page has a hundred of their lines."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString

from columns.models import Column
from portal import clock
from publishing.queries.home import Tile
from publishing.queries.lines import Line

register = template.Library()


@register.simple_tag
def short_lines(articles: Iterable[Line], shows_departments: bool = False) -> SafeString:
    """Title and day, where space is dear."""
    zone, year = timezone.get_current_timezone(), clock.today().year
    return SafeString("".join(_short(one, zone, year, shows_departments) for one in articles))


@register.simple_tag
def full_lines(articles: Iterable[Line], column: Column) -> SafeString:
    """Column, where it is another one than `column`, title, department, day."""
    zone = timezone.get_current_timezone()
    return SafeString("".join(_full(one, zone, column) for one in articles))


@register.simple_tag
def tile_lines(tiles: Iterable[Tile]) -> SafeString:
    """Sub-columns, each with its newest and how many it holds."""
    zone, year = timezone.get_current_timezone(), clock.today().year
    return SafeString("".join(_tile(one, zone, year) for one in tiles))


@register.simple_tag
def picture_lines(articles: Iterable[Line]) -> SafeString:
    return SafeString("".join(_picture(one) for one in articles))


def _tile(one: Tile, zone: tzinfo, year: int) -> str:
    newest, said = one.newest, '<span class="newest">尚未发布</span>'
    if newest:
        day = _short_day(newest.published_at.astimezone(zone), year)
        said = (
            f'<a class="newest" href="{newest.get_absolute_url()}">{escape(newest.title)}</a>'
            f"<small>{day} · 共 {one.count} 条</small>"
        )
    return f'<li><b><a href="{one.column.get_absolute_url()}">{escape(one.column.name)}</a></b>{said}</li>'


def _picture(one: Line) -> str:
    return (
        f'<li><a href="{one.get_absolute_url()}">'
        f'<img src="{one.thumb_url}" width="240" height="150" alt="" loading="lazy">'
        f"<span>{escape(one.title)}</span></a></li>"
    )


def _short_day(moment: datetime, year: int) -> str:
    """As `short_date` of `pages`, for the year it is read in."""
    return f"{moment:%m-%d}" if moment.year == year else f"{moment:%Y-%m-%d}"


def _short(one: Line, zone: tzinfo, year: int, shows_departments: bool) -> str:
    title, moment = escape(one.title), one.published_at.astimezone(zone)
    department = (
        f'<span class="dept">{escape(one.department)}</span>' if shows_departments and one.department else ""
    )
    return (
        f'<li>{department}<a href="{one.get_absolute_url()}" title="{title}">{title}</a>'
        f'<time datetime="{moment.isoformat()}" data-fresh>{_short_day(moment, year)}</time></li>'
    )


def _full(one: Line, zone: tzinfo, column: Column) -> str:
    moment, sub = one.published_at.astimezone(zone), ""
    if one.column.pk != column.pk:
        sub = f'<a class="sub" href="{one.column.get_absolute_url()}">{escape(one.column.name)}</a>'
    return (
        f'<li>{sub}<a class="title" href="{one.get_absolute_url()}">{escape(one.title)}</a>'
        f'<span class="dept">{escape(one.department)}</span>'
        f'<time datetime="{moment.isoformat()}" data-fresh>{moment:%Y-%m-%d}</time></li>'
    )
