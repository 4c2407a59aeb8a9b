"""What other pages show of 网上办事."""

from typing import Any

from django import template
from django.template.context import Context

from disclosure.queries import services

register = template.Library()

SHOWN = 8


@register.inclusion_tag("public/services/_front.html", takes_context=True)
def services_front(context: Context) -> dict[str, Any]:
    """The home page's way in: what is used most. One query; nothing on a site without items of its own."""
    site = context["site"]
    return {"site": site, "items": services.most_used_first(services.shown(site))[:SHOWN]}
