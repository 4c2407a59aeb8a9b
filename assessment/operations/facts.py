"""Facts: every published revision becomes one `Publication`, once; the office may overrule what it counts for."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from assessment.enums.facts import EventKind, Verdict
from assessment.models import Publication
from assessment.queries import publications as queries
from assessment.rules import similarity
from assessment.rules.facts import why_not_overrule
from portal import audit, clock, lineage, parameters
from portal.models import Site, User
from portal.richtext import plain_text
from portal.sweeps import sweep
from portal.workflow import NotAllowed, Refused
from publishing.models import Article, Revision

LOOKS_BACK = timedelta(days=2)
BATCH = 200


@sweep("gather_facts", every=timedelta(minutes=1), label="登记发布事实")
def gather() -> int:
    """Register what was published in the last two days and is not yet; what is new of the whole past once a day."""
    return _gather(clock.now() - LOOKS_BACK if Publication.objects.exists() else None)


@sweep("gather_all_facts", every=timedelta(days=1), label="核对全部发布事实")
def gather_all() -> int:
    return _gather(None)


@transaction.atomic
def overrule(publication: Publication, verdict: Verdict, *, by: User, note: str) -> Publication:
    """改判: the office says what it counts for after all, with its reason; raises Refused without one."""
    publication = Publication.objects.select_for_update(of=["self"]).get(pk=publication.pk)
    if reason := why_not_overrule(by, publication):
        raise NotAllowed(reason)
    if not note.strip():
        raise Refused("请写明改判的理由", "note")
    was, now = publication.get_verdict_display(), Verdict(verdict)
    publication.verdict, publication.overruled_by = now, by
    publication.overruled_at, publication.overruled_note = clock.now(), note.strip()[:200]
    publication.save()
    words = f"{was}改为{now.label}：{note.strip()}"
    audit.record("overrule", "改判计分", publication.article, actor=by, note=words)
    return publication


def _gather(since) -> int:
    done = 0
    while ids := list(_unregistered(since).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            done += sum(_register(revision) for revision in _locked(ids))
    return done


def _unregistered(since) -> QuerySet[Revision]:
    registered = Publication.objects.filter(revision=OuterRef("pk"))
    rows = Revision.objects.filter(~Exists(registered), published_at__isnull=False)
    if since is not None:
        rows = rows.filter(published_at__gte=since)
    return rows.order_by("published_at", "pk")


def _locked(ids: list[int]) -> Iterator[Revision]:
    """Their articles locked, so that two sweeps at once register each once."""
    list(Article.objects.select_for_update(no_key=True).filter(revisions__in=ids).order_by("pk"))
    rows = Revision.objects.filter(pk__in=ids).exclude(pk__in=Publication.objects.values("revision"))
    yield from rows.select_related("column__site", "article").order_by("published_at", "pk")


def _register(revision: Revision) -> bool:
    site, text = revision.column.site, plain_text(revision.body)
    is_first = not Publication.objects.filter(article=revision.article_id).exists()
    row = Publication(
        revision=revision, article=revision.article, site=site, column=revision.column,
        unit_id=revision.department_id or site.department_id, is_reprint=revision.is_reprint,
        kind=EventKind.FIRST if is_first else EventKind.UPDATE, at=revision.published_at,
        on=clock.local(revision.published_at).date(), title_key=similarity.title_key(revision.title),
        shape=similarity.shape(text), size=len(text),
    )  # fmt: skip
    if is_first:
        row.verdict, like = _judge(row, revision.title)
        row.like_id = like.pk if like else None
    row.save(force_insert=True)
    return True


def _judge(row: Publication, title: str):
    days = timedelta(days=parameters.value("similar_days") or 0)
    measure = similarity.Measure(parameters.value("similar_bits") or 0, parameters.value("split_days") or 0)
    parents = dict(Site.objects.order_by().values_list("pk", "parent"))
    below = lineage.beneath({row.site_id}, parents) - {row.site_id}
    return similarity.verdict(
        queries.print_of(row),
        similarity.is_numbered(title),
        queries.candidates(row, row.on - days),
        below,
        measure,
    )
