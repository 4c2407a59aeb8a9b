"""What other pages show of interaction."""

from typing import Any

from django import template
from django.template.context import Context

from interaction.enums.activities import ActivityKind, Phase
from interaction.queries import activities
from portal.kept import is_keeping

register = template.Library()

SHOWN = 4


@register.inclusion_tag("public/interaction/_front.html", takes_context=True)
def interaction_front(context: Context) -> dict[str, Any]:
    """The home page's way in: the channels, and what is going on now. One query at most."""
    site, user = context["site"], context["request"].user
    if not user.is_authenticated and is_keeping():
        running = activities.running(site)[:SHOWN]
    else:
        rows = activities.shown(user, site, ActivityKind)[: SHOWN * 2]
        running = [one for one in rows if one.phase in (Phase.OPEN, Phase.COMING)][:SHOWN]
    return {"site": site, "user": user, "running": running}
