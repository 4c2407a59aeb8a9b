"""办事事项 on the desk: the items of a person's sites and what each lacks, one item with its versions, its moves."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disclosure.enums.services import IN_WORK, ItemState
from disclosure.forms.services import EmptyForm, NoteForm
from disclosure.models import ServiceItem
from disclosure.operations import service_texts
from disclosure.operations import services as operations
from disclosure.queries import services as queries
from disclosure.rules import services as rules
from disclosure.views.services.rooms import entries
from disclosure.workbook import services as sheets
from portal.refusals import refused, unseen
from portal.richtext import one_line
from portal.spreadsheets import workbook
from portal.workflow import NotAllowed, Refused, open_moves

PAGE_SIZE = 20
NOTED = {"suspend", "retire"}
ACTS: dict[str, Callable[..., Any]] = {
    "suspend": lambda item, by, typed: operations.suspend(item, note=typed["note"], by=by),
    "resume": lambda item, by, typed: operations.resume(item, by=by),
    "retire": lambda item, by, typed: operations.retire(item, note=typed["note"], by=by),
}


@require_safe
@login_required
@never_cache
def services(request: HttpRequest) -> HttpResponse:
    """`?state=` and `?q=` narrow it; each item with what its guide lacks."""
    rows = _rows(request)
    state = request.GET.get("state", "")
    if state in ItemState.values:
        rows = rows.filter(state=state)
    elif state == "work":
        rows = rows.filter(guides__state__in=IN_WORK)
    else:
        state, rows = "", rows.exclude(state=ItemState.RETIRED)
    words = one_line(request.GET.get("q", ""))[:60]
    for word in words.split():
        rows = rows.filter(name__icontains=word)
    listing = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    sites = rules.sites_seen(request.user)
    return render(request, "desk/services/list.html", {
        "listing": listing, "standings": queries.completeness(listing.object_list), "state": state, "words": words,
        "tabs": [("", "全部"), ("work", "有待发布的版本"), *((one, one.label) for one in ItemState)],
        "may_write": any(rules.may_write(request.user, site) for site in sites), "here": "services",
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def completeness(request: HttpRequest) -> HttpResponse:
    """要素检查表 of all items that are not retired, as a workbook."""
    rows = queries.completeness(_rows(request).exclude(state=ItemState.RETIRED))
    return workbook(
        "办事指南要素检查", sheets.COMPLETENESS, sheets.completeness_rows(rows), (18, 30, 14, 10, 50, 50)
    )


@require_safe
@login_required
@never_cache
def service(request: HttpRequest, pk: int) -> HttpResponse:
    return _screen(request, find(request, pk))


@require_POST
@login_required
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """修订: leads to the version that is in work."""
    item = find(request, pk)
    try:
        guide = service_texts.revise(item, by=request.user)
    except Refused as refusal:
        return _screen(
            request, find(request, pk), refusal=refusal.message, status=refused(request, refusal, item)
        )
    return redirect("desk:guide_edit", guide.pk)


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    address = reverse("desk:service", args=[pk])
    if verb not in ACTS:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(address)
    if request.method == "GET":
        return redirect(address)
    item = find(request, pk)
    if reason := rules.why_not_item(request.user, verb, item):
        return _screen(request, item, refusal=reason, status=refused(request, NotAllowed(reason), item))
    form = (NoteForm if verb in NOTED else EmptyForm)(request.POST, auto_id=f"{verb}-%s")
    if not form.is_valid():
        return _screen(request, item, typed=(verb, form), status=422)
    try:
        ACTS[verb](item, request.user, form.cleaned_data)
    except Refused as refusal:
        status = refused(request, refusal, item)
        return _screen(request, find(request, pk), typed=(verb, form), refusal=refusal.message, status=status)
    messages.success(request, f"{item}：已{item.workflow[verb].label}。")
    return redirect(address)


def find(request: HttpRequest, pk: int) -> ServiceItem:
    """The item for a page; 404 for whoever holds no power on its site."""
    item = get_object_or_404(ServiceItem.objects.select_related("site", "department", "guide"), pk=pk)
    if not rules.may_see(request.user, item.site_id):
        raise unseen(request, item, "不能查看这个办事事项")
    return item


def _rows(request: HttpRequest):
    if not rules.sites_seen(request.user):
        raise Http404
    return queries.seen_by(request.user).order_by("site__position", "site", "position", "pk")


def _screen(
    request: HttpRequest,
    item: ServiceItem,
    *,
    typed: tuple[str, Any] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    user = request.user
    moves = [
        {"move": move, "form": _form(move.verb, typed), "is_noted": move.verb in NOTED}
        for move in open_moves(item, user, rules.why_not_item, ACTS)
    ]
    item.in_work = [one for one in [queries.in_work(item)] if one]
    return render(request, "desk/services/item.html", {
        "item": item, "versions": queries.versions(item), "moves": moves, "opened": typed[0] if typed else "",
        "refusal": refusal, "may_revise": not rules.why_not_revise(user, item),
        "standing": queries.completeness([item])[0],
        "entries": entries(item), "here": "services",
    }, status=status)  # fmt: skip


def _form(verb: str, typed: tuple[str, Any] | None):
    if typed and typed[0] == verb:
        return typed[1]
    return (NoteForm if verb in NOTED else EmptyForm)(auto_id=f"{verb}-%s")
