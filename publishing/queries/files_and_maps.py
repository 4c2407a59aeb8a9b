"""What public pages are made of besides texts: their files, and the parts of the sitemap."""

from collections.abc import Iterable

from django.db.models import F, Q, QuerySet

from columns.models import Column
from columns.tree import ColumnTree
from portal.models import StoredFile
from publishing.models import Article, Attachment, Revision
from publishing.queries.reading import branch, live_in

SITEMAP_IDS = 2000


def files_of(revisions: Iterable[int] | QuerySet) -> QuerySet[StoredFile]:
    """Covers, pictures and attachments of these revisions."""
    covers = Revision.objects.filter(pk__in=revisions, cover__isnull=False).values("cover")
    pictures = Revision.pictures.through.objects.filter(revision__in=revisions).values("storedfile")
    attached = Attachment.objects.filter(revision__in=revisions).values("file")
    return StoredFile.objects.filter(Q(pk__in=covers) | Q(pk__in=pictures) | Q(pk__in=attached)).order_by(
        "pk"
    )


def count_in(column: Column, columns: ColumnTree) -> int:
    """How many live articles the column's list holds."""
    return live_in(branch(columns, column)).count()


def sitemap_parts(columns: ColumnTree) -> list[int]:
    """Numbers of the parts that have anything to name; the first names the columns as well."""
    parts = live_in(columns).order_by().annotate(part=F("pk") / SITEMAP_IDS)
    return sorted({0, *parts.values_list("part", flat=True).distinct()})


def sitemap_part(columns: ColumnTree, part: int) -> QuerySet[Article]:
    rows = live_in(columns).filter(pk__gte=part * SITEMAP_IDS, pk__lt=(part + 1) * SITEMAP_IDS)
    return rows.order_by("pk")
