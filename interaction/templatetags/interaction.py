"""What other pages show of interaction."""

from typing import Any

from django import template
from django.template.context import Context

from interaction.enums.activities import ActivityKind, Phase
from interaction.queries import activities

register = template.Library()

SHOWN = 4


@register.inclusion_tag("public/interaction/_front.html", takes_context=True)
def interaction_front(context: Context) -> dict[str, Any]:
    """The home page's way in: the channels, and what is going on now. One query."""
    site, user = context["site"], context["request"].user
    rows = activities.shown(user, site, ActivityKind)[: SHOWN * 2]
    return {"site": site, "running": [one for one in rows if one.phase in (Phase.OPEN, Phase.COMING)][:SHOWN]}
