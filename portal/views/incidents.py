"""安全事件 on the desk: the register, reporting, one incident with its handling, the workbook."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import addresses, clock
from portal.enums import IncidentState
from portal.forms.incidents import LineForm, NoteForm, OptionalForm, PoliceForm, ReportForm, SiteSwitchForm
from portal.incidents import handling, pages, reading, report, rules, switching
from portal.models import Incident, User
from portal.refusals import refused, unseen
from portal.spreadsheets import workbook
from portal.views import attached
from portal.workflow import Refused, open_moves

PAGE_SIZE, HERE, TAB = 20, "all_incidents", "incidents"
FILTERS = [("open", "待处置"), *IncidentState.choices[1:], ("all", "全部")]
HEADINGS = (
    "编号",
    "类别",
    "等级",
    "站点",
    "情况",
    "涉及页面",
    "发现时间",
    "发现人",
    "报告局领导",
    "公安机关报案",
    "状态",
    "处理结果",
    "结案",
)
WIDTHS = (8, 14, 8, 20, 50, 30, 18, 12, 18, 18, 10, 40, 18)

Typed = Mapping[str, Any]
ACTS: dict[str, tuple[type[forms.Form], Callable[[Incident, User, Typed], Any], str]] = {
    "handle": (OptionalForm, lambda one, by, typed: handling.handle(one, by=by), "已开始处置。"),
    "close": (NoteForm, lambda one, by, typed: handling.close(one, by=by, **typed), "已结案。"),
    "dismiss": (NoteForm, lambda one, by, typed: handling.dismiss(one, by=by, **typed), "已记为误报。"),
    "reopen": (NoteForm, lambda one, by, typed: handling.reopen(one, by=by, **typed), "已重新处置。"),
    "write": (LineForm, lambda one, by, typed: handling.write(one, by=by, **typed), "已记入处置记录。"),
    "tell_police": (PoliceForm, lambda one, by, typed: handling.tell_police(one, by=by, **typed), "已记录报案情况。"),
    "take_down": (NoteForm, lambda one, by, typed: handling.take_down(one, by=by, **typed), "页面已撤下。"),
    "close_posting": (
        SiteSwitchForm,
        lambda one, by, typed: switching.close_posting(typed["site"], by=by, reason=typed["reason"], incident=one),
        "网上互动已暂停。",
    ),
}  # fmt: skip
"""Every button: what is typed with it, which operation it calls, what is said afterwards."""


@require_safe
@login_required
@never_cache
def incidents(request: HttpRequest) -> HttpResponse:
    """All for who handles, leads and looks on; for others what they reported."""
    rows, state = reading.visible_to(request.user), request.GET.get("state") or "open"
    state = state if state in dict(FILTERS) else "all"
    listing = Paginator(reading.in_state(rows, state), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/incidents/list.html", {
        "listing": listing, "state": state, "filters": FILTERS, "here": HERE, "tab": TAB,
        "sees_all": rules.sees_all(request.user),
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def export(request: HttpRequest) -> FileResponse:
    """What the person may see, as a workbook."""
    lines = (
        (
            one.pk, one.get_kind_display(), one.get_severity_display(), one.site or "", one.what, one.page,
            one.found_at, str(one.found_by), one.reported_at, one.police_at, one.get_state_display(), one.result,
            one.closed_at,
        )
        for one in reading.visible_to(request.user).iterator(chunk_size=500)
    )  # fmt: skip
    return workbook(f"安全事件登记{clock.today():%Y%m%d}", HEADINGS, lines, WIDTHS)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """报告: anybody who works here and finds something; the leaders are told as it is written down."""
    if request.method == "GET":
        initial = {"found_at": clock.local(clock.now()), "page": request.GET.get("page", "")[:200]}
        return _new(request, ReportForm(initial=initial))
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _new(request, form, 422)
    try:
        _check_station(request)
        made = report(found_by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _new(request, _with(form, refusal), refused(request, refusal, request.user))
    told = "已报告局领导和系统管理员" if made.reported_at else "系统管理员已收到"
    messages.success(request, f"已登记，{told}。")
    return redirect(made)


@require_safe
@login_required
@never_cache
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


@require_POST
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A button was pressed."""
    if verb not in ACTS:
        raise Http404
    found = _find(request, pk)
    maker, run, done = ACTS[verb]
    form = maker(request.POST, request.FILES, auto_id=f"{verb}-%s")
    if not form.is_valid():
        return _page(request, found, (verb, form), 422)
    try:
        _check_station(request)
        run(found, request.user, form.cleaned_data)
    except Refused as refusal:
        status = refused(request, refusal, found)
        return _page(request, _find(request, pk), (verb, _with(form, refusal)), status)
    messages.success(request, done)
    return redirect(found)


@require_safe
@login_required
def attachment(request: HttpRequest, pk: int, file: UUID) -> FileResponse:
    return attached.send(get_object_or_404(_find(request, pk).files, pk=file))


def _check_station(request: HttpRequest) -> None:
    if request.FILES and (against := addresses.why_not_upload(request)):
        raise Refused(against, "files")


def _find(request: HttpRequest, pk: int) -> Incident:
    """404 to whoever may not know of it."""
    found = get_object_or_404(Incident.objects.select_related(*reading.SHOWN_WITH), pk=pk)
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "不能查看和处置这个安全事件")
    return found


def _new(request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "here": HERE, "tab": TAB}
    return render(request, "desk/incidents/new.html", context, status=status)


def _page(
    request: HttpRequest, found: Incident, typed: tuple[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    verb, form = typed or ("", None)
    page = pages.get(found.page_kind, found.page_id)
    return render(request, "desk/incidents/one.html", {
        "incident": found, "page": page, "why_not_take_down": page.why_not(request.user) if page else "",
        "entries": reading.trail(found), "told": reading.leaders_told(found), "files": found.files.all(),
        "keeps": rules.keeps(request.user), "forms": _forms(request.user, found, page, verb, form), "verb": verb,
        "refusal": next(iter(form.non_field_errors()), "") if form else "", "here": HERE, "tab": TAB,
    }, status=status)  # fmt: skip


def _forms(
    user: User, found: Incident, page: pages.Page | None, verb: str, typed: forms.Form | None
) -> dict[str, forms.Form]:
    """The forms of what the person may do now; the one that was refused as it was typed."""
    if not rules.keeps(user):
        return {}
    offered = [move.verb for move in open_moves(found, user, rules.why_not)] + ["write", "tell_police"]
    if found.is_open:
        offered += ["close_posting"] + (["take_down"] if page and page.is_public else [])
    made = {
        one: ACTS[one][0](auto_id=f"{one}-%s", initial={"site": found.site_id})
        for one in ACTS
        if one in offered
    }
    return made | ({verb: typed} if typed and verb in made else {})


def _with(form: forms.Form, refusal: Refused) -> forms.Form:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return form
