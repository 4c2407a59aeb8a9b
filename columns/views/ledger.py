"""权限管理档案 (石家庄第九条): the ledger, one grant's life, and asking for a grant."""

from typing import NoReturn

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from columns import operations, queries, rules
from columns.acts import ACTS
from columns.enums import AppointmentState
from columns.forms.ledger import LedgerFilter, ProposalForm, ReasonForm, people_to_offer
from columns.models import Appointment
from portal import clock
from portal.models import User
from portal.refusals import refused, unseen
from portal.spreadsheets import workbook
from portal.transitions import Transition
from portal.workflow import NotAllowed, Refused, open_moves

PAGE_SIZE = 30
WITH_ALL = "user__department", "role", "site", "column", "proposed_by", "consented_by", "granted_by"
HEADINGS = ["工号", "姓名", "部门", "角色", "权限", "站点", "栏目", "状态", "事由"]
HEADINGS += ["提出人", "提出时间", "同意人", "同意时间", "授权人", "授权日期", "期限至", "终止日期"]


@require_safe
@login_required
@never_cache
def ledger(request: HttpRequest) -> HttpResponse:
    """The whole ledger, newest first; everybody else is led to their own sheet."""
    if not rules.may_see_ledger(request.user):
        return redirect("desk:person_sheet", request.user.staff_number)
    form = LedgerFilter(request.GET)
    rows = form.rows().select_related(*WITH_ALL).order_by("-pk")
    if request.GET.get("format") == "xlsx":
        return workbook("权限管理档案", HEADINGS, (_row(row) for row in rows.iterator(chunk_size=500)))
    listing = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    may_propose = rules.proposable_sites(request.user).exists()
    return render(request, "desk/ledger/list.html", {
        "listing": listing, "form": form, "may_propose": may_propose, "here": "ledger",
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def appointment(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _row_for(request, pk))


@require_POST
@login_required
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A button was pressed; a refusal comes back to the page with what was typed."""
    if verb not in ACTS:
        raise Http404
    row = _row_for(request, pk)
    move = row.workflow[verb]
    form = ReasonForm(request.POST, required=move.needs_note)
    if not form.is_valid():
        return _shown(request, row, verb, form, status=422)
    operation, done = ACTS[verb]
    try:
        operation(row, by=request.user, note=form.cleaned_data["note"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _shown(request, _row_for(request, pk), verb, form, status=refused(request, refusal, row))
    messages.success(request, done.format(row))
    return redirect(row)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def propose(request: HttpRequest) -> HttpResponse:
    """析权; `?replaces=` asks for a change of a grant (调整)."""
    sites = rules.proposable_sites(request.user)
    if not sites.exists():
        _turn_away(request, "授权由网管、总版主或部门负责人提出")
    replaces = _replaced(request)
    initial = ProposalForm.of(replaces) if replaces else {"person": request.GET.get("person", "")}
    form = ProposalForm(request.POST or None, initial=initial, sites=sites)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            about = replaces or form.cleaned_data["person"]
            try:
                row = _propose(form, request, replaces)
            except Refused as refusal:
                place = {"user": "person", "column": "place"}.get(refusal.field or "", refusal.field)
                form.add_error(place if place in form.fields else None, refusal.message)
                status = refused(request, refusal, about)
            else:
                messages.success(request, f"已提出：{row}。请总版主同意。")
                return redirect(row)
    context = {"form": form, "replaces": replaces, "people": people_to_offer(request.user), "here": "ledger"}
    return render(request, "desk/ledger/propose.html", context, status=status)


def _propose(form: ProposalForm, request: HttpRequest, replaces: Appointment | None) -> Appointment:
    typed = form.cleaned_data
    site, column = typed["place"]
    return operations.propose(
        typed["person"], typed["role"], site, column=column, ends_on=typed["ends_on"],
        reason=typed["reason"], replaces=replaces, by=request.user,
    )  # fmt: skip


def _turn_away(request: HttpRequest, reason: str) -> NoReturn:
    if request.method == "POST":
        refused(request, NotAllowed(reason), request.user)
    raise PermissionDenied(reason)


def _replaced(request: HttpRequest) -> Appointment | None:
    wanted = request.GET.get("replaces", "")
    return (
        _row_for(request, int(wanted)) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else None
    )


def _row_for(request: HttpRequest, pk: int) -> Appointment:
    """The grant, for whoever looks into the ledger, whom it concerns, who proposed it, and the person's head."""
    row = get_object_or_404(
        Appointment.objects.select_related(*WITH_ALL, "replaces", "user__department__head"), pk=pk
    )
    user = request.user
    if (
        user.pk in {row.user_id, row.proposed_by_id}
        or rules.may_see_ledger(user)
        or rules.is_head_of(user, row.user)
    ):
        return row
    raise unseen(request, row, "不能查看和办理这项授权")


def _shown(
    request: HttpRequest, row: Appointment, verb: str = "", form: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    moves = open_moves(row, request.user, rules.why_not)
    following = list(row.replaced_by.select_related("user", "role", "site", "column"))
    context = {
        "row": row, "now": clock.now(), "moves": moves, "awaited": _awaited(row, moves),
        "must_say": "、".join(move.label for move in moves if move.needs_note),
        "entries": queries.life_of(row), "pressed": verb, "form": form, "here": "ledger",
        "tenures": row.tenures.all(), "conflict": _conflict(row), "following": following,
        "may_adjust": _may_adjust(request.user, row, following),
    }  # fmt: skip
    return render(request, "desk/ledger/appointment.html", context, status=status)


def _may_adjust(user: User, row: Appointment, following: list[Appointment]) -> bool:
    """提出调整 is offered where the grant is live and no other change of it is on its way."""
    if row.state != AppointmentState.IN_FORCE or row.user_id == user.pk:
        return False
    return all(later.is_over for later in following) and rules.may_propose(user, row.user, row.site)


def _awaited(row: Appointment, moves: list[Transition]) -> str:
    """Whose turn it is, told to whoever's turn it is not."""
    verbs = {move.verb for move in moves}
    if row.state == AppointmentState.PROPOSED and "consent" not in verbs:
        return "等待总版主同意，同意后由网管办理授权（办法第十条）"
    if row.state == AppointmentState.CONSENTED and "execute" not in verbs:
        return "总版主已同意，等待网管办理授权；同意的人不能同时授权"
    return ""


def _conflict(row: Appointment) -> str:
    """What would stand against granting, told before the button is pressed."""
    return "" if row.is_over else rules.check_bundle(row.user, row.role, instead_of=row.replaces)


def _row(row: Appointment) -> list:
    return [
        row.user.staff_number, row.user.name, row.user.department, row.role, row.role.labels, row.site,
        row.column or "整个站点", row.get_state_display(), row.reason, row.proposed_by, row.proposed_at,
        row.consented_by, row.consented_at, row.granted_by, row.granted_on, row.ends_on, row.ended_on,
    ]  # fmt: skip
