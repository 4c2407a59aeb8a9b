"""政府网站工作年度报表 on the desk: the years, one form, its moves. Who may do what is as of the disclosure report."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.forms.website_reports import SheetForm
from assessment.operations import website_reports as operations
from assessment.queries import website_report as sheets
from disclosure.enums.reports import ReportKind, ReportState
from disclosure.forms.reports import ReturnForm, YearForm, version_of
from disclosure.models import AnnualReport
from disclosure.operations import reports as shared
from disclosure.queries import reports as queries
from disclosure.queries.trails import trail
from disclosure.rules import reports as rules
from portal import clock
from portal.refusals import refused, unseen
from portal.todos import PAGE_SIZE
from portal.workflow import NotAllowed, Refused, open_moves

HERE = "website_reports"
DONE = {
    "offer": "已提请签发", "take_back": "已收回，可以继续修改", "return_": "已退回编制人",
    "issue": "已签发，网站上已公布",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def reports(request: HttpRequest) -> HttpResponse:
    """The years; posting begins one."""
    if not rules.seen_sites(request.user):
        raise unseen(request, AnnualReport(), "您不办理网站工作年度报表")
    offices, form = rules.offices(request.user), YearForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        site = next((one.site for one in offices if str(one.site_id) == request.POST.get("site")), None)
        site = site or (offices[0].site if offices else None)
        if site is None:
            status = refused(request, NotAllowed("只有公开工作机构的人员可以编制报表"), AnnualReport())
        elif form.is_valid():
            try:
                return redirect(operations.begin(site, form.cleaned_data["year"], by=request.user))
            except Refused as refusal:
                form.add_error(refusal.field, refusal.message)
    rows = queries.of_sites(rules.seen_sites(request.user), ReportKind.WEBSITE)
    return render(request, "desk/website_reports/list.html", {
        "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")), "here": HERE, "form": form,
        "offices": offices, "last_year": clock.today().year - 1,
    }, status=status)  # fmt: skip


@require_safe
@login_required
@never_cache
def report(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find(request, pk))


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """填报."""
    found = find(request, pk)
    if reason := rules.why_not(request.user, "save", found):
        raise unseen(request, found, reason)
    if found.state != ReportState.DRAFT:
        if request.method == "GET":
            return redirect(found)
        return _page(request, found, f"报表现在是“{found.get_state_display()}”，不能修改", 409)
    form = SheetForm(request.POST) if request.method == "POST" else SheetForm.of(found)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                operations.enter(found, form.said, by=request.user, version=form.cleaned_data["version"])
                messages.success(request, "已保存填报内容")
                return redirect(found)
            except Refused as refusal:
                form.add_error(None, refusal.message)
                status = refused(request, refusal, found)
    return render(
        request,
        "desk/website_reports/fill.html",
        {"report": found, "form": form, "here": HERE},
        status=status,
    )


@require_POST
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """提请签发, 收回修改, 退回, 签发."""
    found, returning = find(request, pk), ReturnForm(request.POST)
    version = version_of(request.POST.get("version"))
    note = returning.cleaned_data["note"] if returning.is_valid() else ""
    moves = {
        "offer": lambda: operations.offer(found, by=request.user, version=version),
        "take_back": lambda: shared.take_back(found, by=request.user),
        "return_": lambda: shared.return_(found, by=request.user, note=note),
        "issue": lambda: operations.issue(found, by=request.user, version=version),
    }
    if verb not in moves:
        raise Http404
    try:
        moves[verb]()
    except Refused as refusal:
        status = refused(request, refusal, found)
        return _page(
            request, find(request, pk), refusal.message, status, returning if verb == "return_" else None
        )
    messages.success(request, DONE[verb])
    return redirect(found)


def find(request: HttpRequest, pk: int) -> AnnualReport:
    rows = AnnualReport.objects.filter(kind=ReportKind.WEBSITE).select_related(
        "site", "saved_by", "issued_by"
    )
    found = get_object_or_404(rows, pk=pk)
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "您不办理这个站点的年度报表")
    return found


def _page(
    request: HttpRequest, found: AnnualReport, refusal: str = "", status: int = 200, returning: ReturnForm | None = None
) -> HttpResponse:  # fmt: skip
    return render(request, "desk/website_reports/one.html", {
        "report": found, "sheet": sheets.sheet(found), "refusal": refusal, "here": HERE,
        "moves": {one.verb for one in open_moves(found, request.user, rules.why_not)},
        "returning": returning or ReturnForm(), "is_sound": rules.is_sound(found), "entries": trail(found),
        "due_on": rules.due_on(found.year), "is_over": found.year < clock.today().year,
    }, status=status)  # fmt: skip
