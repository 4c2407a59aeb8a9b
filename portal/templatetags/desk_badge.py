"""What pages show of the desk: the number beside 工作台, and the rail of heaps."""

from typing import Any

from django import template
from django.template.context import Context

from portal import applications, todos

register = template.Library()


@register.inclusion_tag("desk/_badge.html", takes_context=True)
def desk_badge(context: Context) -> dict[str, int]:
    """How many things wait for an act of the visitor: at most four queries, none for anonymous visitors.

    On the desk as it is now, on readers' pages as it was within the last minute.
    """
    request = context["request"]
    if not request.user.is_authenticated:
        return {"count": 0}
    match = request.resolver_match
    if match and match.namespace == "desk":
        todos.forget_pressing(request.user.pk)
    return {"count": todos.pressing_lately(request.user)}


@register.inclusion_tag("desk/_rail.html", takes_context=True)
def desk_rail(context: Context, here: str = "") -> dict[str, Any]:
    """The heaps offered to the visitor with their counts, the unread notices, the desk's pages by group, other systems.

    `here` is the heap or page shown; the group it belongs to is open.
    """
    user = context["request"].user
    counts = todos.counts(user)
    rows = [(heap, counts[heap.key]) for heap in todos.offered(user)]
    links = applications.visible_to(user)
    groups = [
        (name, places, any(one.key == here for one in places)) for name, places in todos.places(user).items()
    ]
    return {"rows": rows, "groups": groups, "unread": counts["unread"], "here": here, "links": links}
