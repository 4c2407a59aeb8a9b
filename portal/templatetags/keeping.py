"""`{% keep "menu" path.0.pk %}…{% endkeep %}`: a piece of a page that is the same for everybody who is not signed in."""

from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString

from portal.kept import is_keeping, kept

register = template.Library()


class Keep(template.Node):
    """Drawn once for each site and value named, until what it is drawn from has changed (`portal.kept`).

    Nothing inside may depend on anything else: not on the day, the address asked for, what a view found.
    """

    def __init__(self, pieces: NodeList, name: FilterExpression, values: list[FilterExpression]):
        self.pieces, self.name, self.values = pieces, name, values

    def render(self, context: Context) -> SafeString:
        user, site = context.get("user"), context.get("site")
        if site is None or user is None or settings.DEBUG or not is_keeping() or user.is_authenticated:
            return self.pieces.render(context)
        key: tuple[Any, ...] = ("html", self.name.resolve(context), site.pk)
        key += tuple(value.resolve(context) for value in self.values)
        return kept(key, lambda: self.pieces.render(context))


@register.tag
def keep(parser: Parser, token: Token) -> Keep:
    _, name, *values = token.split_contents()
    pieces = parser.parse(["endkeep"])
    parser.delete_first_token()
    return Keep(pieces, parser.compile_filter(name), [parser.compile_filter(value) for value in values])
