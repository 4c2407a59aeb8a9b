"""不需编目: articles that are no documents leave 待编目, with a reason, and may come back."""

from django.db import IntegrityError, transaction

from disclosure.models import CatalogueEntry, LeftOut, Office
from disclosure.operations.keeping import require_keeper
from portal import audit, clock
from portal.models import User
from portal.workflow import Refused, TooLate
from publishing.models import Article


@transaction.atomic
def leave_out(office: Office, article: Article, reason: str, *, by: User) -> LeftOut:
    by = require_keeper(office, by)
    if article.site_id != office.site_id:
        raise Refused(f"这件稿件属于“{article.site}”", "article")
    if CatalogueEntry.objects.filter(article=article).exists():
        raise TooLate("这件稿件已经编入公开目录")
    try:
        with transaction.atomic():
            row = LeftOut.objects.create(article=article, reason=reason, by=by, at=clock.now())
    except IntegrityError as twice:
        raise TooLate("这件稿件已经登记为不需编目") from twice
    audit.record("leave_out", "登记为不需编目", article, actor=by, note=reason)
    return row


@transaction.atomic
def take_back(row: LeftOut, *, by: User) -> None:
    """The article waits for its entry again."""
    by = require_keeper(Office.objects.select_related("department").get(site=row.article.site_id), by)
    audit.record("take_back", "恢复待编目", row.article, actor=by)
    row.delete()
