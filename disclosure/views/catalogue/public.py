"""政府信息公开 for the public: the start page, the catalogue by category, one entry, the guide, the pages."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from disclosure.enums.catalogue import OVER, PageKind, Validity
from disclosure.models import Category, Office
from disclosure.queries import catalogue as queries
from disclosure.queries import entries as entry_queries
from disclosure.queries.categories import CategoryTree, listed_numbers
from disclosure.queries.offices import nearest_office, office_of
from portal import clock
from publishing.enums import ArticleState

YEARS, NEWEST, SHOWN_PAGES = 12, 8, 5
KINDS = {"guide": PageKind.GUIDE, "rules": PageKind.RULES}
LISTS = {PageKind.RULES: "disclosure/pages/rules/", PageKind.REPORT: "disclosure/reports/"}


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """政府信息公开: guide, rules, catalogue, reports, application. A site without an office leads to the one above."""
    office = office_of(request.site)
    if office is None:
        return _upwards(request, "disclosure/")
    tree = CategoryTree(request.site)
    branches = tree.branches(listed_numbers(request.site, tree))
    pages = entry_queries.pages(request.site)
    newest = queries.public_page(request.site, queries.Asked(), {}).rows[:NEWEST]
    return render(request, "public/disclosure/start.html", _frame(request, office, tree, "start") | {
        "branches": branches, "total": sum(one.number for one in branches), "newest": newest,
        "page_lists": [
            (kind.label, path, shown)
            for kind, path in LISTS.items()
            if (shown := entry_queries.of_kind(pages, kind)[:SHOWN_PAGES])
        ],
    })  # fmt: skip


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """法定主动公开内容: the whole list, sought and narrowed."""
    return _listing(request, None)


@require_safe
def category(request: HttpRequest, key: str) -> HttpResponse:
    return _listing(request, key)


@require_safe
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """What is known of one document. 404 for what the public may not know of; 410, without its name, for what was
    withdrawn.
    """
    office = _office(request)
    found = get_object_or_404(entry_queries.entries_to_read(), pk=pk, site=request.site)
    context = _frame(request, office, CategoryTree(request.site), "catalogue")
    shown = queries.listed(request.site).filter(pk=pk).exists()
    if not shown:
        if found.article is not None and found.article.state == ArticleState.WITHDRAWN:
            return render(request, "public/disclosure/gone.html", context | {"entry": found}, status=410)
        raise Http404
    successor, predecessors = entry_queries.related(found)
    return render(request, "public/disclosure/entry.html", context | {
        "entry": found, "successor": successor, "predecessors": predecessors, "changes": found.changes.all(),
        "interpretations": entry_queries.readable_interpretations(found), "is_over": found.validity in OVER,
        "is_online": found.article is not None and found.article.state == ArticleState.LIVE,
    })  # fmt: skip


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """公开指南 (条例第十二条): the office's own article where there is one, else made from what is known of it."""
    office = _office(request)
    pages = entry_queries.of_kind(entry_queries.pages(request.site), PageKind.GUIDE)
    if pages:
        return HttpResponseRedirect(pages[0].article.get_absolute_url())
    tree = CategoryTree(request.site)
    return render(request, "public/disclosure/guide.html", _frame(request, office, tree, "guide") | {
        "branches": tree.flat(), "channels": office.channels.all(),
    })  # fmt: skip


@require_safe
def pages(request: HttpRequest, kind: str) -> HttpResponse:
    """公开制度: all of them."""
    office = _office(request)
    if kind not in KINDS:
        raise Http404
    found = entry_queries.of_kind(entry_queries.pages(request.site), KINDS[kind])
    return render(request, "public/disclosure/pages.html", _frame(request, office, CategoryTree(request.site), kind) | {
        "kind": KINDS[kind], "shown": found,
    })  # fmt: skip


def _listing(request: HttpRequest, key: str | None) -> HttpResponse:
    office = office_of(request.site)
    if office is None:
        return _upwards(request, f"disclosure/c/{key}/" if key else "disclosure/catalogue/")
    tree = CategoryTree(request.site)
    chosen: Category | None = tree.by_key(key) if key else None
    if key and chosen is None:
        raise Http404
    asked = queries.Asked.read(request.GET, tree, chosen)
    query = request.GET.copy()
    query.pop("before", None)
    return render(request, "public/disclosure/catalogue.html", _frame(request, office, tree, "catalogue") | {
        "category": chosen, "asked": asked, "listing": queries.public_page(request.site, asked, request.GET),
        "steps": tree.path(chosen) if chosen else [], "years": range(clock.today().year, clock.today().year - YEARS, -1),
        "validities": Validity.choices, "categories": tree.flat(), "query": query.urlencode(),
        "is_sought": bool(asked.words or asked.number or asked.year or asked.validity),
    })  # fmt: skip


def _frame(request: HttpRequest, office: Office, tree: CategoryTree, here: str) -> dict[str, Any]:
    """What every page of disclosure shows beside its own."""
    return {
        "office": office, "here": here, "disclosure_rail": tree.flat(),
        "apply_url": request.site.url("disclosure/requests/new/"),
        "catalogue_url": request.site.url("disclosure/catalogue/"),
        "track_url": request.site.url("disclosure/requests/track/"),
    }  # fmt: skip


def _office(request: HttpRequest) -> Office:
    office = office_of(request.site)
    if office is None:
        raise Http404
    return office


def _upwards(request: HttpRequest, path: str) -> HttpResponse:
    office = nearest_office(request.site)
    if office is None:
        return render(request, "public/disclosure/none.html")
    return HttpResponseRedirect(office.site.url(path))
