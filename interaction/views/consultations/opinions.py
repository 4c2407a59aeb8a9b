"""Opinions on the desk: the list, one of them, the buttons that show, hold, decide and merge, the export."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from interaction.enums.consultations import OpinionState
from interaction.forms.opinions import DecideForm, LookOverForm, MergeForm, OpinionFilter
from interaction.models import Activity, Opinion
from interaction.operations import opinion_decisions as decisions
from interaction.operations import opinions as operations
from interaction.queries import opinions as queries
from interaction.rules import consultations as consultation_rules
from interaction.rules import opinions as rules
from interaction.views.consultations.desk import consultation_of
from interaction.workbook import opinions as workbook
from portal.masking import masked
from portal.models import AuditEntry, User
from portal.refusals import refused, unseen
from portal.workflow import NotAllowed, Refused

PAGE_SIZE = 20
WITH_ALL = ("clause", "author__department", "merged_into", "looked_over_by", "decided_by")
Run = Callable[[Opinion, User, dict[str, Any]], Opinion]


@dataclass(frozen=True)
class Act:
    """`form`: which form of the page is sent along; `following(user, activity)`: what is opened afterwards, where it
    goes on to the next one; `last`: the page when there is no next one.
    """

    form: str
    run: Run
    done: str
    following: Callable[[User, Activity], Opinion | None] | None = None
    last: str = ""


ACTS = {
    "show": Act(
        "looking",
        lambda one, user, typed: operations.show(
            one, typed["public_text"], by=user, version=typed["version"]
        ),
        "已公开{}",
        queries.next_to_look_over,
        "desk:opinions",
    ),
    "hold": Act(
        "looking",
        lambda one, user, typed: operations.hold(one, note=typed["note"], by=user, version=typed["version"]),
        "{}不公开，理由已记下",
        queries.next_to_look_over,
        "desk:opinions",
    ),
    "decide": Act(
        "deciding",
        lambda one, user, typed: decisions.decide(
            one, typed["outcome"], reason=typed["reason"], by=user, version=typed["version"]
        ),
        "已处理{}",
        queries.next_to_decide,
        "desk:consultation_feedback",
    ),
    "merge": Act(
        "merging",
        lambda one, user, typed: decisions.merge(one, typed["others"], by=user, version=typed["version"]),
        "已并入{}，随它一并处理",
    ),
    "part": Act("", lambda one, user, typed: decisions.part(one, by=user), "{}不再并入别的意见"),
}


@require_safe
@login_required
@never_cache
def opinions(request: HttpRequest, pk: int) -> HttpResponse:
    """All opinions, whole, newest first; the ones that are not shown too."""
    activity = _activity(request, pk)
    form = OpinionFilter(request.GET, consultation=activity.consultation)
    rows = form.narrow(queries.of(activity).order_by("-number"))
    return render(request, "desk/consultations/opinions.html", {
        "activity": activity, "form": form, "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_narrowed": any(form.cleaned_data.values()), "here": "activities",
        "undecided": consultation_rules.undecided(activity),
        "may_see_contact": rules.may_see_contact(request.user, activity),
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def opinion(request: HttpRequest, pk: int, opinion: int) -> HttpResponse:
    activity = _activity(request, pk)
    return _page(request, activity, _opinion(activity, opinion))


@require_POST
@login_required
@never_cache
def act(request: HttpRequest, pk: int, opinion: int, verb: str) -> HttpResponse:
    """A button was pressed; a refusal comes back to the page with what was typed."""
    if verb not in ACTS:
        raise Http404
    activity = _activity(request, pk)
    found, button = _opinion(activity, opinion), ACTS[verb]
    form = _forms(found, request.POST)[button.form] if button.form else forms.Form(request.POST)
    try:
        if lacking := rules.lacks_power(request.user, verb, activity):
            raise NotAllowed(lacking)
        if not form.is_valid():
            return _page(request, activity, found, {button.form: form}, status=422)
        button.run(found, request.user, form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        status = refused(request, refusal, found)
        return _page(request, activity, _opinion(activity, opinion), {button.form: form}, status=status)
    messages.success(request, button.done.format(found))
    if button.following is None:
        return redirect("desk:opinion", pk, opinion)
    following = button.following(request.user, activity)
    return redirect("desk:opinion", pk, following.pk) if following else redirect(button.last, pk)


@require_POST
@login_required
@never_cache
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """导出: whole, with who wrote only where that is asked for by whoever handles it."""
    activity = _activity(request, pk)
    with_contact = bool(request.POST.get("contact"))
    try:
        rows = operations.take_out(activity, with_contact=with_contact, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return render(
            request,
            "errors/403.html",
            {"reason": refusal.message},
            status=refused(request, refusal, activity),
        )
    return workbook.write(activity, rows, with_contact=with_contact)


def _activity(request: HttpRequest, pk: int) -> Activity:
    activity = consultation_of(request, pk)
    if not rules.may_read(request.user, activity):
        raise unseen(request, activity, "不能查看这项征集的意见")
    return activity


def _opinion(activity: Activity, pk: int) -> Opinion:
    rows = activity.consultation.opinions.select_related(*WITH_ALL)
    found = get_object_or_404(rows, pk=pk)
    found.consultation = activity.consultation
    return found


def _forms(opinion: Opinion, data: Any = None) -> dict[str, forms.Form]:
    shown = opinion.public_text or masked(opinion.text, [opinion.writer_name])
    given = {"version": opinion.version}
    return {
        "looking": LookOverForm(data, initial={"public_text": shown, **given}),
        "deciding": DecideForm(
            data, initial={"outcome": opinion.outcome, "reason": opinion.reason, **given}
        ),
        "merging": MergeForm(data, opinion=opinion, initial=given),
    }  # fmt: skip


def _page(
    request: HttpRequest,
    activity: Activity,
    opinion: Opinion,
    typed: dict[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    why_not_decide = rules.why_not_decide(request.user, opinion)
    verbs = [verb for verb in ("show", "hold") if opinion.state in opinion.workflow[verb].sources]
    entries = AuditEntry.objects.filter(object_type=Opinion._meta.label_lower, object_id=str(opinion.pk))
    may_handle = consultation_rules.may_handle(request.user, activity)
    return render(request, "desk/consultations/opinion.html", {
        **_forms(opinion), **(typed or {}), "problem": next(iter((typed or {}).values()), None),
        "activity": activity, "opinion": opinion, "here": "activities",
        "verbs": [verb for verb in verbs if not rules.why_not(request.user, verb, opinion)],
        "is_waiting": opinion.state == OpinionState.WAITING, "may_handle": may_handle,
        "why_not_decide": why_not_decide, "merged": opinion.merged.select_related("clause"),
        "like": queries.like(opinion) if not why_not_decide else [],
        "may_part": may_handle and opinion.merged_into_id and not consultation_rules.not_now(activity),
        "may_see_contact": rules.may_see_contact(request.user, activity),
        "entries": entries.select_related("actor__department", "acting_for").order_by("id"),
    }, status=status)  # fmt: skip
