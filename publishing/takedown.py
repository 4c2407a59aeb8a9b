"""Articles as pages that a 安全事件 can be about (portal.incidents.pages)."""

import re

from portal.incidents import pages
from portal.models import User
from publishing import operations, rules
from publishing.enums import ArticleState
from publishing.models import Article

ADDRESS = re.compile(r"/a/(\d{1,18})/?")


def _get(pk: int) -> pages.Page | None:
    article = Article.objects.select_related("site", "column").filter(pk=pk).first()
    return _page(article) if article else None


def _find(path: str) -> pages.Page | None:
    """What readers saw; of one that never was published nothing is said."""
    found = ADDRESS.fullmatch(path)
    article = Article.objects.select_related("site", "column").filter(pk=found[1]).first() if found else None
    return _page(article) if article and article.published_at else None


def _page(article: Article) -> pages.Page:
    return pages.Page(
        kind=rules.INCIDENT_PAGE,
        pk=article.pk,
        title=article.title,
        url=article.get_absolute_url(),
        site=article.site,
        is_public=article.state == ArticleState.LIVE,
        why_not=lambda user: rules.why_not_take_down(user, article),
    )


def _take_down(pk: int, *, by: User, note: str) -> None:
    operations.take_down(Article.objects.select_related("site", "column").get(pk=pk), by=by, note=note)


pages.register(pages.PageKind(rules.INCIDENT_PAGE, _find, _get, _take_down))
