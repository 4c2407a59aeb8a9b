"""The pages staff browse. Every one starts from the columns the visitor may read (JS-24)."""

from typing import Any

from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from columns import rules as column_rules
from columns.enums import ColumnKind, Readers
from columns.models import Column
from columns.queries import tree
from columns.tree import ColumnTree
from portal import richtext
from portal.prepared import Prepared
from publishing import below, kinds, queries, rules
from publishing.enums import ArticleState
from publishing.models import Article


def readable(request: HttpRequest) -> ColumnTree:
    """The current site's columns as this visitor may see them."""
    return column_rules.readable_tree(request.user, tree(request.site))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    columns = readable(request)
    return render(request, "public/home.html", {
        "columns": columns, "is_home": True, "page": queries.home_page(columns),
    })  # fmt: skip


@require_safe
def column(request: HttpRequest, slug: str) -> HttpResponse:
    columns = readable(request)
    shown = columns.by_slug(slug)
    if shown is None:
        return refuse(request, tree(request.site).by_slug(slug), columns)
    return kinds.page_of(shown.kind)(request, place(columns, shown))


def column_of_articles(request: HttpRequest, here: dict[str, Any]) -> HttpResponse:
    columns, shown = here["columns"], here["column"]
    listing = queries.column_page(shown, columns, request.GET.get("page"))
    context = {
        "listing": listing,
        "is_about": queries.is_about(columns, shown),
        "feed": f"feeds/{shown.slug}/",
    }
    return render(request, "public/column.html", here | context)


def column_of_one_page(request: HttpRequest, here: dict[str, Any]) -> HttpResponse:
    article = queries.single_page(here["column"])
    return render(request, "public/page.html", here | _reading(request, article))


kinds.register(ColumnKind.ARTICLES, column_of_articles)
kinds.register(ColumnKind.PAGE, column_of_one_page)


_TO_READ = Prepared(lambda pk: below.asked(queries.articles_to_read()).filter(pk=pk))
LAST = BigIntegerField.MAX_BIGINT


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    found = next(iter(_TO_READ.rows(pk)), None) if pk <= LAST else None
    if found is None or found.state == ArticleState.NEW:
        raise Http404
    if found.site_id != request.site.pk:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    found.site = request.site
    columns = readable(request)
    shown = columns.get(found.column_id)
    if shown is None:
        return refuse(request, tree(request.site).get(found.column_id), columns)
    context = place(columns, shown) | _reading(request, found)
    if found.state == ArticleState.WITHDRAWN:
        return render(request, "errors/410.html", context, status=410)
    newer, older = queries.neighbours(found)
    return render(request, "public/article.html", context | {"newer": newer, "older": older})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    columns, words = readable(request), richtext.one_line(request.GET.get("q", ""))[:80]
    listing = queries.search_titles(columns, words, request.GET.get("page")) if words else None
    return render(request, "public/search.html", {"columns": columns, "words": words, "listing": listing})


def refuse(request: HttpRequest, hidden: Column | None, columns: ColumnTree) -> HttpResponse:
    """403 that says who may read `hidden`, which is not in `columns`; 404 when there is no such column."""
    if hidden is None:
        raise Http404
    path = tree(request.site).path(hidden)
    closed = next(step for step in path if columns.get(step.pk) is None)
    departments = closed.reader_departments.all() if closed.readers == Readers.DEPARTMENTS else []
    context = {"columns": columns, "closed": closed, "departments": departments}
    return render(request, "errors/403.html", context, status=403)


def place(columns: ColumnTree, shown: Column) -> dict[str, Any]:
    """Where the page stands: the way down to it, and the rail of its main column."""
    path = columns.path(shown)
    return {"columns": columns, "column": shown, "path": path, "rail": columns.menu(path[0])}


def _reading(request: HttpRequest, found: Article | None) -> dict:
    """The text itself, its attachments, and whether this visitor may follow how it was handled."""
    if found is None or found.published_revision is None:
        return {"article": None}
    revision = found.published_revision
    in_text = richtext.picture_ids(revision.body)
    return {
        "article": found,
        "revision": revision,
        "attachments": queries.attachments(revision) if found.has_attachments else [],
        "shows_cover": found.cover_id is not None and found.cover_id not in in_text,
        "may_see_work": rules.may_see_work(request.user, found),
    }
