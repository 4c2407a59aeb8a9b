"""年度报告 on the desk: the years, one report with its checks, its moves, its files."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disclosure.enums.reports import ReportKind, ReportState
from disclosure.forms.reports import IssueForm, ReturnForm, YearForm, version_of
from disclosure.models import AnnualReport
from disclosure.operations import reports as operations
from disclosure.queries import report_views as views
from disclosure.queries import reports as queries
from disclosure.queries.report_papers import paper_of
from disclosure.queries.trails import trail
from disclosure.rules import reports as rules
from disclosure.views.reports.screen import grids, sections
from portal import clock
from portal.refusals import refused, unseen
from portal.todos import PAGE_SIZE
from portal.views.papers import answer
from portal.workflow import NotAllowed, Refused, open_moves

HERE = "annual_reports"
DONE = {
    "offer": "已提请签发", "take_back": "已收回，可以继续修改", "return_": "已退回编制人",
    "issue": "已签发，网站上已公布",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def reports(request: HttpRequest) -> HttpResponse:
    """The years; posting begins one."""
    offices = rules.offices(request.user)
    if not rules.seen_sites(request.user):
        raise unseen(request, AnnualReport(), "您不办理年度报告")
    status = 200
    form = YearForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not offices:
            return refused_page(request, form, "只有公开工作机构的人员可以编制年度报告")
        site = next(
            (one.site for one in offices if str(one.site_id) == request.POST.get("site")), offices[0].site
        )
        if form.is_valid():
            try:
                return redirect(operations.begin(site, form.cleaned_data["year"], by=request.user))
            except Refused as refusal:
                form.add_error(refusal.field, refusal.message)
        status = 422
    return _list(request, form, status)


def refused_page(request: HttpRequest, form: YearForm, message: str) -> HttpResponse:
    return _list(request, form, refused(request, NotAllowed(message), AnnualReport()))


def _list(request: HttpRequest, form: YearForm, status: int) -> HttpResponse:
    rows = queries.of_sites(rules.seen_sites(request.user))
    return render(request, "desk/annual/list.html", {
        "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")), "here": HERE, "form": form,
        "offices": rules.offices(request.user), "last_year": clock.today().year - 1,
    }, status=status)  # fmt: skip


@require_safe
@login_required
@never_cache
def report(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, find(request, pk))


@require_POST
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """提请签发, 收回修改, 退回, 签发."""
    found = find(request, pk)
    if verb not in DONE:
        raise Http404
    issuing, returning = IssueForm(request.POST), ReturnForm(request.POST)
    try:
        _move(found, verb, request, issuing, returning)()
    except Refused as refusal:
        found, fields = find(request, pk), {"reason": issuing, "note": returning}
        status = refused(request, refusal, found)
        if refusal.field in fields:
            form = fields[refusal.field]
            form.is_valid()
            form.add_error(refusal.field, refusal.message) if not form.errors else None
        return page(
            request, found, "" if refusal.field in fields else refusal.message, status, issuing, returning
        )
    messages.success(request, DONE[verb])
    return redirect(found)


def _move(
    found: AnnualReport, verb: str, request: HttpRequest, issuing: IssueForm, returning: ReturnForm
) -> Callable[[], AnnualReport]:
    version = version_of(request.POST.get("version"))
    note = returning.cleaned_data["note"] if verb == "return_" and returning.is_valid() else ""
    reason = issuing.cleaned_data["reason"] if verb == "issue" and issuing.is_valid() else ""
    return {
        "offer": lambda: operations.offer(found, by=request.user, version=version),
        "take_back": lambda: operations.take_back(found, by=request.user),
        "return_": lambda: operations.return_(found, by=request.user, note=note),
        "issue": lambda: operations.issue(found, by=request.user, version=version, reason=reason),
    }[verb]  # fmt: skip


@require_safe
@login_required
@never_cache
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The report as .docx or .xlsx, a draft too."""
    return answer(paper_of(views.shown(find(request, pk))), form)


def find(request: HttpRequest, pk: int) -> AnnualReport:
    """For the office, whoever signs and whoever looks on; for others it is not there."""
    rows = AnnualReport.objects.filter(kind=ReportKind.DISCLOSURE).select_related(
        "site", "saved_by", "issued_by"
    )
    found = get_object_or_404(rows, pk=pk)
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "您不办理这个站点的年度报告")
    return found


def page(
    request: HttpRequest, found: AnnualReport, refusal: str = "", status: int = 200,
    issuing: IssueForm | None = None, returning: ReturnForm | None = None,
) -> HttpResponse:  # fmt: skip
    shown, is_issued = views.shown(found), found.state == ReportState.ISSUED
    blank = issuing is None or found.state != ReportState.OFFERED
    return render(request, "desk/annual/one.html", {
        "report": found, "shown": shown, "sections": sections(shown), "refusal": refusal, "here": HERE,
        "moves": {one.verb for one in open_moves(found, request.user, rules.why_not)},
        "why_not_issue": rules.why_not(request.user, "issue", found) if rules.signs(request.user, found.site_id) else "",
        "issuing": IssueForm(initial={"version": found.version}) if blank else issuing,
        "returning": returning if returning is not None and returning.errors else ReturnForm(),
        "is_sound": rules.is_sound(found), "changes": views.changes_since(found) if is_issued else [],
        "due_on": rules.due_on(found.year), "is_late": not is_issued and clock.today() > rules.due_on(found.year),
        "is_over": found.year < clock.today().year, "entries": trail(found), **grids(shown),
    }, status=status)  # fmt: skip
