"""公开专页: which articles are the guide, the rules and the reports of disclosure."""

from django.db import transaction

from disclosure.enums.catalogue import PageKind
from disclosure.models import DisclosurePage, Office
from disclosure.operations.keeping import require_keeper
from disclosure.rules import entries
from portal import audit
from portal.models import User
from portal.workflow import Refused
from publishing.models import Article


@transaction.atomic
def show(office: Office, kind: PageKind, article: Article, *, by: User) -> DisclosurePage:
    """Of guides the newest is shown; an article is one kind of page only."""
    by = require_keeper(office, by)
    article = (
        Article.objects.select_for_update(of=("self",), no_key=True)
        .select_related("site", "column")
        .get(pk=article.pk)
    )
    if article.site_id != office.site_id:
        raise Refused(f"这件稿件属于“{article.site}”，不能作为“{office.site}”的公开专页", "article")
    if DisclosurePage.objects.filter(article=article).exists():
        raise Refused("这件稿件已是公开专页", "article")
    if article.column_id in entries.closed_columns(office.site):
        raise Refused(f"“{article.column}”栏目不对公众开放", "article")
    page = DisclosurePage.objects.create(site=office.site, kind=kind, article=article)
    audit.record("show_page", f"列为{PageKind(kind).label}", page, actor=by, clause=office.clause)
    return page


@transaction.atomic
def drop(page: DisclosurePage, *, by: User) -> None:
    """The article itself stays as it is."""
    by = require_keeper(Office.objects.select_related("department").get(site=page.site_id), by)
    audit.record("drop_page", f"不再列为{page.get_kind_display()}", page, actor=by)
    page.delete()
