"""Where texts are handled: the review queue, the item screen, and how a text came about.

Every page about one text asks `may_see_work` first and answers 404 to others, so that addresses tell nothing.
"""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.models import AuditEntry
from portal.refusals import refused, unseen
from portal.workflow import Refused, open_moves
from publishing import rules, todos
from publishing.acts import ACTS
from publishing.enums import OPEN_STATES, ArticleState
from publishing.forms.review import form_for
from publishing.models import Article, Revision
from publishing.operations.drafts import open_revision
from publishing.views import changes, item

PAGE_SIZE = 20
NUMBER = re.compile(r"[0-9]{1,9}")
KEPT = "kept_note"
AT_HAND = ("report", "recall", "discard")


@require_safe
@login_required
@never_cache
def reviews(request: HttpRequest) -> HttpResponse:
    """待审核 then 待发布, nearest due first; `?kind=` shows one of the two."""
    kind = request.GET.get("kind", "")
    if kind and kind not in todos.QUEUE:
        raise Http404
    listing = todos.page(request.user, [kind] if kind else todos.QUEUE, request.GET.get("page"))
    return render(request, "desk/reviews.html", {"listing": listing, "here": kind or "review", "kind": kind})


@require_safe
@login_required
@never_cache
def review(request: HttpRequest, pk: int) -> HttpResponse:
    revision = _revision(request, pk)
    kept = request.session.get(KEPT) or {}
    note = request.session.pop(KEPT)["note"] if kept.get("revision") == pk else ""
    return render(request, "desk/review.html", item.screen(revision, request.user, note=note))


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A button was pressed. On a refusal the screen comes back with the reason and what was typed."""
    address = reverse("desk:review", args=[pk])
    if verb not in ACTS:
        raise Http404
    if not request.user.is_authenticated:
        if note := request.POST.get("note", "")[:500]:
            request.session[KEPT] = {"revision": pk, "note": note}
            request.keeps_what_was_typed = True
        return redirect_to_login(address)
    if request.method == "GET":
        return redirect(address)
    revision = _revision(request, pk)
    form = form_for(verb)(request.POST)
    if not form.is_valid():
        return _refused(request, pk, form, 422)
    following = todos.following(request.user, revision) if ACTS[verb].goes_on else None
    try:
        ACTS[verb].run(revision, request.user, form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _refused(request, pk, form, refused(request, refusal, revision))
    messages.success(request, ACTS[verb].done.format(revision.title))
    return _onward(revision, verb, following)


@require_safe
@login_required
@never_cache
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """办理过程: every revision, and who did what, when and why (石家庄制度: 谁发布、谁负责)."""
    found = _article(request, pk)
    revisions = list(found.revisions.select_related("saved_by", "saved_for", "column"))
    current = next((one for one in revisions if one.state in OPEN_STATES), None)
    live = found.published_revision if found.state == ArticleState.LIVE else None
    moves = open_moves(current, request.user, rules.why_not) if current else []
    return render(request, "desk/article.html", {
        "article": found, "revisions": revisions, "current": current, "live": live,
        "entries": _entries(found, revisions),
        "at_hand": [move for move in moves if move.verb in AT_HAND],
        "decisions": [move for move in moves if move.verb not in AT_HAND],
        "may_edit": rules.may_edit(request.user, found) and (current is None or current.is_editable),
        "may_withdraw": live is not None and rules.may(request.user, "withdraw", live),
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The text on its way as readers will see it; `?revision=` shows another one of the same article."""
    found = _article(request, pk)
    wanted = request.GET.get("revision")
    revision = _own(found, wanted) if wanted else open_revision(found) or found.published_revision
    if revision is None:
        raise Http404
    return render(request, "desk/preview.html", item.reading(revision))


@require_safe
@login_required
@never_cache
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every saved version, newest first; `?version=` chooses the one shown against the version before it."""
    found = _article(request, pk)
    versions = _versions(found)
    listing = Paginator(versions, PAGE_SIZE).get_page(request.GET.get("page"))
    wanted = request.GET.get("version", "")
    shown = get_object_or_404(versions, pk=wanted) if NUMBER.fullmatch(wanted) else next(iter(listing), None)
    before = versions.filter(pk__lt=shown.pk).first() if shown else None
    return render(request, "desk/history.html", {
        "article": found, "listing": listing, "shown": shown, "before": before,
        "changes": changes.between(before, shown) if before else None,
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two revisions against each other: by default the live one and the newest."""
    found = _article(request, pk)
    revisions = list(found.revisions.order_by("number"))
    if not revisions:
        raise Http404
    old = _own(found, request.GET["a"]) if request.GET.get("a") else found.published_revision or revisions[0]
    new = _own(found, request.GET["b"]) if request.GET.get("b") else revisions[-1]
    return render(request, "desk/compare.html", {
        "article": found, "revisions": revisions, "old": old, "new": new,
        "changes": changes.between(old, new),
    })  # fmt: skip


def _revision(request: HttpRequest, pk: int) -> Revision:
    with_all = Revision.objects.select_related(
        "article__site", "article__column__site", "article__published_revision", "column__site", "department",
        "cover", "reported_by", "reported_for", "saved_by", "saved_for",
    )  # fmt: skip
    revision = get_object_or_404(with_all, pk=pk)
    if not rules.may_see_work(request.user, revision.article):
        raise unseen(request, revision, "不能查看和办理这件稿件")
    return revision


def _article(request: HttpRequest, pk: int) -> Article:
    found = get_object_or_404(
        Article.objects.select_related(
            "site",
            "column",
            "published_revision__column",
            "published_revision__published_by",
            "published_revision__published_for",
        ),
        pk=pk,
    )
    if not rules.may_see_work(request.user, found):
        raise Http404
    return found


def _own(found: Article, number: str) -> Revision:
    """The article's revision by its 修订号; 404 for anything else."""
    if not NUMBER.fullmatch(number):
        raise Http404
    return get_object_or_404(
        found.revisions.select_related("column", "department", "cover"), number=int(number)
    )


def _versions(found: Article) -> QuerySet:
    rows = Revision.history.filter(article=found)
    rows = rows.select_related("saved_by", "saved_for", "column", "department", "cover")
    return rows.order_by("-history_id")


def _entries(found: Article, revisions: list[Revision]) -> QuerySet[AuditEntry]:
    """The audit trail of the article and all its revisions, oldest first."""
    about_article = AuditEntry.objects.filter(object_type=Article._meta.label_lower, object_id=str(found.pk))
    ids = [str(one.pk) for one in revisions]
    about_texts = AuditEntry.objects.filter(object_type=Revision._meta.label_lower, object_id__in=ids)
    return (about_article | about_texts).select_related("actor__department", "acting_for").order_by("id")


def _refused(request: HttpRequest, pk: int, form, status: int) -> HttpResponse:
    context = item.screen(_revision(request, pk), request.user)
    return render(request, "desk/review.html", item.with_typed(context, form), status=status)


def _onward(revision: Revision, verb: str, following: int | None) -> HttpResponse:
    """To the next text of the queue; after other acts back to the text."""
    if ACTS[verb].goes_on:
        return redirect("desk:review", following) if following else redirect("desk:reviews")
    if verb == "unschedule":
        return redirect("desk:review", revision.pk)
    return redirect("desk:article", revision.article_id)
