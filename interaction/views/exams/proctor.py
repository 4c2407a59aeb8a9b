"""监考: who is sitting and how long each has; time given, to one or to all, with a reason."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from interaction.enums.exams import AttemptState
from interaction.forms.exams import TimeForm
from interaction.models import Activity, Attempt
from interaction.operations import proctoring as operations
from interaction.queries import attempts as queries
from interaction.queries import exam_results
from interaction.rules import exams as rules
from interaction.views.exams.desk import find
from portal import clock
from portal.refusals import refused, unseen
from portal.workflow import Refused

PAGE_SIZE = 50
NUMBER = re.compile(r"[0-9]{1,9}")


@require_safe
@login_required
@never_cache
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """`?for=` names the paper to which time is given; without it the form is for all."""
    found = _watched(request, pk)
    wanted = request.GET.get("for", "")
    return _page(request, found, TimeForm(), _paper(found, wanted) if wanted else None)


@require_POST
@login_required
def time(request: HttpRequest, pk: int) -> HttpResponse:
    """加时. On a refusal the page comes back with the reason and what was typed."""
    found = _watched(request, pk)
    wanted = request.POST.get("attempt", "")
    attempt, form = _paper(found, wanted) if wanted else None, TimeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, attempt, 422)
    typed = form.cleaned_data
    try:
        if attempt is not None:
            given = operations.give_time(attempt, typed["minutes"], note=typed["note"], by=request.user)
            said = f"已给{given.person}加时 {typed['minutes']} 分钟。"
        else:
            all_given = operations.give_time_to_all(
                found, typed["minutes"], note=typed["note"], by=request.user, reopens=typed["reopens"]
            )
            said = f"已给 {len(all_given)} 人加时 {typed['minutes']} 分钟。"
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, found, form, attempt, refused(request, refusal, found))
    messages.success(request, said)
    return redirect("desk:exam_run", pk)


def _watched(request: HttpRequest, pk: int) -> Activity:
    found = find(request, pk)
    if not rules.may_watch(request.user, found):
        raise unseen(request, found, "不能监考这场考试")
    return found


def _paper(found: Activity, wanted: str) -> Attempt:
    if not NUMBER.fullmatch(wanted):
        raise Http404
    return get_object_or_404(Attempt.objects.select_related("person"), activity=found, pk=int(wanted))


def _page(
    request: HttpRequest, found: Activity, form: TimeForm, attempt: Attempt | None = None, status: int = 200
) -> HttpResponse:
    rows = queries.sat(found)
    listing = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    now = clock.now()
    for one in listing:
        one.activity = found
        one.seconds_left = max(int((one.ends_at - now).total_seconds()), 0)
    counts = {
        "running": found.attempts.filter(state=AttemptState.RUNNING).count(),
        "handed_in": found.attempts.filter(state=AttemptState.HANDED_IN).count(),
        "expected": exam_results.expected_people(found).count(),
    }
    return render(request, "desk/exams/run.html", {
        "activity": found, "listing": listing, "form": form, "attempt": attempt, "counts": counts,
        "why_not": rules.why_not_run(request.user, found) or rules.no_more_time(found), "here": "activities",
    }, status=status)  # fmt: skip
