"""Services of a site: its items in force with what their guides lack, and guides written as texts of 办事服务 columns."""

from assessment.queries.spots import Spots
from assessment.rules import services as rules
from assessment.rules.findings import Guide
from columns import rules as column_rules
from columns.tree import ColumnTree
from disclosure.queries import services as items
from portal.models import Site
from portal.richtext import plain_text
from publishing.models import Article

KIND = "办事服务"
MOST = 200


def guides(site: Site, columns: ColumnTree, spots: Spots) -> list[Guide] | None:
    """None where the site has neither items in force nor a column of services: to an inspector it has no services."""
    found, held = _items(site), _held(columns)
    if not found and not held:
        return None
    return found + _texts(site, held, spots)


def _items(site: Site) -> list[Guide]:
    """Elements are fields: what is missing is missing, whatever words stand elsewhere."""
    return [
        Guide(item.name, item.get_absolute_url(), str(item.department), tuple(lacking))
        for item, lacking in items.lacking(site, MOST)
    ]


def _held(columns: ColumnTree) -> dict:
    return {one.pk: one for one in columns if column_rules.type_of(one, columns).name == KIND}


def _texts(site: Site, held: dict, spots: Spots) -> list[Guide]:
    """Articles in columns of services, judged by the words in them. The newest are read, so many at most."""
    if not held:
        return []
    rows = Article.objects.live().filter(site=site, column__in=held).select_related("published_revision")
    return [
        Guide(
            one.title, site.url(f"a/{one.pk}/"), spots.owner(held[one.column_id]),
            rules.lacks(plain_text(one.published_revision.body)),
        )
        for one in rows.newest_first()[:MOST]
        if one.published_revision
    ]  # fmt: skip
