"""网友提问 on the desk: each is accepted by its looked-over copy, or refused with a reason that stays on record."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from columns import rules as column_rules
from interaction.enums.interviews import QuestionState
from interaction.forms.interviews import AcceptForm
from interaction.models import Activity, InterviewQuestion
from interaction.operations import interview_questions as operations
from interaction.queries import interviews as queries
from interaction.rules import interviews as rules
from interaction.views.interviews.desk import interview_of
from portal.enums import Power
from portal.masking import masked
from portal.refusals import refused, unseen
from portal.workflow import NotAllowed, Refused

PAGE_SIZE = 20
DONE = {"accept": "已采用，转给主持人", "refuse": "未采用，理由已记下"}


@require_safe
@login_required
@never_cache
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """待审 first; `?state=` shows the others."""
    activity = _activity(request, pk)
    return _page(request, activity, request.GET.get("state", QuestionState.WAITING))


@require_POST
@login_required
@never_cache
def act(request: HttpRequest, pk: int, question: int, verb: str) -> HttpResponse:
    if verb not in DONE:
        raise Http404
    activity = _activity(request, pk)
    found = get_object_or_404(activity.interview.questions, pk=question)
    found.interview = activity.interview
    state, form = QuestionState(found.state), AcceptForm(request.POST)
    try:
        if lacking := rules.lacks_power(request.user, verb, activity):
            raise NotAllowed(lacking)
        if not form.is_valid():
            return _page(request, activity, state, found, form, 422)
        if verb == "accept":
            operations.accept(found, form.cleaned_data["public_text"], by=request.user)
        else:
            operations.refuse(found, note=form.cleaned_data["note"], by=request.user)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, activity, state, found, form, refused(request, refusal, found))
    messages.success(request, DONE[verb])
    return redirect(f"{reverse('desk:interview_questions', args=[pk])}?state={state}")


def _activity(request: HttpRequest, pk: int) -> Activity:
    activity = interview_of(request, pk)
    if not rules.may_read_questions(request.user, activity):
        raise unseen(request, activity, "不能查看这场访谈的提问")
    return activity


def _page(
    request: HttpRequest,
    activity: Activity,
    state: str,
    typed_for: InterviewQuestion | None = None,
    typed: AcceptForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """`typed` is the form that was refused: it stands at its question, wherever in the list that is."""
    if state not in QuestionState:
        raise Http404
    rows = queries.questions(activity.interview).filter(state=state)
    ahead = rows.filter(pk__lt=typed_for.pk).count() if typed_for else 0
    page = ahead // PAGE_SIZE + 1 if typed_for else request.GET.get("page")
    listing = Paginator(rows, PAGE_SIZE).get_page(page)
    decides = column_rules.powers_of(request.user).has_on_site(Power.PUBLISH, activity.site_id)
    lines = [(one, typed if typed_for and one.pk == typed_for.pk else _form(one)) for one in listing]
    return render(request, "desk/interviews/questions.html", {
        "activity": activity, "listing": listing, "lines": lines, "state": state, "states": _states(activity),
        "decides": decides, "here": "activities", "may_host": rules.may_keep_record(request.user, activity),
    }, status=status)  # fmt: skip


def _form(question: InterviewQuestion) -> AcceptForm:
    shown = question.public_text or masked(question.text, [question.asker_name])
    return AcceptForm(initial={"public_text": shown}, auto_id=f"q{question.pk}_%s")


def _states(activity: Activity) -> list[tuple[QuestionState, int]]:
    """How many of each there are."""
    found: dict[Any, int] = {}
    for state in activity.interview.questions.order_by().values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return [(state, found.get(state, 0)) for state in QuestionState]
