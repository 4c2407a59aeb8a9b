"""违规记录 on the desk: a year's list, one record, a new one, striking out, the workbook."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.forms.rectifications import units
from assessment.forms.violations import RecordForm, StrikeForm, YearForm
from assessment.models import Violation
from assessment.operations import violations as operations
from assessment.queries import trails
from assessment.queries import violations as queries
from assessment.rules import oversight
from assessment.rules import violations as rules
from assessment.views.inspections.plan import HERE, sent
from assessment.workbook import violations as workbook
from portal import addresses, clock
from portal.enums import FileKind
from portal.refusals import refused, unseen
from portal.workflow import Refused
from publishing.views.files import SHOWN_IN_BROWSER, send

PAGE_SIZE, TAB = 20, "violations"


@require_safe
@login_required
@never_cache
def violations(request: HttpRequest) -> HttpResponse:
    rows, (year, unit) = queries.visible_to(request.user), YearForm(request.GET).asked
    found = queries.of_year(rows, year, unit)
    listing = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    oversees = oversight.oversees(request.user)
    return render(request, "desk/violations/list.html", {
        "listing": listing, "year": year, "years": queries.years(rows, clock.today().year), "unit": unit,
        "units": units() if oversees else [], "by_unit": queries.by_unit(found), "tab": TAB, "here": HERE,
        "oversees": oversees, "assesses": oversight.assesses(request.user),
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """What the person may see of a year, as a workbook."""
    year, unit = YearForm(request.GET).asked
    return workbook.write(year, queries.of_year(queries.visible_to(request.user), year, unit))


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    if not oversight.assesses(request.user):
        raise unseen(request, request.user, oversight.NO_POWER)
    form, status = RecordForm(sent(request), request.FILES or None, initial={"on": clock.today()}), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                if request.FILES and (against := addresses.why_not_upload(request)):
                    raise Refused(against, "files")
                made = operations.record(form.record, by=request.user)
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
                status = refused(request, refusal, form.cleaned_data["unit"])
            else:
                messages.success(request, f"已记录：{made}。")
                return redirect(made)
    return render(request, "desk/violations/new.html", {"form": form, "here": HERE}, status=status)


@require_safe
@login_required
@never_cache
def violation(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk), StrikeForm())


@require_POST
@login_required
@never_cache
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _find(request, pk), StrikeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, 422)
    try:
        operations.strike(found, by=request.user, note=form.cleaned_data["note"])
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, _find(request, pk), form, refused(request, refusal, found))
    messages.success(request, "已撤销，不再计入年度考核。")
    return redirect(found)


@require_safe
@login_required
def attachment(request: HttpRequest, pk: int, file: UUID) -> HttpResponse:
    stored = get_object_or_404(_find(request, pk).files, pk=file)
    is_shown = stored.kind == FileKind.PICTURE or stored.content_type in SHOWN_IN_BROWSER
    return send(
        request, stored.file.name, etag=stored.sha256, content_type=stored.content_type, filename=stored.name,
        as_attachment=not is_shown,
    )  # fmt: skip


def _find(request: HttpRequest, pk: int) -> Violation:
    rows = Violation.objects.select_related("unit", "recorded_by", "rectification")
    found = get_object_or_404(rows, pk=pk)
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "不能查看和办理这条违规记录")
    return found


def _page(request: HttpRequest, found: Violation, form: StrikeForm, status: int = 200) -> HttpResponse:
    may_strike = found.workflow.from_state(found.state) and not rules.why_not(request.user, "strike", found)
    return render(request, "desk/violations/one.html", {
        "violation": found, "form": form, "may_strike": may_strike, "files": found.files.all(), "here": HERE,
        "entries": trails.of(found),
    }, status=status)  # fmt: skip
