"""在线投稿: how it goes, the columns that take texts, one's own, and what was adopted lately (办法第十四条第2项)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from columns.models import Column
from interaction.forms.contributions import ContributionForm
from interaction.models import Contribution
from interaction.operations import contributions as operations
from interaction.operations import items
from interaction.queries import clocks
from interaction.queries import contributions as queries
from interaction.rules import contributions as rules
from portal import rates
from portal.posting import stays_open
from portal.refusals import refused
from portal.workflow import Refused, open_moves
from publishing.views.public import readable

MOST, SECONDS = 6, 3600
SHOWN = 10


@require_safe
def contributions(request: HttpRequest) -> HttpResponse:
    columns, user = readable(request), request.user
    mine = queries.of(user).filter(site=request.site)[:SHOWN] if user.is_authenticated else []
    return render(request, "public/interaction/contributions/list.html", {
        "taking": [(one, columns.path(one)[0], _why_not(request, one)) for one in columns if one.takes_contributions],
        "mine": mine, "lately": queries.lately_live(request.site, columns)[:SHOWN],
        "days": items.days(),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """投稿. On a refusal the form comes back with the reason and what was typed."""
    tree = readable(request)
    offered = [one for one in tree if not rules.why_not_contribute(request.user, one)]
    if request.method == "GET":
        wanted = tree.by_slug(request.GET.get("column", ""))
        form = ContributionForm(columns=offered, tree=tree, initial={"column": wanted.pk if wanted else None})
        return _form(request, form)
    form = ContributionForm(request.POST, columns=offered, tree=tree)
    if not form.is_valid():
        return _form(request, form, 422)
    if not rates.allow(f"contribution|{request.user.pk}", most=MOST, seconds=SECONDS):
        form.add_error(None, "您投稿太频繁了，请过一会儿再提交。您写的内容还在下面。")
        return _form(request, form, 429)
    try:
        sent = operations.submit(form.text(), by=request.user, key=form.cleaned_data["key"])
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _form(request, form, refused(request, refusal, request.site))
    messages.success(request, "投稿已提交，版主处理后会有消息告诉您。")
    return redirect(sent.get_absolute_url())


@require_safe
@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own contribution: the text, where it is, why it was refused."""
    found = _own(request, pk)
    moves = open_moves(found, request.user, rules.why_not, {"withdraw"})
    return render(request, "public/interaction/contributions/one.html", {
        "contribution": found, "may_withdraw": bool(moves), **clocks.standing(found),
    })  # fmt: skip


@stays_open
@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回, as long as nobody has taken it."""
    found = _own(request, pk)
    try:
        operations.withdraw(found, by=request.user)
    except Refused as refusal:
        refused(request, refusal, found)
        messages.error(request, refusal.message)
    else:
        messages.success(request, "投稿已撤回。")
    return redirect(found.get_absolute_url())


def _own(request: HttpRequest, pk: int) -> Contribution:
    found = get_object_or_404(queries.of(request.user), pk=pk)
    if found.site_id != request.site.pk:
        raise Http404
    return found


def _why_not(request: HttpRequest, column: Column) -> str:
    """Nobody is told to sign in before they choose: the form does that."""
    return rules.why_not_contribute(request.user, column) if request.user.is_authenticated else ""


def _form(request: HttpRequest, form: ContributionForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "days": items.days()}
    return render(request, "public/interaction/contributions/new.html", context, status=status)
