"""工作交接 under the desk: who left, what they had open, who takes it over; and 离岗或调动 recorded by 网管."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import open_work as work
from portal import operations
from portal.departures import reading, rules
from portal.forms.departures import HandOverForm, NoteForm, PlanForm
from portal.models import Departure, User
from portal.open_work import Handed
from portal.refusals import refused
from portal.workflow import NotAllowed, Refused

SAID = 5
MISSING = {"close": "请写明剩下的工作怎样安排", "call_off": "请写明取消的事由"}


@require_safe
@login_required
@never_cache
def handovers(request: HttpRequest) -> HttpResponse:
    """待交接, 计划中, 已结束: of the departments one leads; all of them for 网管 and 审计管理员."""
    kind = request.GET.get("kind") or "handovers"
    if not rules.may_list(request.user) or kind not in reading.HEAPS:
        raise Http404
    counts = reading.counts(request.user)
    return render(request, "desk/handovers/list.html", {
        "kind": kind, "listing": reading.heap(request.user, kind, request.GET.get("page")),
        "tabs": [(key, label, counts[key]) for key, (label, _) in reading.HEAPS.items()],
        "here": "handovers",
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _found(request, pk))


@require_POST
@login_required
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The ticked lines, or all, go to a successor; what could not go stays, and the page says why."""
    found = _found(request, pk)
    groups = reading.groups(found, request.user)
    form = HandOverForm(request.POST, candidates=reading.candidates(groups, found))
    if not rules.may_act(request.user, found):
        raise _refusal(request, rules.HEAD_OR_CENTRE, found)
    if not form.is_valid():
        return _shown(request, found, {"form": form}, status=422)
    typed = form.cleaned_data
    try:
        handed = operations.handovers.hand_over(
            found, typed["successor"], by=request.user, chosen=typed["chosen"]
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _shown(request, _found(request, pk), {"form": form}, refused(request, refusal, found))
    if not handed.done:
        form.add_error(None, _why_none(handed))
        return _shown(request, _found(request, pk), {"form": form}, status=422)
    messages.success(request, f"已移交给{typed['successor']}：{len(handed.done)} 件")
    for title, reason in handed.refused[:SAID]:
        messages.warning(request, f"没有移交“{title}”：{reason}")
    if len(handed.refused) > SAID:
        messages.warning(request, f"没有移交的共 {len(handed.refused)} 件，都还列在下面")
    return redirect("desk:handover", pk)


@require_POST
@login_required
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """结束交接, with a note about what is left."""
    return _noted(request, pk, "close", operations.handovers.close, rules.may_act, "交接已结束：{}")


@require_POST
@login_required
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """取消 what is planned."""
    return _noted(request, pk, "call_off", operations.departure_plans.call_off, _may_call_off, "已取消：{}")


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def plan(request: HttpRequest, staff_number: str) -> HttpResponse:
    """离岗或调动, by 网管: what will be lost and what is open stand beside the form."""
    if not rules.keeps(request.user):
        raise Http404
    person = get_object_or_404(User.objects.select_related("department"), staff_number=staff_number)
    if against := rules.why_not_plan(request.user, person):
        raise PermissionDenied(against)
    form, status = PlanForm(request.POST or None, person=person), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = {name: value for name, value in form.cleaned_data.items() if name != "is_checked"}
            try:
                row = operations.departure_plans.plan(person, by=request.user, **typed)
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
                status = refused(request, refusal, person)
            else:
                done = "已登记，到时自动办理" if row.is_planned else "已办理，权限即刻终止"
                messages.success(request, f"{row}：{done}。")
                return redirect("desk:handover", row.pk)
    context = {"person": person, "form": form, "here": "handovers", **_at_stake(person)}
    return render(request, "desk/handovers/plan.html", context, status=status)


def _at_stake(person: User) -> dict[str, Any]:
    """The grants that end when the person leaves the office, how much of each kind is open, and a plan there is."""
    would_be = reading.would_be(person)
    known = Departure.objects.planned().filter(person=person).select_related("to_department").first()
    lost = work.losses([would_be]).get(person.pk, [])
    return {"lost": lost, "open": work.counts(would_be), "known": known}


def _may_call_off(user: User, departure: Departure) -> bool:
    return rules.keeps(user) and user.pk != departure.person_id


def _noted(
    request: HttpRequest,
    pk: int,
    verb: str,
    operation: Callable,
    may: Callable[[User, Departure], bool],
    done: str,
) -> HttpResponse:
    found = _found(request, pk)
    if not may(request.user, found):
        raise _refusal(request, rules.HEAD_OR_CENTRE if verb == "close" else rules.CENTRE_ONLY, found)
    form = NoteForm(request.POST, missing=MISSING[verb])
    if not form.is_valid():
        return _shown(request, found, {f"{verb}_form": form}, status=422)
    try:
        row = operation(found, by=request.user, note=form.cleaned_data["note"])
    except Refused as refusal:
        form.add_error("note", refusal.message)
        status = refused(request, refusal, found)
        return _shown(request, _found(request, pk), {f"{verb}_form": form}, status)
    messages.success(request, done.format(row))
    return redirect("desk:handover", pk)


def _refusal(request: HttpRequest, reason: str, about: Departure) -> PermissionDenied:
    """审计管理员 looks on: an attempt to change something is put on record."""
    refused(request, NotAllowed(reason), about)
    return PermissionDenied(reason)


def _why_none(handed: Handed) -> str:
    if not handed.refused:
        return "勾选的工作刚刚已经办结或移交，请看现在的清单"
    first = "；".join(f"“{title}”{reason}" for title, reason in handed.refused[:SAID])
    return f"没有移交：{first}"


def _found(request: HttpRequest, pk: int) -> Departure:
    rows = Departure.objects.select_related(*reading.WITH_ALL, "from_department__head")
    found = get_object_or_404(rows, pk=pk)
    if not rules.may_see(request.user, found):
        raise Http404
    return found


def _shown(
    request: HttpRequest, found: Departure, typed: dict[str, forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    groups = reading.groups(found, request.user) if found.is_open else []
    candidates = reading.candidates(groups, found)
    form = (typed or {}).get("form") or HandOverForm(candidates=candidates)
    context = {
        "departure": found, "groups": groups, "number": sum(group.number for group in groups), "form": form,
        "may_act": found.is_open and rules.may_act(request.user, found),
        "may_call_off": found.is_planned and _may_call_off(request.user, found),
        "candidates": candidates, "ticked": form.lines, "entries": reading.trail(found), "here": "handovers",
    }  # fmt: skip
    return render(request, "desk/handovers/one.html", context | (typed or {}), status=status)
