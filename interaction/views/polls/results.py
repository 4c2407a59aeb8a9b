"""What came of a poll, for those who handle it: sealed until it is over, for them too."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interaction.enums.activities import ActivityKind
from interaction.models import Activity
from interaction.queries import polls as queries
from interaction.rules import activities as rules
from interaction.rules.polls import least_voters
from interaction.views.activities.desk import find
from interaction.workbook import polls as workbook

KINDS = (ActivityKind.POLL, ActivityKind.APPRAISAL)


@require_safe
@login_required
@never_cache
def results(request: HttpRequest, pk: int) -> HttpResponse:
    activity, is_open = _find(request, pk)
    context = {"activity": activity, "here": "activities", "least": least_voters()}
    if is_open:
        context["results"] = queries.results_of(activity)
    return render(request, "desk/polls/results.html", context, status=200 if is_open else 403)


@require_safe
@login_required
@never_cache
def export(request: HttpRequest, pk: int) -> HttpResponse:
    activity, is_open = _find(request, pk)
    if not is_open:
        raise Http404
    return workbook.of(activity, queries.results_of(activity), queries.signed_ballots(activity))


def _find(request: HttpRequest, pk: int) -> tuple[Activity, bool]:
    """The poll, and whether its results are there for this person."""
    activity = find(request, pk)
    if activity.kind not in KINDS or activity.site_id not in rules.sites_seen(request.user):
        raise Http404
    return activity, rules.may_see_results(request.user, activity)
