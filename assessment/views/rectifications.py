"""限期整改 on the desk: the list, an order by hand, one rectification with its clock, files and buttons."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.enums.slips import RectificationState
from assessment.forms.inspections import NoteForm
from assessment.forms.rectifications import ExtendForm, NarrowForm, OrderForm, ReportForm, units
from assessment.models import Rectification
from assessment.operations import rectifications as operations
from assessment.queries import rectifications as queries
from assessment.queries import trails
from assessment.rules import oversight
from assessment.rules import rectifications as rules
from assessment.rules.facts import is_of_unit
from assessment.views.inspections.plan import HERE, sent
from portal import addresses, clock, limits
from portal.enums import FileKind
from portal.refusals import refused, unseen
from portal.workflow import Refused
from publishing.views.files import SHOWN_IN_BROWSER, send

PAGE_SIZE, TAB = 20, "rectifications"
FORMS = {
    "report": ReportForm, "accept": partial(NoteForm, label="复查意见（可不填）"),
    "return_": partial(NoteForm, label="退回的理由"), "cancel": partial(NoteForm, label="撤销的理由"),
    "extend": ExtendForm,
}  # fmt: skip
DONE = {
    "report": "已报告，等待复查", "accept": "复查通过", "return_": "已退回，请责任单位继续整改", "cancel": "已撤销",
    "extend": "已延期",
}  # fmt: skip
WITH_ALL = ("unit__head", "ordered_by", "reported_by", "checked_by")


@require_safe
@login_required
@never_cache
def rectifications(request: HttpRequest) -> HttpResponse:
    rows = queries.visible_to(request.user)
    state, unit = NarrowForm(request.GET).asked
    listing = Paginator(queries.ordered(queries.narrowed(rows, state, unit)), PAGE_SIZE)
    listing = listing.get_page(request.GET.get("page"))
    listing.object_list = queries.with_clocks(listing.object_list)
    oversees = oversight.oversees(request.user)
    return render(request, "desk/rectifications/list.html", {
        "listing": listing, "states": queries.tabs(rows.filter(unit=unit) if unit else rows), "state": state,
        "unit": unit, "units": units() if oversees else [], "tab": TAB, "here": HERE, "oversees": oversees,
        "assesses": oversight.assesses(request.user),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """责令整改 by hand: what no inspection, list or score asked for by itself."""
    if not oversight.assesses(request.user):
        raise unseen(request, request.user, oversight.NO_POWER)
    form, status = OrderForm(sent(request)), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                made = operations.order_by_hand(**form.cleaned_data, by=request.user)
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
                status = refused(request, refusal, form.cleaned_data["unit"])
            else:
                messages.success(request, f"已责令{made.unit}整改，{made.due_on:%-m月%-d日}前完成。")
                return redirect(made)
    return render(request, "desk/rectifications/new.html", {"form": form, "here": HERE}, status=status)


@require_safe
@login_required
@never_cache
def rectification(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


@require_POST
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    if verb not in FORMS:
        raise Http404
    found = _find(request, pk)
    form = FORMS[verb](request.POST, request.FILES, auto_id=f"{verb}-%s")
    if not form.is_valid():
        return _page(request, found, typed=(verb, form), status=422)
    try:
        if request.FILES and (against := addresses.why_not_upload(request)):
            raise Refused(against, "files")
        _run(found, verb, form.cleaned_data, request)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        status = refused(request, refusal, found)
        return _page(request, _find(request, pk), typed=(verb, form), status=status)
    messages.success(request, f"{DONE[verb]}。")
    return redirect(found)


@require_safe
@login_required
def attachment(request: HttpRequest, pk: int, file: UUID) -> HttpResponse:
    """A file of the report, for whoever may see the rectification."""
    stored = get_object_or_404(_find(request, pk).files, pk=file)
    is_shown = stored.kind == FileKind.PICTURE or stored.content_type in SHOWN_IN_BROWSER
    return send(
        request, stored.file.name, etag=stored.sha256, content_type=stored.content_type, filename=stored.name,
        as_attachment=not is_shown,
    )  # fmt: skip


def _run(found: Rectification, verb: str, typed: dict[str, Any], request: HttpRequest) -> None:
    if verb == "report":
        operations.report(found, text=typed["note"], files=typed["files"], by=request.user)
    elif verb == "extend":
        operations.extend(found, by=request.user, **typed)
    else:
        getattr(operations, verb)(found, note=typed["note"], by=request.user)


def _find(request: HttpRequest, pk: int) -> Rectification:
    found = get_object_or_404(Rectification.objects.select_related(*WITH_ALL), pk=pk)
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "不能查看和办理这项整改")
    return found


def _page(
    request: HttpRequest, found: Rectification, typed: tuple[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    verb, refused_form = typed or ("", None)
    limit = queries.clock_of(found)
    allowed = [
        one.verb
        for one in found.workflow.from_state(found.state)
        if not rules.why_not(request.user, one.verb, found)
    ]
    is_running = limit and clock.now() <= limit.due_at
    if found.state == RectificationState.ORDERED and "cancel" in allowed and is_running:
        allowed.append("extend")
    mine = {one: FORMS[one](auto_id=f"{one}-%s") for one in allowed}
    if verb in mine:
        mine[verb] = refused_form
    own = oversight.assesses(request.user) and is_of_unit(request.user, found.unit_id)
    return render(request, "desk/rectifications/one.html", {
        "row": queries.with_clocks([found])[0], "rectification": found, "limit": limit, "forms": mine,
        "verb": verb, "own": own, "entries": trails.of(found), "files": found.files.all(), "here": HERE,
        "refusal": "；".join(refused_form.non_field_errors()) if refused_form else "",
        "due": limits.due_text(limit) if limit else "",
        "lost": refused_form if refused_form and verb not in mine else None,
    }, status=status)  # fmt: skip
