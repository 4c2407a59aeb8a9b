"""阅卷: question by question, without names; the next answer comes as soon as one is marked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from interaction.forms.exams import MarkForm
from interaction.models import Activity, AttemptItem
from interaction.operations import exam_marking as operations
from interaction.queries import attempts as queries
from interaction.rules import exams as rules
from interaction.views.exams.desk import find
from portal.refusals import refused, unseen
from portal.workflow import Refused


@require_safe
@login_required
@never_cache
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """How much there is to mark, and what was marked; nothing of it shows before the exam is over."""
    found = _marked(request, pk)
    why_not = rules.why_not_mark(request.user, found)
    marked = queries.essays(found).filter(awarded__isnull=False).select_related("question", "marked_by")
    return render(request, "desk/exams/mark.html", {
        "activity": found, "why_not": why_not, "here": "activities",
        "questions": [] if why_not else queries.essay_counts(found),
        "following": None if why_not else queries.next_essay(found),
        "marked": [] if why_not else marked.order_by("-marked_at")[:20],
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def one(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """One answer; marked before, it may be corrected with a reason."""
    found = _marked(request, pk)
    if reason := rules.why_not_mark(request.user, found):
        raise unseen(request, found, reason)
    answer = get_object_or_404(
        queries.essays(found).select_related("question", "marked_by", "attempt"), pk=item
    )
    form = _form(answer, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, found, answer, form)
    try:
        _put(answer, form.cleaned_data, request)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, found, answer, form, refused(request, refusal, found))
    following = queries.next_essay(found)
    messages.success(request, "已评分。" if following else "已评分，这场考试的简答题都评完了。")
    return redirect("desk:exam_mark_one", pk, following.pk) if following else redirect("desk:exam_mark", pk)


def _marked(request: HttpRequest, pk: int) -> Activity:
    found = find(request, pk)
    if not rules.may_see_marking(request.user, found):
        raise unseen(request, found, "不能评阅这场考试")
    return found


def _form(answer: AttemptItem, data=None) -> MarkForm:
    is_correcting = answer.awarded is not None
    initial = {"points": answer.awarded, "remark": answer.remark} if is_correcting else {}
    return MarkForm(data, most=answer.points, is_correcting=is_correcting, initial=initial)


def _put(answer: AttemptItem, typed: dict, request: HttpRequest) -> None:
    """As the page showed it: marked for the first time, or corrected."""
    rest = {"by": request.user, "remark": typed["remark"]}
    if "note" in typed:
        operations.correct(answer, typed["points"], note=typed["note"], **rest)
    else:
        operations.mark(answer, typed["points"], **rest)


def _page(
    request: HttpRequest, found: Activity, answer: AttemptItem, form: MarkForm, status: int = 0
) -> HttpResponse:
    waiting = queries.essays(found).filter(awarded=None).count()
    context = {"activity": found, "item": answer, "form": form, "waiting": waiting, "here": "activities"}
    return render(
        request, "desk/exams/mark_one.html", context, status=status or (422 if form.errors else 200)
    )
