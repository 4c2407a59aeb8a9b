"""待审公开答复: what was asked, by when, what is to be answered and why, the files; two buttons. Made for a telephone."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from disclosure.forms.decisions import VerdictForm
from disclosure.models import Decision, DecisionStep
from disclosure.operations import decisions as operations
from disclosure.queries import decisions as queries
from disclosure.rules import decisions as rules
from disclosure.rules.outcomes import RULINGS
from disclosure.views.decisions import finding, screen
from portal.workflow import Refused, TooLate

VERBS = {"approve": "已同意", "return_": "已退回"}


@require_safe
@login_required
@never_cache
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    found = finding.decision_of(request, pk)
    step = rules.current_step(found)
    return _screen(request, found, VerdictForm(initial={"step": step.pk if step else None}))


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404
    address = reverse("desk:decision", args=[pk])
    if not request.user.is_authenticated:
        return redirect_to_login(address)
    if request.method == "GET":
        return redirect(address)
    found, form = finding.decision_of(request, pk), VerdictForm(request.POST)
    if not form.is_valid():
        return _screen(request, found, form, 422)
    following = queries.to_decide(request.user).exclude(decision=found).first()
    try:
        decide = operations.approve if verb == "approve" else operations.return_
        decide(_shown_step(found, form.cleaned_data["step"]), by=request.user, note=form.cleaned_data["note"])
    except Refused as refusal:
        status = finding.told(request, refusal, form, found)
        return _screen(request, finding.decision_of(request, pk), form, status)
    messages.success(request, f"{VERBS[verb]}：“{found.request.title}”的答复")
    return redirect("desk:decision", following.decision_id) if following else redirect("desk:home")


def _shown_step(found: Decision, pk: int | None) -> DecisionStep:
    step = found.steps.filter(pk=pk).select_related("decision__request__site").first()
    if step is None:
        raise TooLate("这件答复在您打开之后又被改动或处理过，请看过现在的内容再决定")
    return step


def _screen(request: HttpRequest, found: Decision, form: forms.Form, status: int = 200) -> HttpResponse:
    step = rules.current_step(found)
    return render(request, "desk/decisions/approval.html", {
        "decision": found, "asked": found.request, "form": form, "step": step, **screen.clock_words(found.request),
        "ruling": RULINGS.get(found.outcome), "files": screen.files(found),
        "may_decide": step is not None and not rules.why_not_decide(request.user, step),
        "steps": found.steps.select_related("decided_by", "decided_for"),
        "refusal": next(iter(form.non_field_errors()), ""),
    }, status=status)  # fmt: skip
