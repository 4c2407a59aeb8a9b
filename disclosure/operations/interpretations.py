"""政策解读: which articles explain an entry. Linking and unlinking leave both as they are."""

from django.db import transaction

from disclosure.models import CatalogueEntry, Interpretation, Office
from disclosure.rules import cataloguing
from portal import audit, clock
from portal.models import User
from portal.workflow import NotAllowed, Refused, as_they_stand
from publishing.enums import ArticleState
from publishing.models import Article


@transaction.atomic
def link(entry: CatalogueEntry, article: Article, *, by: User) -> Interpretation:
    """Linking the same article again changes nothing."""
    by = _require_right(entry, by)
    if article.site_id != entry.site_id:
        raise Refused(f"这件稿件属于“{article.site}”，不能作为本站文件的解读", "article")
    if article.pk == entry.article_id:
        raise Refused("解读应是另一件稿件，不是文件本身", "article")
    if article.state != ArticleState.LIVE:
        raise Refused("解读稿件须已发布", "article")
    row, is_new = Interpretation.objects.get_or_create(
        entry=entry, article=article, defaults={"added_by": by, "added_at": clock.now()}
    )
    if is_new:
        _record("link_interpretation", "关联政策解读", entry, article, by)
    return row


@transaction.atomic
def unlink(entry: CatalogueEntry, article: Article, *, by: User) -> None:
    by = _require_right(entry, by)
    if Interpretation.objects.filter(entry=entry, article=article).delete()[0]:
        _record("unlink_interpretation", "取消政策解读", entry, article, by)


def _require_right(entry: CatalogueEntry, by: User) -> User:
    by = as_they_stand(by)
    office = Office.objects.select_related("site", "department").get(site=entry.site_id)
    if reason := cataloguing.why_not_edit(by, office, entry):
        raise NotAllowed(reason)
    return by


def _record(verb: str, label: str, entry: CatalogueEntry, article: Article, by: User) -> None:
    principal = cataloguing.in_whose_place(by, entry.site.disclosure_office)
    audit.record(verb, label, entry, actor=by, note=f"“{article.title}”", acting_for=principal)
