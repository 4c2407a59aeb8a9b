"""What the pages of the public side share: the frame's menu and neighbours, and small formats."""

import re
from datetime import datetime

from django import template
from django.core.paginator import Page
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from columns import rules
from columns.models import Column
from columns.queries import tree
from portal import applications, clock
from portal.models import Site
from publishing import below

register = template.Library()

NEW_DAYS = 2


@register.inclusion_tag("public/_menu.html", takes_context=True)
def main_menu(context: Context) -> dict:
    """The main columns of the site; `path` of the view says which one is open."""
    site, path = context.get("site"), context.get("path") or [None]
    return {
        "home": site.url() if site else "/",
        "columns": rules.menu(context["request"].user, tree(site)) if site else [],
        "current": path[0],
        "is_home": context.get("is_home", False),
    }


@register.inclusion_tag("public/_footer.html", takes_context=True)
def site_footer(context: Context) -> dict:
    """Who answers for the site, and its superior, subordinate and parallel bodies (福建第九、十条)."""
    site, sites = context.get("site"), context.get("sites") or []
    if site is None:
        return {}
    return {
        "site": site,
        "upper": upper_site(context),
        "superior": site.department.parent,
        "lower": [one for one in sites if one.parent_id == site.pk and not one.link_hidden_at],
        "peers": [one for one in sites if site.parent_id and one.parent_id == site.parent_id and one != site],
    }


@register.simple_tag(takes_context=True)
def upper_site(context: Context) -> Site | None:
    """The site above the current one, found among those the request already holds."""
    site, sites = context.get("site"), context.get("sites") or []
    return next((one for one in sites if site and one.pk == site.parent_id), None)


@register.simple_tag(takes_context=True)
def site_url(context: Context, path: str) -> str:
    """`path` on the current site."""
    site = context.get("site")
    return site.url(path) if site else f"/{path}"


@register.inclusion_tag("public/_neighbours.html", takes_context=True)
def site_neighbours(context: Context) -> dict:
    """The home page's way to other sites: down to the offices from the main site, across from a sub-site."""
    site, sites = context["site"], context["sites"]
    if site.is_main:
        shown = [one for one in sites if one.parent_id == site.pk and not one.link_hidden_at]  # 大庆第八条
        return {"label": "基层单位", "links": shown}
    upper = upper_site(context)
    peers = [one for one in sites if one.parent_id == site.parent_id and one != site]
    return {"label": "相关单位", "links": [one for one in (upper, *peers) if one]}


@register.inclusion_tag("public/_applications.html", takes_context=True)
def application_links(context: Context) -> dict:
    """应用系统: the single entrance to the intranet (办法第二条); nothing where no link is shown to the visitor."""
    return {"links": applications.visible_to(context["request"].user)}


@register.simple_tag(takes_context=True)
def sub_columns(context: Context, main: Column) -> list[Column]:
    return context["columns"].menu(main)


@register.simple_tag(takes_context=True)
def below_article(context: Context) -> SafeString:
    """What other apps show under the article of the page: comments, say."""
    return _blocks(context, below.blocks())


@register.simple_tag(takes_context=True)
def above_article(context: Context) -> SafeString:
    """What other apps show above its text: what a document is in the catalogue, say."""
    return _blocks(context, below.blocks(above=True))


def _blocks(context: Context, blocks: list[below.Block]) -> SafeString:
    request, article, column = context["request"], context["article"], context["column"]
    found = ((block.template, block.context(request, article, column)) for block in blocks)
    return format_html_join(
        "",
        "{}",
        ((render_to_string(template, said, request),) for template, said in found if said is not None),
    )


@register.simple_tag(takes_context=True)
def page_link(context: Context, number: int) -> str:
    """The current address with another page number."""
    query = context["request"].GET.copy()
    query["page"] = number
    return f"?{query.urlencode()}"


@register.simple_tag
def page_numbers(listing: Page) -> list[int | str]:
    """Page numbers with … for those left out."""
    return list(listing.paginator.get_elided_page_range(listing.number, on_each_side=2, on_ends=1))


@register.filter
def mark_words(title: str, words: str) -> SafeString:
    """The title with every searched word marked."""
    found = "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True))
    pieces = re.split(f"({found})", title, flags=re.IGNORECASE)
    marked = (
        format_html("<mark>{}</mark>", piece) if place % 2 else piece for place, piece in enumerate(pieces)
    )
    return format_html_join("", "{}", ((piece,) for piece in marked))


@register.filter
def short_date(moment: datetime) -> str:
    """MM-DD for lists where space is dear; the whole date for earlier years, so none is ambiguous."""
    day = clock.local(moment).date()
    return f"{day:%m-%d}" if day.year == clock.today().year else f"{day:%Y-%m-%d}"


@register.filter
def is_new(moment: datetime) -> bool:
    """Published in the last days, by date."""
    return (clock.today() - clock.local(moment).date()).days <= NEW_DAYS


@register.filter
def column_type(column: Column) -> str:
    """The ColumnType of 政府网站发展指引 that fits best."""
    return rules.type_of(column, tree(column.site)).name
