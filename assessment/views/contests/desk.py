"""评比 on the desk: made, its candidates, its poll, decided, published. Overseers alone see it before that."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.enums.inspections import ContestKind, ContestState
from assessment.forms.contests import CallForm, LinkForm, PollForm, PutUpForm, TakeOffForm
from assessment.models import Contest
from assessment.operations import contests as operations
from assessment.queries import catalogues, trails
from assessment.queries import contests as queries
from assessment.rules import contests as rules
from assessment.rules import oversight
from assessment.views.inspections.plan import HERE, sent
from interaction.rules import activities as activity_rules
from portal import clock
from portal.refusals import refused, unseen
from portal.workflow import Refused

PAGE_SIZE, TAB = 20, "contests"
DONE = {"decide": "已评定，核对无误后公布", "publish": "已公布，获奖的已列入通报表扬名单"}
WITH_ALL = ("poll__site", "scheme", "created_by", "decided_by")


@require_safe
@login_required
@never_cache
def contests(request: HttpRequest) -> HttpResponse:
    _require_overseer(request)
    rows = Contest.objects.select_related("poll")
    listing = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/contests/list.html", {
        "listing": listing, "tab": TAB, "here": HERE, "oversees": True,
        "assesses": oversight.assesses(request.user),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """`?kind=`: what the contest is about; weights begin as the regulation's preset says."""
    if not oversight.assesses(request.user):
        raise unseen(request, request.user, oversight.NO_POWER)
    wanted = request.POST.get("kind") or request.GET.get("kind")
    kind = ContestKind(wanted) if wanted in ContestKind.values else ContestKind.SITE
    known, today = catalogues.formulas()[kind], clock.today()
    first = parse_date(f"{today.year}-01-01")
    initial = {name: known[name] for name in ("score_weight", "vote_weight", "winners")} | {
        "kind": kind, "title": f"{today.year}年度{kind.label}", "starts_on": first, "ends_on": today,
    }  # fmt: skip
    form, status = CallForm(sent(request), initial=initial), 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                made = operations.create(form.call, by=request.user)
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
                status = refused(request, refusal, request.user)
            else:
                messages.success(request, "已建立。请核对候选，再建立投票。")
                return redirect(made)
    return render(request, "desk/contests/new.html", {
        "form": form, "kind": kind, "kinds": ContestKind.choices, "formula": known["parts"], "here": HERE,
    }, status=status)  # fmt: skip


@require_safe
@login_required
@never_cache
def contest(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _find(request, pk))


@require_POST
@login_required
@never_cache
def put_up(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    form = PutUpForm(request.POST, contest=found)
    return _answered(request, found, "put_up", form, "已加入候选", _put_up)


@require_POST
@login_required
@never_cache
def take_off(request: HttpRequest, pk: int, candidate: int) -> HttpResponse:
    found = _find(request, pk)
    one = get_object_or_404(found.candidates, pk=candidate)
    form = TakeOffForm(request.POST)

    def run(contest: Contest, typed: dict[str, Any], user) -> None:
        operations.take_off(contest, one, by=user, note=typed["note"])

    return _answered(request, found, f"take_off_{candidate}", form, f"已去掉“{one}”", run)


@require_POST
@login_required
@never_cache
def make_poll(request: HttpRequest, pk: int) -> HttpResponse:
    form = PollForm(request.POST)
    done = "已建立投票草稿，请打开它提交审核"
    return _answered(request, _find(request, pk), "make_poll", form, done, _make_poll)


@require_POST
@login_required
@never_cache
def link(request: HttpRequest, pk: int) -> HttpResponse:
    found = _find(request, pk)
    if found.poll is None:
        raise Http404
    form = LinkForm(request.POST, contest=found)

    def run(contest: Contest, typed: dict[str, Any], user) -> None:
        operations.link(contest, form.chosen, by=user)

    return _answered(request, found, "link", form, "已保存对应关系", run)


@require_POST
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """评定, 公布."""
    if verb not in DONE:
        raise Http404

    def run(contest: Contest, typed: dict[str, Any], user) -> None:
        getattr(operations, verb)(contest, by=user)

    return _answered(request, _find(request, pk), verb, forms.Form(request.POST), DONE[verb], run)


def _put_up(found: Contest, typed: dict[str, Any], user) -> None:
    operations.put_up(found, typed["thing"], by=user)


def _make_poll(found: Contest, typed: dict[str, Any], user) -> None:
    operations.make_poll(found, **typed, by=user)


def _answered(request: HttpRequest, found: Contest, verb: str, form, done: str, run) -> HttpResponse:
    """Do it and lead back to the page; a refusal comes back with the reason and what was typed."""
    if not form.is_valid():
        return _page(request, found, (verb, form), 422)
    try:
        run(found, form.cleaned_data, request.user)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        status = refused(request, refusal, found)
        return _page(request, _find(request, found.pk), (verb, form), status)
    messages.success(request, f"{done}。")
    return redirect(found)


def _require_overseer(request: HttpRequest) -> None:
    if not oversight.oversees(request.user):
        raise unseen(request, request.user, oversight.NO_POWER)


def _find(request: HttpRequest, pk: int) -> Contest:
    _require_overseer(request)
    return get_object_or_404(Contest.objects.select_related(*WITH_ALL), pk=pk)


def _page(
    request: HttpRequest, found: Contest, typed: tuple[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    verb, form = typed or ("", None)
    why_not = rules.why_not(request.user, "decide", found)
    is_open = found.state == ContestState.DRAFT and (found.poll is None or found.poll.state in rules.GONE)
    site = operations.main_site()
    candidates = list(found.candidates.select_related("unit", "option"))
    may_link = found.poll is not None and found.state != ContestState.PUBLISHED and not why_not
    lost = may_link and any(one.option_id is None for one in candidates)
    return render(request, "desk/contests/one.html", {
        "contest": found, "candidates": candidates, "why_not": why_not, "verb": verb, "form": form,
        "is_open": is_open and not why_not, "not_now": rules.not_now(found), "here": HERE,
        "moves": [] if why_not else [one.verb for one in found.workflow.from_state(found.state)],
        "may_poll": is_open and found.vote_weight and oversight.assesses(request.user),
        "put_up_form": _own(verb, form, "put_up") or (PutUpForm(contest=found) if is_open else None),
        "poll_form": _own(verb, form, "make_poll") or PollForm(),
        "link_form": (_own(verb, form, "link") or LinkForm(contest=found)) if lost or verb == "link" else None,
        "makes_polls": activity_rules.may_make(request.user, site.pk),
        "makers": queries.poll_makers(site) if is_open and found.vote_weight else [],
        "vote_rule": rules.VOTE_RULE, "entries": trails.of(found),
        "refusal": "；".join(form.non_field_errors()) if form else "",
        "off_error": form.errors.get("note") if form and verb.startswith("take_off") else None,
    }, status=status)  # fmt: skip


def _own(verb: str, form: Any, wanted: str) -> Any:
    return form if verb == wanted else None
