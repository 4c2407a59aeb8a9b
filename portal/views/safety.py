"""安全台账 on the desk: the registers by kind and year, one record, a new one, its 整改, 特殊时期, the workbook."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import addresses, clock
from portal.enums import SafetyKind
from portal.forms.safety import PeriodForm, RecordForm, RectifyForm, StrikeForm
from portal.models import CloserWatch, SafetyRecord
from portal.refusals import refused, unseen
from portal.safety import reading, records, rules
from portal.views import attached
from portal.workflow import NotAllowed, Refused, open_moves

PAGE_SIZE, HERE = 20, "safety_registers"
NOT_FOR_YOU = "不能查看安全台账"
ACTS = {
    "rectify": (RectifyForm, records.rectify, "已记为整改完成。"),
    "strike": (StrikeForm, records.strike, "已作废，记录仍留在台账里。"),
}


@require_safe
@login_required
@never_cache
def registers(request: HttpRequest) -> HttpResponse:
    _require_looker(request)
    kind, year = _asked(request)
    listing = Paginator(reading.of(kind, year), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/safety/list.html", {
        "listing": listing, "kind": kind, "year": year, "kinds": SafetyKind.choices, "years": reading.years(),
        "keeps": rules.keeps(request.user), "here": HERE, "tab": kind or "all", "today": clock.today(),
        "plan": reading.plan_in_force(), "live": rules.live_periods(clock.today()),
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def export(request: HttpRequest) -> FileResponse:
    _require_looker(request)
    kind, year = _asked(request)
    name = SafetyKind(kind).label if kind else "安全台账"
    return reading.write(f"{year}年{name}" if year else name, reading.of(kind, year))


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    _require_looker(request)
    if not rules.keeps(request.user):
        if request.method == "POST":
            refused(request, NotAllowed(rules.KEEPERS_ONLY), request.user)
        raise PermissionDenied(rules.KEEPERS_ONLY)
    if request.method == "GET":
        kind = request.GET.get("kind", "").upper()
        initial = {"on": clock.today(), "kind": kind if kind in SafetyKind.values else SafetyKind.PATROL}
        return _new(request, RecordForm(initial=initial))
    form = RecordForm(request.POST, request.FILES)
    if not form.is_valid():
        return _new(request, form, 422)
    try:
        _check_station(request)
        made = records.keep(form.entry, by=request.user)
    except Refused as refusal:
        return _new(request, _with(form, refusal), refused(request, refusal, request.user))
    messages.success(request, f"已登记：{made}")
    return redirect(made)


@require_safe
@login_required
@never_cache
def record(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


@require_POST
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    if verb not in ACTS:
        raise Http404
    found = _find(request, pk)
    maker, run, done = ACTS[verb]
    form = maker(request.POST, request.FILES, auto_id=f"{verb}-%s")
    if not form.is_valid():
        return _page(request, found, (verb, form), 422)
    try:
        _check_station(request)
        run(found, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        status = refused(request, refusal, found)
        return _page(request, _find(request, pk), (verb, _with(form, refusal)), status)
    messages.success(request, done)
    return redirect(found)


@require_safe
@login_required
def attachment(request: HttpRequest, pk: int, file: UUID) -> FileResponse:
    return attached.send(get_object_or_404(_find(request, pk).files, pk=file))


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def periods(request: HttpRequest) -> HttpResponse:
    """特殊时期: those there were and are, and a new one."""
    _require_looker(request)
    if request.method == "GET":
        return _periods(request, PeriodForm(initial={"starts_on": clock.today()}))
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return _periods(request, form, 422)
    try:
        made = records.set_period(form.period, by=request.user)
    except Refused as refusal:
        return _periods(request, _with(form, refusal), refused(request, refusal, request.user))
    messages.success(request, f"已设定：{made}")
    return redirect("desk:safety_periods")


@require_POST
@login_required
@never_cache
def end_period(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(CloserWatch, pk=pk)
    if not rules.looks_on(request.user):
        raise unseen(request, found, NOT_FOR_YOU)
    try:
        records.end_period(found, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _periods(request, PeriodForm(), refused(request, refusal, found))
    messages.success(request, f"“{found}”已提前结束。")
    return redirect("desk:safety_periods")


def _asked(request: HttpRequest) -> tuple[str, int | None]:
    kind, year = request.GET.get("kind", "").upper(), request.GET.get("year", "")
    good_year = year.isascii() and year.isdigit() and 2000 <= int(year[:4]) <= 2200
    return kind if kind in SafetyKind.values else "", int(year[:4]) if good_year else None


def _require_looker(request: HttpRequest) -> None:
    if not rules.looks_on(request.user):
        raise unseen(request, request.user, NOT_FOR_YOU)


def _find(request: HttpRequest, pk: int) -> SafetyRecord:
    found = get_object_or_404(SafetyRecord.objects.select_related("recorded_by"), pk=pk)
    if not rules.looks_on(request.user):
        raise unseen(request, found, NOT_FOR_YOU)
    return found


def _check_station(request: HttpRequest) -> None:
    if request.FILES and (against := addresses.why_not_upload(request)):
        raise Refused(against, "files")


def _new(request: HttpRequest, form: RecordForm, status: int = 200) -> HttpResponse:
    return render(request, "desk/safety/new.html", {"form": form, "here": HERE}, status=status)


def _page(
    request: HttpRequest, found: SafetyRecord, typed: tuple[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    verb, form = typed or ("", None)
    offered = [move.verb for move in open_moves(found, request.user, rules.why_not)]
    made: dict[str, Any] = {one: ACTS[one][0](auto_id=f"{one}-%s") for one in offered}
    made |= {verb: form} if form and verb in made else {}
    return render(request, "desk/safety/one.html", {
        "record": found, "forms": made, "verb": verb, "files": found.files.all(), "entries": reading.trail(found),
        "refusal": next(iter(form.non_field_errors()), "") if form else "", "here": HERE, "today": clock.today(),
    }, status=status)  # fmt: skip


def _periods(request: HttpRequest, form: PeriodForm, status: int = 200) -> HttpResponse:
    listing = Paginator(reading.periods(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/safety/periods.html", {
        "listing": listing, "form": form, "keeps": rules.keeps(request.user), "here": HERE, "tab": "periods",
        "today": clock.today(), "patrol_hours": rules.patrol_hours(), "visit_minutes": rules.visit_minutes(),
        "kinds": SafetyKind.choices,
    }, status=status)  # fmt: skip


def _with(form: forms.Form, refusal: Refused) -> forms.Form:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return form
