"""待处理投稿: moderators adopt or refuse; they and inspection see every contribution with its reason."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from columns import rules as column_rules
from interaction.enums.contributions import ContributionState
from interaction.forms.decisions import DecisionForm
from interaction.models import Contribution
from interaction.operations import contributions as operations
from interaction.queries import clocks
from interaction.queries import contributions as queries
from interaction.queries.trails import trail
from interaction.rules import contributions as rules
from portal.refusals import refused, unseen
from portal.workflow import Refused, open_moves

PAGE_SIZE = 20
VERBS = ("adopt", "refuse")


@require_safe
@login_required
@never_cache
def contributions(request: HttpRequest) -> HttpResponse:
    """All contributions to the columns one moderates or inspects; `?state=` shows those that stand so."""
    if not column_rules.powers_of(request.user).anywhere(*rules.OVERSEES):
        raise PermissionDenied("投稿由栏目版主处理；您自己的投稿请看“我的参与”。")
    state = request.GET.get("state", "").upper()
    if state and state not in ContributionState.values:
        raise Http404
    rows = queries.overseen(request.user)
    counts = queries.by_state(rows)
    listing = Paginator(rows.filter(state=state) if state else rows, PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(request, "desk/interaction/contributions.html", {
        "listing": listing, "state": state,
        "tabs": [("", "全部", sum(counts.values()))]
        + [(one.value, one.label, counts.get(one.value, 0)) for one in ContributionState],
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    return _screen(request, _found(request, pk), DecisionForm())


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """采用 leads on to the draft, 不予采用 to the next contribution that waits."""
    if verb not in VERBS:
        raise Http404
    if request.method == "GET":
        return redirect("desk:contribution", pk)
    found, form = _found(request, pk), DecisionForm(request.POST)
    if not form.is_valid():
        return _screen(request, found, form, 422)
    typed = {"note": form.cleaned_data["note"]} if verb == "refuse" else {}
    try:
        done = getattr(operations, verb)(found, by=request.user, **typed)
    except Refused as refusal:
        form.add_error("note" if refusal.field == "note" else None, refusal.message)
        return _screen(request, _found(request, pk), form, refused(request, refusal, found))
    if verb == "adopt":
        messages.success(request, f"已采用《{done}》，这是据此建立的草稿，请按栏目的程序办理。")
        return redirect("desk:article", done.article_id)
    messages.success(request, f"未采用《{done}》，理由已告知投稿人。")
    following = queries.to_decide(request.user).order_by("at").first()
    return redirect("desk:contribution", following.pk) if following else redirect("desk:contributions")


def _screen(request: HttpRequest, found: Contribution, form: DecisionForm, status: int = 200) -> HttpResponse:
    moves = {move.verb: move for move in open_moves(found, request.user, rules.why_not, VERBS)}
    return render(request, "desk/interaction/contribution.html", {
        "contribution": found, "form": form, "moves": moves,
        "acts_for": rules.acting_for(request.user, "adopt", found) if moves else None,
        "why_not": "" if moves else rules.why_not(request.user, "adopt", found),
        "refusal": next(iter(form.non_field_errors()), ""),
        "entries": trail(found), **clocks.standing(found),
    }, status=status)  # fmt: skip


def _found(request: HttpRequest, pk: int) -> Contribution:
    found = get_object_or_404(Contribution.objects.select_related(*queries.SHOWN_WITH), pk=pk)
    if not rules.oversees(request.user, found):
        raise unseen(request, found, "不能查看和处理这件投稿")
    return found
