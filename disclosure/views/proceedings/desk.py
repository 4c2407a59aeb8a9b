"""复议诉讼: the register with its workbook; entered, corrected and removed by the disclosure office."""

from collections.abc import Iterable, Iterator

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disclosure.enums.decisions import ProceedingKind, ProceedingResult
from disclosure.enums.requests import Party
from disclosure.forms.proceedings import ProceedingForm, RemoveForm
from disclosure.models import DisclosureRequest, Proceeding
from disclosure.operations import proceedings as operations
from disclosure.queries import proceedings as queries
from disclosure.queries.decisions import years
from disclosure.queries.request_board import Scope
from disclosure.queries.requests import WITH_OFFICE
from disclosure.rules import requests as rules
from disclosure.views.decisions import finding
from portal import addresses
from portal.refusals import unseen
from portal.spreadsheets import workbook
from portal.workflow import NotAllowed, Refused

PAGE_SIZE = 20
HEADINGS = ("申请编号", "所需信息名称", "类别", "受理机关", "案号", "受理日期", "结果", "审结日期", "说明")
WIDTHS = (18, 44, 30, 24, 24, 14, 14, 14, 40)
TYPED = ("version", "kind", "organ", "number", "filed_on", "result", "closed_on", "note")


@require_safe
@login_required
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    scope = Scope.of(request.user)
    if not scope.sites:
        raise Http404
    asked = queries.Asked.read(request.GET, scope.sites)
    rows = queries.register(scope, asked)
    if request.GET.get("format") == "xlsx":
        title = f"{asked.site.name}政府信息公开复议诉讼登记"
        return workbook(title, HEADINGS, _lines(rows.iterator(chunk_size=500)), WIDTHS)
    return render(request, "desk/proceedings/register.html", {
        "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")), "asked": asked,
        "sites": scope.sites, "years": years(), "kinds": ProceedingKind.choices,
        "results": ProceedingResult.choices, "here": "decisions_register",
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """登记 for one request."""
    asked = _request(request, pk)
    form = ProceedingForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _form(request, asked, form)
    status = _run(request, form, asked, lambda: operations.record(
        asked, form.facts, by=request.user, file=form.cleaned_data["file"]
    ))  # fmt: skip
    if status:
        return _form(request, asked, form, status=status)
    messages.success(request, "已登记。")
    return redirect("desk:decision_draft", asked.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def proceeding(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; corrected, or its result entered, by the office."""
    found = _proceeding(request, pk)
    if request.method == "POST":
        _require_office(request, found.request)
    initial = {name: getattr(found, name) for name in TYPED}
    form = ProceedingForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method != "POST":
        return _form(request, found.request, form, found)
    status = _run(request, form, found, lambda: operations.change(
        found, form.facts, version=form.cleaned_data["version"] or 0, by=request.user, file=form.cleaned_data["file"]
    ))  # fmt: skip
    if status:
        return _form(request, found.request, form, found, status=status)
    messages.success(request, "已保存。")
    return redirect(found.get_absolute_url())


@require_POST
@login_required
@never_cache
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    found, removing = _proceeding(request, pk), RemoveForm(request.POST)
    _require_office(request, found.request)
    status = _run(request, removing, found, lambda: operations.remove(
        found, note=removing.cleaned_data["note"], by=request.user
    ))  # fmt: skip
    if status:
        form = ProceedingForm(initial={name: getattr(found, name) for name in TYPED})
        return _form(request, found.request, form, found, removing, status)
    messages.success(request, "已删除。")
    return redirect("desk:proceedings")


@require_safe
@login_required
@never_cache
def paper(request: HttpRequest, pk: int) -> FileResponse:
    """决定书、判决书: names the applicant."""
    found = _proceeding(request, pk)
    if found.file is None:
        raise Http404
    finding.checked(request, found.request)
    return finding.sent(found.file)


def _lines(rows: Iterable[Proceeding]) -> Iterator[tuple]:
    for one in rows:
        yield (
            one.request.code, one.request.title, one.get_kind_display(), one.organ, one.number, one.filed_on,
            one.get_result_display(), one.closed_on, one.note,
        )  # fmt: skip


def _run(request: HttpRequest, form: forms.Form, about, act) -> int:
    if form.is_valid() and request.FILES and (why_not := addresses.why_not_upload(request)):
        form.add_error("file", why_not)
    if not form.is_valid():
        return 422
    try:
        act()
    except Refused as refusal:
        return finding.told(request, refusal, form, about)
    return 0


def _form(
    request: HttpRequest, asked: DisclosureRequest, form: forms.Form, found: Proceeding | None = None,
    removing: forms.Form | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    return render(request, "desk/proceedings/form.html", {
        "asked": asked, "form": form, "proceeding": found, "removing": removing or RemoveForm(),
        "may_record": rules.seat(request.user, Party.OFFICE, asked) is not None,
        "may_look": rules.may_look(request.user, asked), "here": "decisions_register",
        "refusal": next(iter([*form.non_field_errors(), *(removing.non_field_errors() if removing else ())]), ""),
    }, status=status)  # fmt: skip


def _request(request: HttpRequest, pk: int) -> DisclosureRequest:
    """Whoever follows it knows of it; only the office enters anything."""
    found = get_object_or_404(DisclosureRequest.objects.select_related(*WITH_OFFICE), pk=pk)
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "不能登记这件申请的复议诉讼")
    _require_office(request, found)
    return found


def _require_office(request: HttpRequest, about: DisclosureRequest) -> None:
    if rules.seat(request.user, Party.OFFICE, about) is None:
        finding.refuse(request, NotAllowed("只有公开工作机构可以登记复议诉讼"), about)


def _proceeding(request: HttpRequest, pk: int) -> Proceeding:
    rows = Proceeding.objects.select_related("file", *(f"request__{one}" for one in WITH_OFFICE))
    found = get_object_or_404(rows, pk=pk)
    if not rules.may_see(request.user, found.request):
        raise unseen(request, found, "不能查看这条复议诉讼")
    return found
