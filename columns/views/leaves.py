"""外出与代理 (办法第十条): report an absence, name who acts, end it early. No password changes hands."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from columns import operations, queries, rules
from columns.forms.ledger import ActingForm, LeaveForm, ReasonForm, people_to_offer
from columns.models import Delegation, Leave
from portal.models import User
from portal.refusals import refused, unseen
from portal.workflow import Refused


@require_safe
@login_required
@never_cache
def leaves(request: HttpRequest) -> HttpResponse:
    """My absences, for whom I act, who acts for me; for heads and 总版主 those of their people too."""
    return _listed(request)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def report(request: HttpRequest) -> HttpResponse:
    form = LeaveForm(request.POST or None)

    def run(typed: dict) -> HttpResponse:
        leave = operations.report_leave(request.user, **typed, by=request.user)
        asked = f"，已请{leave.asked}指定代理" if leave.asked else ""
        messages.success(request, f"已报告外出，共 {leave.days} 天{asked}。")
        return redirect("desk:leaves")

    return _answer(request, form, run, "desk/leaves/report.html", about=request.user)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def name_acting(request: HttpRequest) -> HttpResponse:
    """指定代理; `?leave=` fills in whom and when."""
    if request.method == "GET" and not rules.may_name_anybody(request.user):
        raise PermissionDenied("代理由被代理人的部门负责人指定（办法第十条）")
    leave = _leave(request)
    initial = {
        "principal": leave.person.staff_number, "starts_on": leave.starts_on, "ends_on": leave.ends_on,
        "reason": leave.reason,
    } if leave else {}  # fmt: skip
    form = ActingForm(request.POST or None, initial=initial)

    def run(typed: dict) -> HttpResponse:
        delegation = operations.name_acting(
            **typed, by=request.user, leave=leave if leave and leave.person == typed["principal"] else None
        )
        messages.success(request, f"已指定：{delegation}。权限到时自动开始和结束。")
        return redirect("desk:leaves")

    extra = {"leave": leave, "people": people_to_offer(request.user)}
    return _answer(request, form, run, "desk/leaves/name.html", about=leave or request.user, **extra)


@require_POST
@login_required
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    leave = get_object_or_404(Leave, pk=pk)
    if request.user.pk != leave.person_id and not rules.is_head_of(request.user, leave.person):
        raise unseen(request, leave, "只有本人或部门负责人可以取消外出")
    return _ended(
        request, leave, "leave", lambda note: operations.call_off_leave(leave, by=request.user, reason=note)
    )


@require_POST
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """提前结束: works at once, in open sessions too."""
    found = get_object_or_404(Delegation.objects.select_related("principal", "acting"), pk=pk)
    if reason := rules.why_not_end(request.user, found):
        raise unseen(request, found, reason)
    return _ended(
        request,
        found,
        "delegation",
        lambda note: operations.end_delegation(found, by=request.user, reason=note),
    )


def _answer(request: HttpRequest, form: forms.Form, run, template: str, *, about, **extra) -> HttpResponse:
    """Show the form; when it is sent run the operation, whose refusal comes back at its field."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return run(form.cleaned_data)
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
                status = refused(request, refusal, about)
    return render(request, template, {"form": form, "here": "leaves", **extra}, status=status)


def _ended(request: HttpRequest, what: Leave | Delegation, kind: str, run) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _listed(request, refused_kind=kind, refused_pk=what.pk, form=form, status=422)
    try:
        run(form.cleaned_data["note"])
    except Refused as refusal:
        form.add_error("note", refusal.message)
        status = refused(request, refusal, what)
        return _listed(request, refused_kind=kind, refused_pk=what.pk, form=form, status=status)
    messages.success(request, f"已结束：{what}" if kind == "delegation" else f"已取消：{what}")
    return redirect("desk:leaves")


def _listed(request: HttpRequest, status: int = 200, **typed) -> HttpResponse:
    user: User = request.user
    context = {
        "here": "leaves", "mine": queries.leaves_of(user),
        "delegations": _with_end(user, queries.delegations_of(user)),
        "theirs": _with_end(user, queries.absences_seen_by(user)),
        "to_cover": queries.leaves_to_cover(user).select_related("person"),
        "may_name": rules.may_name_anybody(user), **typed,
    }  # fmt: skip
    return render(request, "desk/leaves/list.html", context, status=status)


def _with_end(user: User, rows: Iterable[Delegation]) -> list[Delegation]:
    """Each with `may_end`: whether the button is shown to `user`."""
    found = list(rows)
    for one in found:
        one.may_end = one.is_open and not rules.why_not_end(user, one)
    return found


def _leave(request: HttpRequest) -> Leave | None:
    wanted = request.GET.get("leave", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 10):
        return None
    leave = Leave.objects.select_related("person__department").filter(pk=wanted, called_off_at=None).first()
    return leave if leave and rules.may_name_for(request.user, leave.person) else None
