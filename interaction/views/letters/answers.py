"""待审答复: one answer as it will be read, the letter or question beside it, two buttons. Made for a telephone."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from interaction.models import Answer, AnswerStep
from interaction.operations import answers as operations
from interaction.operations import looks
from interaction.queries import answers as queries
from interaction.queries import letterboxes
from interaction.rules import answers as rules
from interaction.rules import letters as letter_rules
from interaction.rules import questions as question_rules
from portal import limits
from portal.refusals import refused, unseen
from portal.workflow import Refused, TooLate

VERBS = {"approve": "已同意", "return_": "已退回"}
WITH_ALL = (
    "letter__site", "letter__letterbox", "letter__matter", "letter__department", "department", "saved_by",
    "saved_for", "question__site", "question__column", "question__department", "question__asked_by",
    "question__asker_department",
)  # fmt: skip
NOTE = 500


class DecisionForm(forms.Form):
    note = forms.CharField(
        label="意见",
        required=False,
        max_length=NOTE,
        error_messages={"max_length": f"意见最多 {NOTE} 字，请精简"},
    )
    step = forms.IntegerField(required=False, widget=forms.HiddenInput)


@require_safe
@login_required
@never_cache
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = _answer(request, pk)
    if found.letter:
        looks.read(found.letter, by=request.user)
    return _screen(request, found, DecisionForm(initial={"step": _step_id(found)}))


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    if verb not in VERBS:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("desk:answer", args=[pk]))
    if request.method == "GET":
        return redirect("desk:answer", pk)
    found, form = _answer(request, pk), DecisionForm(request.POST)
    if not form.is_valid():
        return _screen(request, found, form, 422)
    following = queries.to_decide(request.user).exclude(answer=found).first()
    try:
        decide = operations.approve if verb == "approve" else operations.return_
        decide(_shown_step(found, form.cleaned_data["step"]), by=request.user, note=form.cleaned_data["note"])
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _screen(request, _answer(request, pk), form, refused(request, refusal, found))
    messages.success(request, f"{VERBS[verb]}：“{found.subject.title}”的答复")
    return redirect("desk:answer", following.answer_id) if following else redirect("desk:home")


def _answer(request: HttpRequest, pk: int) -> Answer:
    found = get_object_or_404(Answer.objects.select_related(*WITH_ALL), pk=pk)
    if found.letter:
        may_look = letter_rules.may_look(request.user, found.letter)
    else:
        may_look = question_rules.handles(request.user, found.question)
    if not may_look:
        raise unseen(request, found, "不能查看和审核这件答复")
    return found


def _shown_step(found: Answer, pk: int | None) -> AnswerStep:
    step = found.steps.filter(pk=pk).select_related("answer").first()
    if step is None:
        raise TooLate("这件答复在您打开之后又被改动或处理过，请看过现在的内容再决定")
    return step


def _step_id(found: Answer) -> int | None:
    step = rules.current_step(found)
    return step.pk if step else None


def _screen(request: HttpRequest, found: Answer, form: DecisionForm, status: int = 200) -> HttpResponse:
    step = rules.current_step(found)
    limit = (
        letterboxes.clock_of(found.letter) if found.letter else limits.open_limits_for(found.question).first()
    )
    template = "desk/letters/answer.html" if found.letter else "desk/interaction/answer.html"
    return render(request, template, {
        "answer": found, "letter": found.letter, "question": found.question, "form": form, "step": step,
        "limit": limit,
        "time_left": limits.time_left(limit) if limit else "", "urgency": limits.urgency(limit) if limit else "",
        "may_decide": step is not None and not rules.why_not_decide(request.user, step),
        "steps": found.steps.select_related("decided_by", "decided_for"),
        "refusal": next(iter(form.non_field_errors()), ""),
    }, status=status)  # fmt: skip
