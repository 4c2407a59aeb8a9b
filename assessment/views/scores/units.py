"""One unit in one round: self-score, computed and fixed side by side; the unit claims, the office fixes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from assessment.enums.scores import RoundState
from assessment.forms.scores import FixForm, SelfScoreForm
from assessment.models import UnitScore
from assessment.operations import fixing, self_scores
from assessment.queries import boards, rounds
from assessment.rules import scores as rules
from portal import addresses
from portal.refusals import refused, unseen
from portal.workflow import NotAllowed, Refused


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """POST fixes the points. Whoever may not is shown the figures without boxes."""
    score = find(request, pk)
    sides = rounds.sides(score)
    if request.method == "GET":
        return _unit_page(request, score, FixForm(sides=sides))
    form = FixForm(request.POST, sides=sides)
    if against := rules.why_not_fix(request.user, score):
        status = refused(request, NotAllowed(against), score)
        return _unit_page(request, score, FixForm(sides=sides), against, status)
    if not form.is_valid():
        return _unit_page(request, score, form, status=422)
    try:
        fixing.fix(score, form.fixings(), by=request.user)
    except Refused as refusal:
        form.complain(refusal.field, refusal.message)
        return _unit_page(request, find(request, pk), form, status=refused(request, refusal, score))
    messages.success(request, f"已核定：{score.unit_name}。")
    return redirect(score)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def self_score(request: HttpRequest, pk: int) -> HttpResponse:
    """自评: one form for all indicators."""
    score = find(request, pk)
    sides = rounds.sides(score)
    if against := rules.why_not_self_score(request.user, score):
        status = refused(request, NotAllowed(against), score)
        return render(
            request,
            "desk/scores/refused.html",
            {"score": score, "why": against, "here": "scores"},
            status=status,
        )
    if request.method == "GET":
        return _self_page(request, score, SelfScoreForm(sides=sides))
    form = SelfScoreForm(request.POST, request.FILES, sides=sides)
    if not form.is_valid():
        return _self_page(request, score, form, 422)
    if against := addresses.why_not_upload(request) if request.FILES else "":
        form.add_error(None, against)
        return _self_page(request, score, form, 422)
    try:
        self_scores.self_score(score, form.claims(), by=request.user)
    except Refused as refusal:
        form.complain(refusal.field, refusal.message)
        return _self_page(request, score, form, refused(request, refusal, score))
    messages.success(request, "自评已提交。核定开始之前可以修改。")
    return redirect(score)


def find(request: HttpRequest, pk: int) -> UnitScore:
    """For who oversees, and for everybody of the unit; others are told that there is none."""
    score = get_object_or_404(
        UnitScore.objects.select_related("round__scheme", "unit", "self_scored_by"), pk=pk
    )
    if not rules.may_see(request.user, score.unit_id):
        raise unseen(request, score, "不能查看该单位的得分")
    return score


def _unit_page(
    request: HttpRequest, score: UnitScore, form: FixForm, wrong: str = "", status: int = 200
) -> HttpResponse:
    user, is_open = request.user, score.round.state == RoundState.OPEN
    claimed, computed, standing = rounds.totals(form.sides)
    why_not = rules.why_not_fix(user, score)
    return render(request, "desk/scores/unit.html", {
        "score": score, "round": score.round, "form": form, "wrong": wrong, "here": "scores",
        "may_fix": is_open and not why_not, "why_not": why_not, "oversees": rules.may_oversee(user),
        "may_self_score": is_open and score.round.self_due_on and not rounds.has_begun(form.sides)
        and not rules.why_not_self_score(user, score),
        "may_object": score.round.state == RoundState.PUBLISHED and not rules.why_not_object(user, score),
        "claimed": claimed, "computed": computed, "standing": standing, "row": boards.row_of(score),
        "objections": list(rounds.objections(user).filter(point__unit_score=score)),
    }, status=status)  # fmt: skip


def _self_page(
    request: HttpRequest, score: UnitScore, form: SelfScoreForm, status: int = 200
) -> HttpResponse:
    return render(request, "desk/scores/self_score.html", {
        "score": score, "round": score.round, "form": form, "here": "scores",
        "is_closed": rounds.has_begun(form.sides) or score.round.state != RoundState.OPEN,
    }, status=status)  # fmt: skip
