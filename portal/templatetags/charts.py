"""Charts as plain SVG: no script, no inline style, readable in black and white, the number always beside."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

WIDTH, HEIGHT, LINE = 100, 10, 24


@register.simple_tag
def bar(value: float | None, of: float | None, label: str = "", tone: str = "main") -> SafeString:
    """A bar of `value` out of `of`; nothing of nothing is an empty bar. `tone`: main, ok, warn, late, gold."""
    share = max(0.0, min(1.0, float(value or 0) / float(of))) if of else 0.0
    return format_html(
        '<svg class="bar bar-{}" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="whole" width="{}" height="{}"></rect><rect class="part" width="{}" height="{}"></rect></svg>',
        tone, WIDTH, HEIGHT, label or f"{round(share * 100)}%", WIDTH, HEIGHT, f"{share * WIDTH:.2f}", HEIGHT,
    )  # fmt: skip


@register.simple_tag
def spark(values: Sequence[float], label: str = "") -> SafeString:
    """A line of the values over time, the oldest first, each between nothing and the highest; one value is a dot."""
    figures = [float(value) for value in values]
    if not figures:
        return SafeString("")
    top, step = max(*figures, 1.0), WIDTH / max(1, len(figures) - 1)
    starts = WIDTH if len(figures) == 1 else 0
    places = [(starts + place * step, LINE * (1 - value / top)) for place, value in enumerate(figures)]
    points, (x, y) = " ".join(f"{x:.1f},{y:.1f}" for x, y in places), places[-1]
    return format_html(
        '<svg class="spark" viewBox="-4 -4 {} {}" role="img" aria-label="{}"><polyline points="{}"></polyline>'
        '<circle cx="{}" cy="{}" r="3"></circle></svg>',
        WIDTH + 8, LINE + 8, label, points, f"{x:.1f}", f"{y:.1f}",
    )  # fmt: skip


@register.filter
def percent(value: float | None, of: float | None) -> str:
    """`{{ votes|percent:all }}`: 37.5%; a dash where there is nothing to divide by."""
    return f"{100 * float(value or 0) / float(of):.1f}%" if of else "—"
