"""Services of a site, where it has any: guides in columns of the type 办事服务, with what their texts lack."""

from assessment.queries.spots import Spots
from assessment.rules import services as rules
from assessment.rules.findings import Guide
from columns import rules as column_rules
from columns.tree import ColumnTree
from portal.models import Site
from portal.richtext import plain_text
from publishing.models import Article

KIND = "办事服务"
MOST = 200


def guides(site: Site, columns: ColumnTree, spots: Spots) -> list[Guide] | None:
    """None where the site has no column of services. The newest texts are read, so many at most."""
    held = {one.pk: one for one in columns if column_rules.type_of(one, columns).name == KIND}
    if not held:
        return None
    rows = Article.objects.live().filter(site=site, column__in=held).select_related("published_revision")
    return [
        Guide(
            one.title, site.url(f"a/{one.pk}/"), spots.owner(held[one.column_id]),
            rules.lacks(plain_text(one.published_revision.body)),
        )
        for one in rows.newest_first()[:MOST]
        if one.published_revision
    ]  # fmt: skip
