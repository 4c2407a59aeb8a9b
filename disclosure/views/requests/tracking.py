"""公开申请查询: whoever shows number and password, or asked while signed in, follows the request and acts on it.

Guessing is hopeless and slow: a wrong number takes as long as a wrong password, and tries are counted by address and by
number.
"""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disclosure.enums.requests import RequestState
from disclosure.forms.requests import CorrectForm, TrackForm, WithdrawForm
from disclosure.models import DisclosureRequest
from disclosure.operations import correcting
from disclosure.operations import requests as operations
from disclosure.queries import request_papers
from disclosure.queries import requests as queries
from disclosure.rules import requests as rules
from disclosure.views.requests.papers import docx
from disclosure.workflow.requests import REQUEST
from portal import addresses, limits, parameters, rates, receipts, uploads
from portal.posting import stays_open
from portal.workflow import Refused, TooLate

SHOWN = "requests_shown"
MOST_SHOWN, PAGE_SIZE, QUARTER = 5, 20, 15 * 60
WRONG = "申请编号或查询密码不对，请对照回执再填一次"
TOO_MANY = "查询次数太多，请过 15 分钟再试"


@stays_open
@require_http_methods(["GET", "POST"])
@never_cache
def track(request: HttpRequest) -> HttpResponse:
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if not _may_try(request, code):
            form.add_error(None, TOO_MANY)
            return _track(request, form, 429)
        found = DisclosureRequest.objects.select_related("site").filter(code=code).first()
        if receipts.is_password(found, code, form.cleaned_data["password"]):
            _remember(request, found)
            return _to(found)
        form.add_error(None, WRONG)
    return _track(request, form, 422 if request.method == "POST" else 200)


@require_safe
@never_cache
def tracked(request: HttpRequest, code: str) -> HttpResponse:
    return _tracked(request, own(request, code))


@require_POST
def correct(request: HttpRequest, code: str) -> HttpResponse:
    found, form = own(request, code), CorrectForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["files"] and (why_not := addresses.why_not_upload(request)):
        form.add_error("files", why_not)
    if not form.is_valid():
        return _tracked(request, found, correcting_form=form, status=422)
    try:
        correcting.correct(found, **form.cleaned_data, by=_signed_in(request))
    except (Refused, uploads.UploadRefused) as refusal:
        form.add_error("files" if isinstance(refusal, uploads.UploadRefused) else None, refusal.message)
        return _tracked(request, found, correcting_form=form, status=_status(refusal))
    messages.success(request, "补正已收到，答复时限重新起算的日期见下面的说明。")
    return _to(found)


@stays_open
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    found, form = own(request, code), WithdrawForm(request.POST)
    if not form.is_valid():
        return _tracked(request, found, withdrawing=form, status=422)
    try:
        operations.withdraw(found, note=form.cleaned_data["note"], by=_signed_in(request))
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _tracked(request, found, withdrawing=form, status=_status(refusal))
    messages.success(request, "申请已撤回。")
    return _to(found)


@require_safe
@never_cache
def paper(request: HttpRequest, code: str, kind: str, row: int) -> HttpResponse:
    found = own(request, code)
    if kind not in request_papers.FOR_APPLICANT:
        raise Http404
    return docx(request_papers.paper(found, kind, row))


def _track(request: HttpRequest, form: TrackForm, status: int) -> HttpResponse:
    context = {"form": form, "here": "track_request"}
    if request.user.is_authenticated:
        own = Paginator(queries.own(request.user), PAGE_SIZE)
        context["listing"] = own.get_page(request.GET.get("page"))
    return render(request, "public/requests/track.html", context, status=status)


def _tracked(
    request: HttpRequest, found: DisclosureRequest, *, correcting_form: forms.Form | None = None,
    withdrawing: forms.Form | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    found.refresh_from_db()
    clocks = queries.clocks_of(found)
    running = next((one for one in clocks if one.met_at is None), None)
    return render(request, "public/requests/tracked.html", {
        "asked": found, "office": rules.office_of(found), "news": found.news.order_by("-id"), "here": "track_request",
        "clocks": clocks, "limit": running, "time_left": limits.time_left(running) if running else "",
        "correction": correcting.open_correction(found) if found.state == RequestState.CORRECTING else None,
        "correcting_form": correcting_form or CorrectForm(), "fee": found.fees.filter(state="DUE").first(),
        "papers": request_papers.papers(found), "withdrawing": withdrawing or WithdrawForm(),
        "may_withdraw": found.state in REQUEST["withdraw"].sources, "files": found.files.select_related("file"),
    }, status=status)  # fmt: skip


def own(request: HttpRequest, code: str) -> DisclosureRequest:
    """The request, for whoever has shown its password in this session or made it while signed in; 404 for others."""
    rows = DisclosureRequest.objects.select_related("site__disclosure_office__department", "department")
    found = get_object_or_404(rows, code=code)
    is_applicant = request.user.is_authenticated and found.applicant_id == request.user.pk
    if not is_applicant and found.pk not in request.session.get(SHOWN, []):
        raise Http404
    return found


def _remember(request: HttpRequest, found: DisclosureRequest) -> None:
    known = [pk for pk in request.session.get(SHOWN, []) if pk != found.pk]
    request.session[SHOWN] = [*known, found.pk][-MOST_SHOWN:]


def _to(found: DisclosureRequest) -> HttpResponse:
    return redirect(found.site.url(f"disclosure/requests/track/{found.code}/"))


def _status(refusal: Exception) -> int:
    return 409 if isinstance(refusal, TooLate) else 422


def _may_try(request: HttpRequest, code: str) -> bool:
    most = parameters.value("track_tries")
    keys = (rates.by_address("track_request", request), f"track_request|{code}")
    counted = [most is None or rates.allow(key, most=most, seconds=QUARTER) for key in keys]
    return all(counted)


def _signed_in(request: HttpRequest):
    return request.user if request.user.is_authenticated else None
