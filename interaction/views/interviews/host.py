"""主持台: what was said so far, the form for the next line, and beside it the questions that wait for an answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from interaction.enums.interviews import QuestionState
from interaction.forms.interviews import EntryForm, initial_of
from interaction.models import Activity, InterviewEntry
from interaction.operations import interview_entries as operations
from interaction.operations.replays import AnotherThing
from interaction.queries import interviews as queries
from interaction.rules import interviews as rules
from interaction.views.interviews.desk import interview_of
from portal.refusals import refused, unseen
from portal.workflow import Refused


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def interview(request: HttpRequest, pk: int) -> HttpResponse:
    """`?question=` takes a question of the queue into the form."""
    activity = _at_hand(request, pk)
    if request.method == "GET":
        return _page(request, activity, EntryForm(interview=activity.interview, initial=_wanted(request)))
    form = EntryForm(request.POST, interview=activity.interview)
    if not form.is_valid():
        return _page(request, activity, form, 422)
    try:
        entry = operations.enter(activity, form.line, nonce=form.cleaned_data["nonce"], by=request.user)
    except Refused as refusal:
        if isinstance(refusal, AnotherThing):
            form.hand_out_anew()
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, activity, form, refused(request, refusal, activity))
    messages.success(request, f"已录入{entry}，公开页面随即更新")
    return redirect(f"{reverse('desk:interview', args=[pk])}#enter")


@require_safe
@login_required
@never_cache
def queue(request: HttpRequest, pk: int) -> HttpResponse:
    """The queue alone, for the host's screen to ask for again and again."""
    activity = _at_hand(request, pk)
    return render(request, "desk/interviews/_queue.html", _queue(activity))


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def entry(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """One line: 更正 or, with `take_back` pressed, 撤下."""
    activity = _at_hand(request, pk)
    rows = activity.interview.entries.select_related("guest", "question", "entered_by")
    found = get_object_or_404(rows, pk=entry, taken_back_at=None)
    found.interview = activity.interview
    if request.method == "GET":
        return _entry(
            request, activity, found, EntryForm(interview=activity.interview, initial=initial_of(found))
        )
    form = EntryForm(request.POST, interview=activity.interview)
    if not form.is_valid():
        return _entry(request, activity, found, form, 422)
    try:
        done = _change(found, form, request)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _entry(request, activity, found, form, refused(request, refusal, activity))
    messages.success(request, done)
    return redirect("desk:interview", pk)


def _change(found: InterviewEntry, form: EntryForm, request: HttpRequest) -> str:
    given = {
        "note": form.cleaned_data["note"], "version": form.cleaned_data["version"], "by": request.user,
    }  # fmt: skip
    if "take_back" in request.POST:
        operations.take_back(found, **given)
        return f"已撤下{found}，读者看不到了"
    operations.correct(found, form.line, **given)
    return f"已更正{found}，原文留在经过里"


def _at_hand(request: HttpRequest, pk: int) -> Activity:
    activity = interview_of(request, pk)
    if not rules.may_keep_record(request.user, activity):
        raise unseen(request, activity, "不能录入这场访谈的实录")
    return activity


def _wanted(request: HttpRequest) -> dict[str, Any]:
    value = request.GET.get("question", "")
    return {"question": int(value)} if value.isdecimal() and len(value) < 19 else {}


def _queue(activity: Activity) -> dict[str, Any]:
    interview = activity.interview
    return {
        "activity": activity, "waiting": queries.queue(interview),
        "unseen": interview.questions.filter(state=QuestionState.WAITING).count(),
    }  # fmt: skip


def _page(request: HttpRequest, activity: Activity, form: EntryForm, status: int = 200) -> HttpResponse:
    return render(request, "desk/interviews/host.html", {
        **_queue(activity), "interview": activity.interview, "form": form, "here": "activities",
        "entries": queries.record(activity.interview), "not_now": rules.not_now_to_enter(activity),
        "phase": activity.phase,
    }, status=status)  # fmt: skip


def _entry(
    request: HttpRequest, activity: Activity, found: InterviewEntry, form: EntryForm, status: int = 200
) -> HttpResponse:
    return render(request, "desk/interviews/entry.html", {
        "activity": activity, "entry": found, "form": form, "here": "activities",
        "needs_note": activity.phase == "CLOSED",
    }, status=status)  # fmt: skip
