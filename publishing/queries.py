"""Named reads of texts. Every list of articles starts at `visible`, so rights hold everywhere alike (JS-24)."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from columns import rules as column_rules
from columns.enums import ColumnKind, Placement
from columns.models import Column
from columns.tree import ColumnTree
from portal.enums import Power
from portal.models import User
from publishing.enums import ArticleState, RevisionState, StepState
from publishing.models import Article, ReviewStep, Revision

PAGE_SIZE = 20


def visible(columns: ColumnTree) -> QuerySet[Article]:
    """Live articles of `columns`, a tree already cut down to what the visitor may read; newest first."""
    ids = [column.pk for column in columns]
    return Article.objects.live().filter(column__in=ids).newest_first()


def column_page(column: Column, columns: ColumnTree, number: int | str | None) -> Page:
    """One page of the column and everything readable below it."""
    ids = [one.pk for one in columns.branch(column)]
    rows = Article.objects.live().filter(column__in=ids).select_related("department").newest_first()
    return Paginator(rows, PAGE_SIZE).get_page(number)


def single_page(column: Column) -> Article | None:
    """The text that a 单篇页面 column shows: its newest."""
    rows = Article.objects.live().filter(column=column).select_related("published_revision", "department", "cover")
    return rows.newest_first().first()


def neighbours(article: Article) -> tuple[Article | None, Article | None]:
    """The newer and the older article of the same column, None at either end."""
    row = Article.objects.live().filter(column=article.column)
    here = {"published_at": article.published_at, "pk": article.pk}
    newer = row.filter(
        Q(published_at__gt=here["published_at"]) | Q(published_at=here["published_at"], pk__gt=here["pk"])
    )
    older = row.filter(
        Q(published_at__lt=here["published_at"]) | Q(published_at=here["published_at"], pk__lt=here["pk"])
    )
    return newer.order_by("published_at", "id").first(), older.newest_first().first()


def search_titles(columns: ColumnTree, words: str, number: int | str | None) -> Page:
    """Visible articles whose title holds every one of the space-separated `words`."""
    rows = visible(columns).select_related("column", "department")
    for word in words.split():
        rows = rows.filter(title__icontains=word)
    return Paginator(rows, PAGE_SIZE).get_page(number)


@dataclass(frozen=True)
class Block:
    """A main column on the home page with its newest articles."""

    column: Column
    articles: list[Article]


@dataclass(frozen=True)
class Tile:
    """A sub-column on the home page with its newest article (None while empty) and how many there are."""

    column: Column
    newest: Article | None
    count: int


def home_blocks(columns: ColumnTree, size: int = 8) -> list[Block]:
    """Per main column of the menu the newest of all its list columns: one small query each."""
    blocks = []
    for main in columns.menu():
        ids = [column.pk for column in columns.branch(main) if column.kind == ColumnKind.ARTICLES]
        rows = Article.objects.live().filter(column__in=ids).select_related("department").newest_first()
        blocks.append(Block(main, list(rows[:size])))
    return blocks


def headlines(columns: ColumnTree, size: int = 1) -> list[Article]:
    return list(visible(columns).filter(is_headline=True).select_related("department")[:size])


def pictures(columns: ColumnTree, size: int = 9) -> list[Article]:
    """Newest articles with a picture."""
    return list(visible(columns).filter(cover__isnull=False).select_related("cover")[:size])


def notices(columns: ColumnTree, size: int = 6) -> Block | None:
    """The first column placed in the home page's notice block, if the visitor may read one."""
    column = next(iter(columns.placed(Placement.NOTICES)), None)
    if column is None:
        return None
    return Block(column, list(Article.objects.live().filter(column=column).newest_first()[:size]))


def review_queue(user: User) -> QuerySet[ReviewStep]:
    """Current review steps that `user` may decide, longest waiting first; never their own texts."""
    powers = column_rules.powers_of(user)
    mine = Q(pk__in=[])
    for power in (Power.REVIEW, Power.SIGN, Power.PUBLISH, Power.INSPECT):
        if columns := powers.columns_with(power):
            mine |= Q(power=power, revision__column__in=columns)
    written = Revision.history.model.objects.filter(id=OuterRef("revision_id"), saved_by=user)
    own = Q(revision__created_by=user) | Q(revision__reported_by=user)
    steps = ReviewStep.objects.filter(mine, state=StepState.CURRENT).exclude(own).exclude(Exists(written))
    return steps.select_related(
        "revision__article", "revision__column__site", "revision__department", "revision__reported_by"
    ).order_by("id")


def to_publish(user: User) -> QuerySet[Revision]:
    """Cleared texts in columns where `user` publishes, oldest first."""
    columns = column_rules.powers_of(user).columns_with(Power.PUBLISH)
    rows = Revision.objects.filter(state=RevisionState.APPROVED, column__in=columns)
    return rows.select_related("article", "column__site", "department", "reported_by").order_by("id")


def to_mend(user: User) -> QuerySet[Revision]:
    """Texts of `user` that came back."""
    rows = Revision.objects.filter(Q(reported_by=user) | Q(saved_by=user), state=RevisionState.RETURNED)
    return rows.select_related("article", "column__site").order_by("-saved_at")


def drafts(user: User) -> QuerySet[Revision]:
    """Texts that `user` last saved and has not reported."""
    rows = Revision.objects.filter(saved_by=user, state=RevisionState.DRAFT)
    return rows.select_related("article", "column__site").order_by("-saved_at")


def workable(user: User) -> QuerySet[Article]:
    """Articles in columns where `user` holds any handling power: what the admin lists."""
    powers = column_rules.powers_of(user)
    handling = (Power.COLLECT, Power.REVIEW, Power.SIGN, Power.PUBLISH, Power.INSPECT, Power.MANAGE)
    columns = set().union(*(powers.columns_with(power) for power in handling))
    return Article.objects.filter(Q(column__in=columns) | Q(created_by=user))


def home_tiles(columns: ColumnTree, main: Column) -> list[Tile]:
    """The sub-columns of `main`, each with its newest article and count: two queries in all."""
    newest = Article.objects.live().filter(column=OuterRef("pk")).newest_first().values("pk")[:1]
    subs = columns.menu(main)
    rows = Column.objects.filter(pk__in=[sub.pk for sub in subs]).annotate(
        newest=Subquery(newest), total=Count("articles", filter=Q(articles__state=ArticleState.LIVE))
    )
    figures = {row.pk: (row.newest, row.total) for row in rows}
    articles = Article.objects.in_bulk([pk for pk, _ in figures.values() if pk])
    return [Tile(sub, articles.get(figures[sub.pk][0]), figures[sub.pk][1]) for sub in subs]

