"""异议: the list, and one of them to be answered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessment.enums.scores import ObjectionState
from assessment.forms.scores import DecisionForm
from assessment.models import Objection
from assessment.operations import objections as operations
from assessment.queries import rounds as queries
from assessment.rules import scores as rules
from portal.refusals import refused, unseen
from portal.workflow import NotAllowed, Refused

PAGE_SIZE = 20
WITH = ("point__unit_score__round__scheme", "point__unit_score__unit", "raised_by__department", "decided_by")


@require_safe
@login_required
@never_cache
def objections(request: HttpRequest) -> HttpResponse:
    listing = Paginator(queries.objections(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/scores/objections.html", {"listing": listing, "here": "scores"})


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `act` is uphold (with a new figure) or reject; both give their reason."""
    found = find(request, pk)
    if request.method == "GET":
        return _page(request, found, DecisionForm())
    form, verb = DecisionForm(request.POST), request.POST.get("act", "")
    if against := rules.why_not_decide(request.user, verb, found):
        return _page(request, found, DecisionForm(), refused(request, NotAllowed(against), found))
    if verb not in ("uphold", "reject"):
        raise Http404
    if not form.is_valid() and not (verb == "reject" and set(form.errors) == {"points"}):
        return _page(request, found, form, 422)
    try:
        if verb == "uphold":
            operations.uphold(
                found, form.cleaned_data["points"], by=request.user, note=form.cleaned_data["note"]
            )
        else:
            operations.reject(found, by=request.user, note=form.cleaned_data["note"])
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, find(request, pk), form, refused(request, refusal, found))
    messages.success(request, "异议已答复。")
    return redirect(found)


def find(request: HttpRequest, pk: int) -> Objection:
    found = get_object_or_404(Objection.objects.select_related(*WITH), pk=pk)
    if not rules.may_see(request.user, found.point.unit_score.unit_id):
        raise unseen(request, found, "不能查看该单位的异议")
    return found


def _page(request: HttpRequest, found: Objection, form: DecisionForm, status: int = 200) -> HttpResponse:
    score = found.point.unit_score
    side = next((one for one in queries.sides(score) if one.point.pk == found.point_id), None)
    why_not = rules.why_not_decide(request.user, "reject", found)
    return render(request, "desk/scores/objection.html", {
        "objection": found, "score": score, "round": score.round, "side": side, "form": form, "here": "scores",
        "may_decide": found.state == ObjectionState.RAISED and not why_not, "why_not": why_not,
    }, status=status)  # fmt: skip
