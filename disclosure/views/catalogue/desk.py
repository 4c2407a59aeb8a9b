"""公开目录 on the desk: the list, what is not catalogued yet, one entry with its history."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from disclosure.enums.catalogue import Publicity, Validity
from disclosure.forms.entries import LeaveOutForm
from disclosure.queries import catalogue as queries
from disclosure.queries import issuers
from disclosure.queries.categories import CategoryTree
from disclosure.queries.entries import uncatalogued_page
from disclosure.rules import cataloguing as rules
from disclosure.views.catalogue.scope import HERE, Scope, find, keeps_none, scope
from disclosure.views.catalogue.screen import entry_screen
from disclosure.workbook.entries import write


@require_safe
@login_required
@never_cache
def entries(request: HttpRequest) -> HttpResponse:
    """Every entry of a site, by category, issuer, publicity, validity, year, words and number."""
    if keeps_none(request):
        return render(request, "desk/catalogue/none.html", {"here": HERE})
    seen = scope(request)
    tree = CategoryTree(seen.office.site)
    asked = queries.Asked.read(request.GET, tree)
    rows = asked.narrow(queries.desk_rows(seen.office, closed=seen.sees_closed))
    return render(request, "desk/catalogue/list.html", {
        "scope": seen, "asked": asked, "listing": queries.desk_page(seen.office, rows, request.GET),
        "here": HERE, "tab": "entries",
        "categories": tree.flat(), "issuers": issuers.issuers(seen.office), "validities": Validity.choices,
        "publicities": _publicities(seen.sees_closed), "query": _query(request),
        "may_add": rules.catalogues(request.user, seen.office),
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is narrowed, whole."""
    seen = scope(request)
    asked = queries.Asked.read(request.GET, CategoryTree(seen.office.site))
    rows = asked.narrow(queries.desk_rows(seen.office, closed=seen.sees_closed))
    return write(seen.office, rows)


@require_safe
@login_required
@never_cache
def pending(request: HttpRequest) -> HttpResponse:
    """待编目: published, of a column that a category stands for, not in the catalogue."""
    return pending_screen(request, scope(request))


def pending_screen(
    request: HttpRequest,
    seen: Scope,
    form: LeaveOutForm | None = None,
    chosen: str = "",
    *,
    status: int = 200,
) -> HttpResponse:
    """`form` came back from leaving out the article `chosen`: what was typed and why it was refused."""
    before = queries.whole(request.GET.get("before", ""))
    return render(request, "desk/catalogue/pending.html", {
        "scope": seen, "listing": uncatalogued_page(seen.office, CategoryTree(seen.office.site), before),
        "query": _query(request), "here": HERE, "tab": "pending",
        "may_add": rules.catalogues(request.user, seen.office), "form": form, "chosen": chosen,
    }, status=status)  # fmt: skip


@require_safe
@login_required
@never_cache
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    found, office = find(request, pk)
    return render(request, "desk/catalogue/entry.html", entry_screen(request, found, office))


def _publicities(sees_closed: bool) -> list[tuple[str, str]]:
    known = [one for one in Publicity.choices if sees_closed or one[0] != Publicity.CLOSED]
    return [*known, (queries.WAITING, "主动公开，尚未上网"), (queries.LATE, "主动公开，已逾期")]


def _query(request: HttpRequest) -> str:
    """The question as it stands, without the page."""
    said = request.GET.copy()
    said.pop("before", None)
    return said.urlencode()
