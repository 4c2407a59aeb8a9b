"""办理公示 on the desk: what was entered, published by somebody else, taken down with a reason."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disclosure.enums.result_notices import NoticeState
from disclosure.forms.services import EmptyForm, NoteForm
from disclosure.models import ResultNotice
from disclosure.operations import result_notices as operations
from disclosure.queries import result_notices as queries
from disclosure.rules import result_notices as rules
from disclosure.views.result_notices.entering import find, may_edit
from disclosure.views.services.rooms import entries
from portal.models import Site
from portal.refusals import refused, unseen
from portal.richtext import one_line
from portal.workflow import NotAllowed, Refused, open_moves

PAGE_SIZE = 20
NOTED = {"discard", "withdraw"}
DONE = {"publish": "已发布，读者可以看到了", "discard": "不予公示", "withdraw": "已撤下，读者看不到了"}
ACTS: dict[str, Callable[..., Any]] = {
    "publish": lambda notice, by, typed: operations.publish(notice, by=by),
    "discard": lambda notice, by, typed: operations.discard(notice, note=typed["note"], by=by),
    "withdraw": lambda notice, by, typed: operations.withdraw(notice, note=typed["note"], by=by),
}


@require_safe
@login_required
@never_cache
def notices(request: HttpRequest) -> HttpResponse:
    """`?state=` and `?q=` narrow it."""
    if not queries.sees_any(request.user):
        raise Http404
    rows, state = queries.seen_by(request.user), request.GET.get("state", "")
    rows = rows.filter(state=state) if state in NoticeState.values else rows
    words = one_line(request.GET.get("q", ""))[:60]
    listing = Paginator(queries.matching(rows, words).order_by("-pk"), PAGE_SIZE)
    waiting = queries.to_publish(request.user).order_by("site__position", "site").select_related("site")
    return render(request, "desk/results/list.html", {
        "listing": listing.get_page(request.GET.get("page")), "state": state, "words": words,
        "tabs": [("", "全部"), *((one, one.label) for one in NoticeState)], "here": "results_board",
        "waiting": _by_site(waiting), "may_enter": bool(rules.sites_entered(request.user)),
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    return _screen(request, find(request, pk))


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    address = reverse("desk:result_notice", args=[pk])
    if verb not in ACTS:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(address)
    if request.method == "GET":
        return redirect(address)
    found = find(request, pk)
    if reason := rules.why_not(request.user, verb, found):
        return _screen(request, found, refusal=reason, status=refused(request, NotAllowed(reason), found))
    form = (NoteForm if verb in NOTED else EmptyForm)(request.POST, auto_id=f"{verb}-%s")
    if not form.is_valid():
        return _screen(request, found, typed=(verb, form), status=422)
    try:
        ACTS[verb](found, request.user, form.cleaned_data)
    except Refused as refusal:
        status = refused(request, refusal, found)
        return _screen(request, find(request, pk), typed=(verb, form), refusal=refusal.message, status=status)
    messages.success(request, f"{found.number}：{DONE[verb]}。")
    return redirect(address)


@require_POST
@login_required
def publish_all(request: HttpRequest) -> HttpResponse:
    """发布 what others entered on one site."""
    site = get_object_or_404(Site, key=request.POST.get("site", ""))
    if not rules.publishes(request.user, site.pk):
        raise unseen(request, site, "没有这个站点的发布权限")
    number = operations.publish_all(site, by=request.user)
    messages.success(request, f"已发布 {number} 条办理结果。" if number else "没有等待您发布的办理结果。")
    return redirect("desk:result_notices")


def _by_site(rows) -> list[tuple[Site, int]]:
    found: dict[Site, int] = {}
    for one in rows:
        found[one.site] = found.get(one.site, 0) + 1
    return list(found.items())


def _screen(
    request: HttpRequest, found: ResultNotice, *, typed: tuple[str, forms.Form] | None = None, refusal: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    moves = [
        {"move": move, "form": _note(move.verb, typed), "is_noted": move.verb in NOTED}
        for move in open_moves(found, request.user, rules.why_not, ACTS)
    ]
    return render(request, "desk/results/one.html", {
        "notice": found, "moves": moves, "opened": typed[0] if typed else "", "refusal": refusal,
        "may_edit": may_edit(request, found), "entries": entries(found), "here": "results_board",
    }, status=status)  # fmt: skip


def _note(verb: str, typed: tuple[str, forms.Form] | None) -> forms.Form:
    if typed and typed[0] == verb:
        return typed[1]
    return (NoteForm if verb in NOTED else EmptyForm)(auto_id=f"{verb}-%s")
