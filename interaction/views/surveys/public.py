"""网上调查 as those meet it who answer: the list, the questionnaire, the analysis."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from interaction.enums.activities import ActivityKind, Participants
from interaction.forms.sheets import SheetForm
from interaction.models import Activity
from interaction.operations.ballots import AlreadyVoted
from interaction.operations.sheets import hand_in
from interaction.queries import surveys as queries
from interaction.rules import activities as rules
from interaction.rules.polls import least_voters
from interaction.rules.surveys import marks_who_answered
from interaction.views.activities.public import listed, page_of
from portal import parameters, rates
from portal.workflow import Refused

LEAD = "结果在调查结束后启封，经分析后由主办单位决定是否公布。"
TOO_MANY = "同一地址短时间内提交的答卷太多，请过一会儿再按“提交”，您填写的内容都在"
AN_HOUR = 3600


@require_safe
def surveys(request: HttpRequest) -> HttpResponse:
    return listed(request, (ActivityKind.SURVEY,), here="surveys", title="网上调查", lead=LEAD)


@require_http_methods(["GET", "POST"])
@never_cache
@page_of(ActivityKind.SURVEY, reads="survey")
def survey(request: HttpRequest, activity: Activity) -> HttpResponse:
    """The questionnaire; what was filled in comes back with its messages, whatever was wrong."""
    if request.method == "GET" or request.method == "HEAD":
        return _shown(request, activity)
    needs_sign_in = activity.participants != Participants.EVERYONE
    if needs_sign_in and not request.user.is_authenticated:
        return redirect_to_login(activity.get_absolute_url())
    form = SheetForm(request.POST, questions=activity.survey.asked())
    if why_not := rules.why_not_take_part(request.user, activity):
        return _shown(request, activity, form, refusal=why_not, status=409)
    if not form.is_valid():
        return _shown(request, activity, form, status=422)
    if not marks_who_answered(activity.survey, activity) and not _allow(request, activity):
        return _shown(request, activity, form, refusal=TOO_MANY, status=429)
    try:
        hand_in(activity, form.answers, nonce=form.nonce, by=_who(request))
    except AlreadyVoted as refusal:
        messages.info(request, refusal.message)
    except Refused as refusal:
        return _shown(request, activity, form, refusal=refusal.message, status=409)
    return redirect(f"{activity.get_absolute_url()}?done=1")


@require_safe
@never_cache
@page_of(ActivityKind.SURVEY, reads="survey")
def results(request: HttpRequest, activity: Activity) -> HttpResponse:
    """The analysis, published by choice; its handlers read it on the desk."""
    is_there = activity.results_published_at and rules.may_see_results(request.user, activity)
    context: dict[str, Any] = {
        "activity": activity,
        "here": "surveys",
        "noun": "调查",
        "least": least_voters(),
    }
    if is_there:
        context["results"] = queries.results_of(activity, publicly=True)
    return render(request, "public/interaction/survey_results.html", context, status=200 if is_there else 403)


def _who(request: HttpRequest):
    return request.user if request.user.is_authenticated else None


def _allow(request: HttpRequest, activity: Activity) -> bool:
    """A flood from one address is held up; the address is kept as a hash for the hour and with no sheet."""
    key = rates.by_address(f"survey-{activity.pk}", request)
    return rates.allow(key, most=parameters.value("sheets_an_hour") or 0, seconds=AN_HOUR)


def _shown(
    request: HttpRequest,
    activity: Activity,
    form: SheetForm | None = None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    user, survey = request.user, activity.survey
    is_marked = marks_who_answered(survey, activity)
    has_answered = is_marked and user.is_authenticated and queries.has_answered(activity, user)
    is_done = status == 200 and (has_answered or (not is_marked and "done" in request.GET))
    return render(request, "public/interaction/survey.html", {
        "activity": activity, "survey": survey, "here": "surveys", "refusal": refusal, "is_marked": is_marked,
        "form": form or SheetForm(questions=survey.asked()), "is_done": is_done, "least": least_voters(),
        "why_not": rules.why_not_take_part(user, activity), "is_open": activity.standing == "OPEN",
    }, status=status)  # fmt: skip
