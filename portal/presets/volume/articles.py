"""Published articles by the thousand, spread over five years, popular columns having more."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.db import transaction
from django.db.models import OuterRef, Subquery
from simple_history.utils import bulk_create_with_history

from assessment.enums.facts import EventKind
from assessment.models import Publication
from assessment.rules.similarity import title_key
from columns.models import Column
from portal import audit, clock
from portal.models import Department, User
from portal.presets.volume import structure
from portal.presets.volume.words import Writer
from portal.richtext import summary
from publishing.enums import ArticleState, RevisionState
from publishing.models import Article, Revision

BATCH, SPAN = 1000, timedelta(days=5 * 365)


@dataclass(frozen=True)
class _Text:
    column: Column
    department: Department
    title: str
    body: str
    at: datetime


def write(number: int, departments: Sequence[Department]) -> None:
    """Batch by batch, each a transaction: what was written before a break is whole."""
    author, columns, done = structure.author(), structure.columns(), Article.objects.count()
    texts = _texts(number, columns, departments, done)
    while batch := list(islice(texts, BATCH)):
        with transaction.atomic():
            _write(batch, author)


def _texts(
    number: int, columns: list[Column], departments: Sequence[Department], seed: int
) -> Iterator[_Text]:
    writer, chance, now = Writer(seed), Random(seed), clock.now()
    weights = [1 / place for place in range(1, len(columns) + 1)]
    for n in range(number):
        column = chance.choices(columns, weights)[0]
        at = now - SPAN * ((number - n) / number)
        department = chance.choice(departments)
        yield _Text(column, department, writer.title(seed + n + 1), writer.body(), at)


def _write(texts: list[_Text], author: User) -> None:
    articles = Article.objects.bulk_create(_article(text, author) for text in texts)
    revisions = [_revision(article, text, author) for article, text in zip(articles, texts, strict=True)]
    bulk_create_with_history(
        revisions, Revision, batch_size=BATCH, default_user=author, default_date=texts[-1].at
    )
    own = Revision.objects.filter(article=OuterRef("pk")).values("pk")
    pks = [article.pk for article in articles]
    Article.objects.filter(pk__in=pks).update(published_revision=Subquery(own[:1]))
    Publication.objects.bulk_create(_fact(revision) for revision in revisions)
    acts = [audit.Act("create", "采集", article) for article in articles]
    acts += [audit.Act("publish", "发布", revision) for revision in revisions]
    with clock.at(texts[-1].at):
        audit.record_all(acts, actor=author)


def _article(text: _Text, author: User) -> Article:
    return Article(
        site=text.column.site, column=text.column, state=ArticleState.LIVE, title=text.title, author_name="信息员",
        summary=summary(text.body[:700]), department=text.department, published_at=text.at, created_by=author,
        created_at=text.at - timedelta(hours=3),
    )  # fmt: skip


def _revision(article: Article, text: _Text, author: User) -> Revision:
    return Revision(
        article=article, number=1, state=RevisionState.PUBLISHED, column=text.column, title=text.title, body=text.body,
        summary=article.summary, author_name="信息员", department=text.department, created_by=author, saved_by=author,
        saved_at=article.created_at, reported_by=author, reported_at=article.created_at, published_by=author,
        published_at=text.at,
    )  # fmt: skip


def _fact(revision: Revision) -> Publication:
    """As `gather_facts` would register it, but with a fingerprint of the title: that of every text takes hours."""
    shape = int.from_bytes(hashlib.sha256(revision.title.encode()).digest()[:8], signed=True)
    return Publication(
        revision=revision, article=revision.article, site=revision.column.site, column=revision.column,
        unit=revision.department, kind=EventKind.FIRST, at=revision.published_at,
        on=clock.local(revision.published_at).date(), title_key=title_key(revision.title), shape=shape,
        size=len(revision.body),
    )  # fmt: skip
