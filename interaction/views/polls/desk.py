"""Where a poll's questions, an appraisal's items and scale, and the promise about the ballots are edited."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from interaction.enums.activities import ActivityKind
from interaction.forms import polls as forms
from interaction.models import Activity, PollQuestion
from interaction.operations import polls as operations
from interaction.rules import activities as rules
from interaction.views.activities.desk import find
from portal.refusals import refused
from portal.workflow import Refused

KINDS = (ActivityKind.POLL, ActivityKind.APPRAISAL)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The promise, and the questions in order; of an appraisal its items and its scale."""
    activity = _find(request, pk)
    if activity.kind == ActivityKind.APPRAISAL:
        return _appraisal(request, activity)
    form = forms.PromiseForm(request.POST or None, initial=forms.promise_of(activity))
    status = 200
    if request.method == "POST":
        status = _promise(request, activity, form)
        if status == 302:
            return redirect("desk:poll_edit", pk)
    return render(request, "desk/polls/edit.html", _context(activity, form=form), status=status)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def question(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """One question with its options; a new one where no number is given."""
    activity = _find(request, pk, kind=ActivityKind.POLL)
    found = _question(activity, number) if number is not None else None
    form = forms.QuestionForm(request.POST or None, initial=forms.question_of(found, activity))
    options = found.own_options.all() if found else []
    rows = forms.OptionRows(request.POST or None, initial=forms.rows_of(options), prefix="options")
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() & rows.is_valid():
            version = form.cleaned_data["version"]
            try:
                operations.put_question(
                    activity, form.asked(rows), by=request.user, question=found, version=version
                )
                messages.success(request, "已保存题目")
                return redirect("desk:poll_edit", pk)
            except Refused as refusal:
                form.add_error(None, refusal.message)
                status = refused(request, refusal, activity)
    context = _context(activity, form=form, rows=rows, question=found)
    return render(request, "desk/polls/question.html", context, status=status)


@require_POST
@login_required
def move(request: HttpRequest, pk: int, number: int, way: str) -> HttpResponse:
    """上移、下移、删除."""
    activity = _find(request, pk, kind=ActivityKind.POLL)
    found = _question(activity, number)
    try:
        if way == "drop":
            operations.drop_question(activity, found, by=request.user)
            messages.success(request, "已删除题目")
        elif way in ("up", "down"):
            operations.move_question(activity, found, up=way == "up", by=request.user)
        else:
            raise Http404
    except Refused as refusal:
        refused(request, refusal, activity)
        messages.error(request, refusal.message)
    return redirect("desk:poll_edit", pk)


def _appraisal(request: HttpRequest, activity: Activity) -> HttpResponse:
    form = forms.PromiseForm(request.POST or None, initial=forms.promise_of(activity))
    poll = activity.poll
    rows = forms.ItemRows(
        request.POST or None, initial=forms.rows_of(poll.questions.order_by("position", "pk")), prefix="items"
    )
    levels = forms.LevelRows(request.POST or None, initial=forms.rows_of(poll.levels()), prefix="levels")
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() & rows.is_valid() & levels.is_valid():
            try:
                operations.put_appraisal(
                    activity, forms.items(rows), forms.choosable(levels), **form.promise, by=request.user,
                    version=form.cleaned_data["version"],
                )  # fmt: skip
                messages.success(request, "已保存评议内容")
                return redirect("desk:activity", activity.pk)
            except Refused as refusal:
                form.add_error(None, refusal.message)
                status = refused(request, refusal, activity)
    context = _context(activity, form=form, rows=rows, levels=levels)
    return render(request, "desk/polls/appraisal.html", context, status=status)


def _promise(request: HttpRequest, activity: Activity, form: forms.PromiseForm) -> int:
    if not form.is_valid():
        return 422
    try:
        operations.promise(activity, **form.promise, by=request.user, version=form.cleaned_data["version"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return refused(request, refusal, activity)
    messages.success(request, "已保存记名方式")
    return 302


def _find(request: HttpRequest, pk: int, *, kind: ActivityKind | None = None) -> Activity:
    activity = find(request, pk, editing=True)
    if activity.kind not in ((kind,) if kind else KINDS):
        raise Http404
    return activity


def _question(activity: Activity, number: int) -> PollQuestion:
    return get_object_or_404(PollQuestion, poll=activity.pk, pk=number)


def _context(activity: Activity, **more: Any) -> dict[str, Any]:
    is_open = activity.is_editable
    return {
        "activity": activity, "here": "activities", "is_open": is_open,
        "questions": activity.poll.asked() if activity.kind == ActivityKind.POLL else [],
        "issues": rules.issues(activity) if is_open else [], **more,
    }  # fmt: skip
