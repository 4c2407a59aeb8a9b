"""在线访谈 as people see it: announced, live, afterwards. During it the page asks for its live part again and again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from interaction.enums.activities import ActivityKind, Phase
from interaction.forms.interviews import QuestionForm
from interaction.models import Activity, Interview
from interaction.operations import interview_questions as operations
from interaction.operations.replays import AnotherThing
from interaction.queries import interviews as queries
from interaction.rules import interviews as rules
from interaction.views.activities.public import listed, page_of
from portal import parameters, rates
from portal.workflow import Refused, TooLate

KIND = ActivityKind.INTERVIEW
HERE, HOUR = "interviews", 60 * 60
LEAD = "围绕重点工作和公众关心的热点，请负责同志在线解答。访谈以前和进行中都可以提问。"
TOO_MANY = "这个地址一小时内提的问题太多，请稍后再提交；内容还在，不要关闭本页"
SENT = "您的问题已收到，经审看后转给主持人。"


@require_safe
@never_cache
def interviews(request: HttpRequest) -> HttpResponse:
    return listed(request, (KIND,), here=HERE, title="在线访谈", lead=LEAD)


@require_safe
@never_cache
@page_of(KIND, reads="interview")
def interview(request: HttpRequest, activity: Activity) -> HttpResponse:
    return _page(request, activity)


@require_http_methods(["GET", "POST"])
@never_cache
@page_of(KIND, reads="interview")
def question(request: HttpRequest, activity: Activity) -> HttpResponse:
    if request.method == "GET":
        return redirect(f"{activity.get_absolute_url()}#ask")
    form = QuestionForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, activity, form, 422)
    if not _may_ask(request):
        form.add_error(None, TOO_MANY)
        return _page(request, activity, form, 429)
    typed, by = form.cleaned_data, request.user if request.user.is_authenticated else None
    try:
        operations.ask(
            activity, typed["text"], nonce=form.nonce, asker_name=typed.get("asker_name", ""), by=by
        )
    except Refused as refusal:
        if isinstance(refusal, AnotherThing):
            form.hand_out_anew()
        form.add_error(None, refusal.message)
        return _page(request, activity, form, 409 if isinstance(refusal, TooLate) else 422)
    messages.success(request, SENT)
    return redirect(f"{activity.get_absolute_url()}#ask")


@require_safe
@page_of(KIND, reads="interview")
def live(request: HttpRequest, activity: Activity) -> HttpResponse:
    """The live part alone, or 304 where nothing was said since: three queries at most for whoever is not signed in."""
    etag = f'"{activity.pk}-{activity.interview.live_version}-{activity.phase}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        html = render_to_string("public/interviews/_live.html", live_of(activity))
        answer = HttpResponse(html)
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Over"] = "1" if activity.phase == Phase.CLOSED else "0"
    return answer


def live_of(activity: Activity) -> dict[str, Any]:
    """What changes while people watch."""
    interview: Interview = activity.interview
    return {
        "activity": activity, "interview": interview, "phase": activity.phase,
        "entries": queries.record(interview), "questions": queries.queue(interview),
    }  # fmt: skip


def _page(
    request: HttpRequest, activity: Activity, form: QuestionForm | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "public/interviews/one.html", {
        **live_of(activity), "here": HERE, "form": form or QuestionForm(user=request.user),
        "why_not": rules.why_not_ask(request.user, activity),
        "guests": activity.interview.guests.select_related("picture"),
        "pictures": activity.files.select_related("file"),
        "may_work": rules.may_read_questions(request.user, activity),
    }, status=status)  # fmt: skip


def _may_ask(request: HttpRequest) -> bool:
    most = parameters.value("interview_questions_an_hour")
    is_known = request.user.is_authenticated
    who = f"interviews|{request.user.pk}" if is_known else rates.by_address("interviews", request)
    return most is None or rates.allow(who, most=most, seconds=HOUR)
