"""待审评论: moderators decide; they and inspection see every comment with its reason, however it stands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from columns import rules as column_rules
from interaction.enums.comments import CommentState
from interaction.forms.decisions import DecisionForm
from interaction.models import Comment
from interaction.operations import comments as operations
from interaction.queries import clocks
from interaction.queries import comments as queries
from interaction.queries.trails import trail
from interaction.rules import comments as rules
from portal.refusals import refused, unseen
from portal.workflow import Refused, open_moves

PAGE_SIZE = 20
DONE = {
    "publish": "已同意发布",
    "refuse": "未予发布，理由已告知评论人",
    "withdraw": "已撤下，理由已告知评论人",
}


@require_safe
@login_required
@never_cache
def comments(request: HttpRequest) -> HttpResponse:
    """All comments of the columns one moderates or inspects; `?state=` shows those that stand so."""
    if not column_rules.powers_of(request.user).anywhere(*rules.OVERSEES):
        raise PermissionDenied("评论由栏目版主审核；您自己发表的评论请看“我的参与”。")
    state = request.GET.get("state", "").upper()
    if state and state not in CommentState.values:
        raise Http404
    rows = queries.overseen(request.user)
    counts = queries.by_state(rows)
    listing = Paginator(rows.filter(state=state) if state else rows, PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(request, "desk/interaction/comments.html", {
        "listing": listing, "state": state,
        "tabs": [("", "全部", sum(counts.values()))]
        + [(one.value, one.label, counts.get(one.value, 0)) for one in CommentState],
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    return _screen(request, _found(request, pk), DecisionForm())


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A button was pressed; afterwards the next comment that waits comes up."""
    if verb not in DONE:
        raise Http404
    if request.method == "GET":
        return redirect("desk:comment", pk)
    found, form = _found(request, pk), DecisionForm(request.POST)
    if not form.is_valid():
        return _screen(request, found, form, 422)
    following = queries.to_decide(request.user).exclude(pk=pk).order_by("at").first()
    typed = {} if verb == "publish" else {"note": form.cleaned_data["note"]}
    try:
        getattr(operations, verb)(found, by=request.user, **typed)
    except Refused as refusal:
        form.add_error("note" if refusal.field == "note" else None, refusal.message)
        return _screen(request, _found(request, pk), form, refused(request, refusal, found))
    messages.success(request, f"{DONE[verb]}：“{found}”")
    if verb == "withdraw" or following is None:
        return redirect("desk:comments")
    return redirect("desk:comment", following.pk)


def _screen(request: HttpRequest, found: Comment, form: DecisionForm, status: int = 200) -> HttpResponse:
    moves = {move.verb: move for move in open_moves(found, request.user, rules.why_not)}
    return render(request, "desk/interaction/comment.html", {
        "comment": found, "subject": found.subject, "form": form, "moves": moves,
        "acts_for": rules.acting_for(request.user, next(iter(moves)), found) if moves else None,
        "why_not": "" if moves else rules.why_not(request.user, "publish", found),
        "refusal": next(iter(form.non_field_errors()), ""),
        "entries": trail(found), **clocks.standing(found),
    }, status=status)  # fmt: skip


def _found(request: HttpRequest, pk: int) -> Comment:
    with_all = Comment.objects.select_related(
        *queries.SHOWN_WITH, "author", "department", "decided_by", "decided_for"
    )
    found = get_object_or_404(with_all, pk=pk)
    if not rules.oversees(request.user, found):
        raise unseen(request, found, "不能查看和审核这条评论")
    return found
