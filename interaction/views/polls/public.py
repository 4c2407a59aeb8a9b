"""网上投票 and 网上评议 as those meet them who vote: the list, the ballot, the results."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from interaction.enums.activities import ActivityKind, Phase
from interaction.forms.ballots import BallotForm
from interaction.models import Activity
from interaction.operations.ballots import AlreadyVoted, cast
from interaction.queries import polls as queries
from interaction.rules import activities as rules
from interaction.rules.polls import least_voters
from interaction.views.activities.public import listed, page_of
from portal.workflow import Refused

KINDS = (ActivityKind.POLL, ActivityKind.APPRAISAL)
LEAD = "登录后按工号投票，一人一票；不记名的，选票与投票人不作任何关联。结果在投票结束后启封。"


@require_safe
def polls(request: HttpRequest) -> HttpResponse:
    return listed(request, KINDS, here="polls", title="网上投票与评议", lead=LEAD)


@require_safe
@never_cache
@page_of(*KINDS, reads="poll")
def poll(request: HttpRequest, activity: Activity) -> HttpResponse:
    return _shown(request, activity)


@require_http_methods(["GET", "POST"])
@never_cache
@page_of(*KINDS, reads="poll")
def vote(request: HttpRequest, activity: Activity) -> HttpResponse:
    """The ballot arrives. Whose it is says the session, and nothing that is sent along."""
    if not request.user.is_authenticated:
        return redirect_to_login(activity.get_absolute_url())
    if request.method == "GET":
        return redirect(activity)
    form = BallotForm(request.POST, questions=activity.poll.asked())
    if not rules.why_not_take_part(request.user, activity) and not form.is_valid():
        return _shown(request, activity, form, status=422)
    try:
        cast(activity, form.choices if form.is_valid() else {}, by=request.user)
    except AlreadyVoted as refusal:
        messages.info(request, refusal.message)
        return redirect(activity)
    except Refused as refusal:
        return _shown(request, activity, refusal=refusal.message, status=409)
    messages.success(request, "投票成功，您的一票已计入。")
    return redirect(activity)


@require_safe
@never_cache
@page_of(*KINDS, reads="poll")
def results(request: HttpRequest, activity: Activity) -> HttpResponse:
    """Published by choice; its handlers read them on the desk."""
    is_there = activity.results_published_at and rules.may_see_results(request.user, activity)
    context = {"activity": activity, "here": "polls", "noun": "投票", "least": least_voters()}
    if is_there:
        context["results"] = queries.results_of(activity)
    return render(request, "public/interaction/poll_results.html", context, status=200 if is_there else 403)


def _shown(
    request: HttpRequest,
    activity: Activity,
    form: BallotForm | None = None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    user, is_over = request.user, activity.phase == Phase.CLOSED
    form = form or BallotForm(questions=activity.poll.asked())
    return render(request, "public/interaction/poll.html", {
        "activity": activity, "poll": activity.poll, "form": form, "here": "polls", "refusal": refusal,
        "has_voted": user.is_authenticated and queries.has_voted(activity, user),
        "voted": queries.voted(activity) if is_over else None, "is_over": is_over,
        "why_not": rules.why_not_take_part(user, activity), "least": least_voters(),
        "is_appraisal": activity.kind == ActivityKind.APPRAISAL,
    }, status=status)  # fmt: skip
