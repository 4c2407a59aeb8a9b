"""网上预审 on the desk: the board, and one pre-review with its materials and the three ways to decide.

Whoever may not see one is told that there is none. Each reading of what is personal is put on record.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from disclosure.enums.prereviews import PreReviewState
from disclosure.forms.prereviews import PassForm, RefuseForm, ReturnForm
from disclosure.models import PreReview, PreReviewFile
from disclosure.operations import prereviews as operations
from disclosure.queries import prereviews as queries
from disclosure.rules import prereviews as rules
from disclosure.rules import result_notices as result_rules
from disclosure.views.services.rooms import entries
from portal import limits
from portal.limits.listing import timed, with_clock
from portal.refusals import refused, unseen
from portal.workflow import NotAllowed, Refused

PAGE_SIZE = 20
DONE = {
    "pass_": "预审通过，已告知申请人",
    "return_": "已退回补正，时限暂停计算",
    "refuse": "预审不通过，已告知申请人",
}
ACTS: dict[str, Callable[..., Any]] = {
    "pass_": lambda found, by, form: operations.pass_(found, bring=form.cleaned_data["bring"], by=by),
    "return_": lambda found, by, form: operations.return_(found, form.faults, by=by),
    "refuse": lambda found, by, form: operations.refuse(found, note=form.cleaned_data["note"], by=by),
}
BY_APPLICANT = ("apply", "correct", "withdraw")


@require_safe
@login_required
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    """What waits first, nearest due first; `?state=` and `?q=` narrow it."""
    if not queries.sees_any(request.user):
        raise Http404
    asked, every = queries.Asked.read(request.GET), queries.seen_by(request.user)
    rows = queries.narrowed(every, asked)
    rows = (
        with_clock(rows) if asked.state in (PreReviewState.SUBMITTED, queries.LATE) else rows.order_by("-pk")
    )
    listing = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = with_clock(every.filter(pk__in=[one.pk for one in listing.object_list]))
    times = {one.pk: words for one, words in timed(shown)}
    return render(request, "desk/prereviews/board.html", {
        "listing": listing, "rows": [(one, times.get(one.pk, {}) if one.is_waiting else {}) for one in listing],
        "asked": asked, "tabs": queries.counts(every), "here": "pre_review_board",
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def pre_review(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    if rules.handles(request.user, found):
        operations.read(found, by=request.user)
    return _screen(request, found)


@require_safe
@login_required
@never_cache
def file(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """What was sent for a material: saved, never shown in the browser, and put on record."""
    found = find(request, pk)
    if not rules.handles(request.user, found):
        raise Http404
    rows = PreReviewFile.objects.select_related("file").filter(material__pre_review=found)
    stored = get_object_or_404(rows, pk=file).file
    operations.read(found, by=request.user)
    response = FileResponse(default_storage.open(stored.file.name), as_attachment=True, filename=stored.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A button was pressed. On a refusal the page comes back with the reason and what was typed."""
    address = reverse("desk:pre_review", args=[pk])
    if verb not in ACTS:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(address)
    if request.method == "GET":
        return redirect(address)
    found = find(request, pk)
    if reason := rules.why_not(request.user, verb, found):
        return _screen(request, found, refusal=reason, status=refused(request, NotAllowed(reason), found))
    form = _form(verb, found, request.POST)
    if form.is_valid():
        try:
            ACTS[verb](found, request.user, form)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return _screen(
                request, find(request, pk), typed=(verb, form), status=refused(request, refusal, found)
            )
        messages.success(request, f"{DONE[verb]}。")
        return redirect(address)
    return _screen(request, found, typed=(verb, form), status=422)


def find(request: HttpRequest, pk: int) -> PreReview:
    found = get_object_or_404(
        PreReview.objects.select_related("site", "item__site", "guide", "department"), pk=pk
    )
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "不能查看和办理这件预审")
    return found


def _form(verb: str, found: PreReview, data: Any = None) -> forms.Form:
    if verb == "pass_":
        return PassForm(data, found=found, auto_id="pass-%s")
    if verb == "return_":
        return ReturnForm(data, rows=queries.materials(found), auto_id="return-%s")
    return RefuseForm(data, auto_id="refuse-%s")


def _screen(
    request: HttpRequest,
    found: PreReview,
    *,
    typed: tuple[str, forms.Form] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    handles, limit = rules.handles(request.user, found), queries.clock_of(found)
    decides = handles and found.is_waiting
    made = (
        {verb: typed[1] if typed and typed[0] == verb else _form(verb, found) for verb in ACTS}
        if decides
        else {}
    )
    return render(request, "desk/prereviews/one.html", {
        "found": found, "handles": handles, "materials": queries.materials(found), "news": found.news.all(),
        "limit": limit, "time_left": limits.time_left(limit) if limit else "",
        "urgency": limits.urgency(limit) if limit else "", "forms": made, "opened": typed[0] if typed else "",
        "refusal": refusal or _refusal(typed), "entries": _entries(found), "here": "pre_review_board",
        "result": getattr(found, "result", None),
        "may_enter": found.state == PreReviewState.PASSED
        and found.department_id in result_rules.enters_for(request.user, found.site_id),
    }, status=status)  # fmt: skip


def _entries(found: PreReview) -> list:
    rows = entries(found)
    for one in rows:
        one.shown = "申请人" if one.verb in BY_APPLICANT else ""
    return rows


def _refusal(typed: tuple[str, forms.Form] | None) -> str:
    """What the page says on top: the reason itself, or where to look."""
    if typed is None:
        return ""
    return next(iter(typed[1].non_field_errors()), "") or "没有完成，请看标红的地方"
