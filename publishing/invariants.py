"""What must hold of texts: readers see the revision that was published, whole, and each text is in one review at most."""

from collections.abc import Iterator

from django.db.models import F, Q

from portal.integrity import Finding, invariant, of
from publishing.enums import ArticleState
from publishing.models import Article


@invariant("live_articles", "已发布的稿件与其修订一致")
def live_articles() -> Iterator[Finding]:
    live = Article.objects.filter(state=ArticleState.LIVE)
    for one in live.filter(Q(published_revision=None) | Q(published_at=None)).order_by("pk").iterator():
        yield Finding(of(one), "已发布，却没有发布的修订或发布时间")
    torn = live.exclude(published_revision=None).exclude(
        Q(title=F("published_revision__title")) & Q(pk=F("published_revision__article"))
    )
    for one in torn.order_by("pk").iterator():
        yield Finding(of(one), "线上的标题与发布的修订不一致")


@invariant("new_articles", "未发布的稿件没有线上内容")
def new_articles() -> Iterator[Finding]:
    for one in Article.objects.filter(state=ArticleState.NEW).exclude(published_revision=None).order_by("pk"):
        yield Finding(of(one), "未发布，却已有发布的修订")
