"""提问 on the desk: departments answer, refer or refuse; moderators choose 常见问题; inspection looks on."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from columns import rules as column_rules
from interaction.enums.letters import AnswerState
from interaction.enums.questions import QuestionState
from interaction.forms.decisions import DecisionForm
from interaction.forms.questions import AnswerForm, FaqForm, ReferForm
from interaction.models import Answer, Question
from interaction.operations import answers, escalations, question_answers
from interaction.queries import clocks
from interaction.queries import questions as queries
from interaction.queries.trails import trail
from interaction.rules import questions as rules
from portal.refusals import unseen
from portal.workflow import open_moves

PAGE_SIZE = 20


@require_safe
@login_required
@never_cache
def questions(request: HttpRequest) -> HttpResponse:
    """All questions of the columns one has to do with; `?state=` shows those that stand so."""
    if not column_rules.powers_of(request.user).anywhere(*rules.HANDLES):
        raise PermissionDenied("提问由答复部门办理；您自己的提问请看“我的参与”。")
    state = request.GET.get("state", "").upper()
    if state and state not in QuestionState.values:
        raise Http404
    rows = queries.overseen(request.user)
    counts = queries.by_state(rows)
    listing = Paginator(rows.filter(state=state) if state else rows, PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(request, "desk/interaction/questions.html", {
        "listing": listing, "state": state,
        "tabs": [("", "全部", sum(counts.values()))]
        + [(one.value, one.label, counts.get(one.value, 0)) for one in QuestionState],
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def question(request: HttpRequest, pk: int) -> HttpResponse:
    return screen(request, found_or_404(request, pk))


def found_or_404(request: HttpRequest, pk: int) -> Question:
    with_all = Question.objects.select_related(*queries.SHOWN_WITH, "decided_by", "decided_for")
    found = get_object_or_404(with_all, pk=pk)
    if not rules.handles(request.user, found):
        raise unseen(request, found, "不能查看和办理这个提问")
    return found


def screen(
    request: HttpRequest,
    found: Question,
    typed: dict[str, Any] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page; `typed` are forms that came back, by verb, with what was typed in them."""
    user = request.user
    moves = {move.verb: move for move in open_moves(found, user, rules.why_not)}
    may_answer = found.is_open and not rules.why_not_answer(user, found)
    draft = answers.open_answer(found)
    others = [one for one in queries.answering_departments(found.column) if one.pk != found.department_id]
    context = {
        "question": found, "moves": moves, "may_answer": may_answer, "draft": draft,
        "is_in_review": draft is not None and draft.state == AnswerState.IN_REVIEW,
        "why_not": "" if may_answer or not found.is_open else rules.why_not_answer(user, found),
        "acts_for": rules.acting_for(user, "refer", found) if moves or may_answer else None,
        "escalation": escalations.open_escalation(found),
        "may_escalate": not rules.why_not_answer(user, found),
        "may_faq": not rules.why_not_faq(user, found), "answers": queries.answers_to(found),
        "steps": draft.steps.select_related("decided_by", "decided_for") if draft else [],
        "goes_to_review": _goes_to_review(found), "others": others,
        "entries": trail(found, *found.answers.all()), "refusal": refusal, "alike": _alike(found, may_answer),
        **clocks.standing(found), **_forms(found, draft, others), **(typed or {}),
    }  # fmt: skip
    return render(request, "desk/interaction/question.html", context, status=status)


def _forms(found: Question, draft: Answer | None, others: list) -> dict[str, Any]:
    written = {"text": draft.text if draft else "", "version": draft.version if draft else 0}
    return {
        "answer_form": AnswerForm(initial=written),
        "refer_form": ReferForm(departments=others, auto_id="refer-%s"),
        "refuse_form": DecisionForm(auto_id="refuse-%s"),
        "close_form": DecisionForm(auto_id="close-%s"),
        "escalate_form": DecisionForm(auto_id="escalate-%s"),
        "faq_form": FaqForm(initial={"title": found.short_title}, auto_id="faq-%s"),
    }


def _goes_to_review(found: Question) -> bool:
    route = question_answers.route(found)
    return route is not None and route.steps.exists()


def _alike(found: Question, may_answer: bool) -> list[Question]:
    """What was answered before: it may serve again."""
    if not may_answer:
        return []
    return [one for one in queries.similar([found.column], found.title) if one.pk != found.pk]
