"""The parts of a report that people write, and the figures they enter; the cases behind a number."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from disclosure.enums.reports import ReportState
from disclosure.forms.reports import FiguresForm, PartForm
from disclosure.models import AnnualReport
from disclosure.operations import reports as operations
from disclosure.queries import report_views as views
from disclosure.queries import reports as queries
from disclosure.rules import reports as rules
from disclosure.rules.annual_form import PARTS, PROACTIVE_COLUMNS, PROACTIVE_ROWS
from disclosure.views.reports.desk import HERE, find, page
from disclosure.views.reports.screen import read_cell
from portal.refusals import refused, unseen
from portal.todos import PAGE_SIZE
from portal.workflow import Refused

CLOSED = "报告现在是“{}”，不能修改"


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def part(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """One part; the proposal from the numbers stands beside it."""
    if part not in PARTS:
        raise Http404
    found = _mine(request, pk)
    if found.state != ReportState.DRAFT:
        return _closed(request, found)
    if request.method == "GET":
        text = found.texts.get(part, "")
        if "adopt" in request.GET:  # put after what is there; nothing is saved by it
            text = "\n".join(one for one in (text, views.shown(found).proposals.get(part, "")) if one)
        return _part(request, found, part, PartForm(initial={"text": text, "version": found.version}))
    form = PartForm(request.POST)
    if not form.is_valid():
        return _part(request, found, part, form, 422)
    try:
        said = form.cleaned_data
        operations.say(found, part, said["text"], by=request.user, version=said["version"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _part(request, find(request, pk), part, form, refused(request, refusal, found))
    messages.success(request, f"已保存：{PARTS[part]}")
    return redirect(f"{found.get_absolute_url()}#{part}")


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """填报表二: what the records do not know."""
    found = _mine(request, pk)
    if found.state != ReportState.DRAFT:
        return _closed(request, found)
    if request.method == "GET":
        return _figures(request, found, FiguresForm.of(found))
    form = FiguresForm(request.POST)
    if not form.is_valid():
        return _figures(request, found, form, 422)
    try:
        operations.enter(found, form.figures, by=request.user, version=form.cleaned_data["version"])
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _figures(request, found, form, refused(request, refusal, found))
    messages.success(request, "已保存填报数")
    return redirect(f"{found.get_absolute_url()}#proactive")


@require_safe
@login_required
@never_cache
def cases(request: HttpRequest, pk: int) -> HttpResponse:
    """The cases that one number counts: `?cell=3.received.CITIZEN`; all that was received where no cell is named."""
    found = find(request, pk)
    cell = read_cell(request.GET.get("cell", "3.received.total"))
    if cell is None:
        raise Http404
    table, row, column = cell
    rows = queries.cases_of(found, table, row, column)
    return render(request, "desk/annual/cases.html", {
        "report": found, "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")), "here": HERE,
        "table": table, "label": _label(found, table, row, column),
        "reads": rules.keeps(request.user, found.site_id),
    })  # fmt: skip


def _label(found: AnnualReport, table: int, row: str, column: str) -> str:
    if table == 2:
        return f"{PROACTIVE_ROWS[row][0]} · {PROACTIVE_COLUMNS[column]}"
    tables = views.shown(found).tables
    one = tables.requests if table == 3 else tables.proceedings
    return f"{one.row(row).label} · {one.columns[one.keys.index(column)]}"


def _mine(request: HttpRequest, pk: int) -> AnnualReport:
    """A report that `user` puts together."""
    found = find(request, pk)
    if reason := rules.why_not(request.user, "save", found):
        raise unseen(request, found, reason)
    return found


def _closed(request: HttpRequest, found: AnnualReport) -> HttpResponse:
    if request.method == "GET":
        return redirect(found)
    return page(request, found, CLOSED.format(found.get_state_display()), 409)


def _part(request: HttpRequest, found: AnnualReport, key: str, form: Form, status: int = 200) -> HttpResponse:
    return render(request, "desk/annual/part.html", {
        "report": found, "form": form, "title": PARTS[key], "here": HERE,
        "proposal": views.shown(found).proposals.get(key, ""),
    }, status=status)  # fmt: skip


def _figures(request: HttpRequest, found: AnnualReport, form: Form, status: int = 200) -> HttpResponse:
    return render(
        request, "desk/annual/figures.html", {"report": found, "form": form, "here": HERE}, status=status
    )
