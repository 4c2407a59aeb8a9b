"""考核 on the desk: the list of rounds, and one round with all its units side by side."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessment.enums.scores import RoundState
from assessment.models import Round
from assessment.operations import fixing, scoring, sealing
from assessment.queries import boards, evidence
from assessment.queries import rounds as queries
from assessment.rules import scores as rules
from assessment.rules.facts import may_assess
from assessment.rules.seals import contradictions
from portal.models import User
from portal.refusals import refused, unseen
from portal.workflow import Refused

PAGE_SIZE = 20
SHOWN_LATER = 100


def _publish(round_: Round, by: User) -> str:
    scoring.publish(round_, by=by)
    return "已公布。异议期过后自动封存。"


def _fix_rest(round_: Round, by: User) -> str:
    number = fixing.fix_rest(round_, by=by)
    return (
        f"已按系统分核定 {number} 项。"
        if number
        else "没有可按系统分核定的项目了；核查项和考核人评分须逐个单位核定。"
    )


def _consent(round_: Round, by: User) -> str:
    sealing.consent(round_, by=by)
    return "已会签。"


ACTS: dict[str, Callable[[Round, User], str]] = {
    "publish": _publish,
    "fix_rest": _fix_rest,
    "consent": _consent,
}


@require_safe
@login_required
@never_cache
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds for who oversees; everybody else sees those of their own unit."""
    oversees = rules.may_oversee(request.user)
    rows = queries.rounds() if oversees else queries.own_scores(request.user)
    listing = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/scores/rounds.html", {
        "listing": listing, "oversees": oversees, "here": "scores",
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find(request, pk))


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A button was pressed; a refusal comes back on the page."""
    address = reverse("desk:round", args=[pk])
    if verb not in ACTS:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(address)
    if request.method == "GET":
        return redirect(address)
    found = find(request, pk)
    try:
        said = ACTS[verb](found, request.user)
    except Refused as refusal:
        status = refused(request, refusal, found)
        return _page(request, find(request, pk), refusal.message, status)
    messages.success(request, said)
    return redirect(address)


@require_safe
@login_required
@never_cache
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """验证封存: computed again from what was sealed; what does not follow from it is listed."""
    found = find(request, pk)
    if found.state != RoundState.FROZEN:
        raise Http404
    scores = found.units.prefetch_related("points")
    return render(request, "desk/scores/proof.html", {
        "round": found, "wrong": contradictions(found, scores), "units": len(scores), "here": "scores",
    })  # fmt: skip


def find(request: HttpRequest, pk: int) -> Round:
    """For who oversees; others are told that there is none."""
    found = get_object_or_404(Round.objects.select_related("scheme", "published_by"), pk=pk)
    if not rules.may_oversee(request.user):
        raise unseen(request, found, "不能查看本期考核")
    return found


def _page(request: HttpRequest, round_: Round, wrong: str = "", status: int = 200) -> HttpResponse:
    board = boards.board(round_, request.GET.get("page"))
    scores = [row.score for row in board.rows]
    beside = queries.overview(round_, scores)
    changes = evidence.later(round_)
    context: dict[str, Any] = {
        "round": round_, "board": board, "wrong": wrong, "here": "scores",
        "rows": [(row, *beside.get(row.score.pk, (None, 0))) for row in board.rows],
        "consents": list(round_.consents.select_related("department", "by")),
        "may_act": may_assess(request.user), "may_consent": not rules.why_not_consent(request.user, round_),
        "later": changes[:SHOWN_LATER], "later_more": max(0, len(changes) - SHOWN_LATER),
    }  # fmt: skip
    return render(request, "desk/scores/round.html", context, status=status)
