"""考核公布 (麻山第四条, 慈溪第三十一条): what was made public, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessment.models import Round, UnitScore
from assessment.queries import boards, evidence, rounds


@require_safe
def scoreboard(request: HttpRequest) -> HttpResponse:
    """The latest round of one scheme, the monthly one first; the others are a click away."""
    schemes = boards.public_schemes()
    wanted = request.GET.get("scheme", "")
    found = next((one for one in schemes if mark_of(one) == wanted), None)
    if wanted and found is None:
        raise Http404
    return _board(request, found or (schemes[0] if schemes else None), schemes)


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    return _board(request, public_round(pk), boards.public_schemes())


@require_safe
def unit(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """One unit's points, each with how it was counted and what a reader may open of it (`?of=` the indicator)."""
    round_ = public_round(pk)
    score = get_object_or_404(UnitScore.objects.select_related("unit"), round=round_, unit=unit)
    score.round = round_
    sides = rounds.sides(score)
    opened = _opened(request, sides)
    listing = evidence.page(opened.point, request.GET.get("page"), public=True) if opened else None
    return render(request, "public/scores/unit.html", {
        "round": round_, "score": score, "sides": sides, "opened": opened,
        "listing": listing, "row": boards.row_of(score),
        "unlisted": evidence.number_of(opened.point) - listing.paginator.count if opened else 0,
    })  # fmt: skip


def mark_of(round_: Round) -> str:
    """How an address names a scheme and its cycle."""
    return f"{round_.scheme.key}-{round_.cycle.lower()}"


def public_round(pk: int) -> Round:
    return get_object_or_404(Round.objects.filter(state__in=boards.PUBLIC).select_related("scheme"), pk=pk)


def _board(request: HttpRequest, round_: Round | None, schemes: list[Round]) -> HttpResponse:
    if round_ is None:
        return render(request, "public/scores/board.html", {"board": None, "schemes": []})
    others = boards.rounds_of(round_.scheme.key, round_.cycle)[: boards.LINE]
    return render(request, "public/scores/board.html", {
        "board": boards.board(round_, request.GET.get("page")), "round": round_, "others": others,
        "schemes": [(one, mark_of(one), mark_of(one) == mark_of(round_)) for one in schemes],
    })  # fmt: skip


def _opened(request: HttpRequest, sides: list[rounds.Side]) -> rounds.Side | None:
    """Whose evidence is shown: the one asked for, else the first that has any."""
    wanted = request.GET.get("of", "")
    found = [side for side in sides if side.has_evidence]
    if wanted and all(side.rules.key != wanted for side in sides):
        raise Http404
    return next(
        (side for side in found if side.rules.key == wanted), found[0] if found and not wanted else None
    )
