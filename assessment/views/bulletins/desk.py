"""通报 on the desk: the list, a new one, its words beside the paper as it will go out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.enums.bulletins import BulletinState
from assessment.forms.bulletins import SpanForm, WordsForm
from assessment.models import Bulletin
from assessment.operations import bulletins as operations
from assessment.queries import bulletins as queries
from assessment.rules import bulletins as rules
from portal.refusals import refused, unseen
from portal.todos import PAGE_SIZE
from portal.views.papers import answer
from portal.workflow import Refused, open_moves

HERE = "bulletins"


@require_safe
@login_required
@never_cache
def bulletins(request: HttpRequest) -> HttpResponse:
    """Issued ones for everybody signed in, drafts for assessors."""
    rows = queries.listed(drafts=rules.may_see_draft(request.user))
    return render(request, "desk/bulletins/list.html", {
        "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_draft": rules.may_see_draft(request.user), "here": HERE,
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    if not rules.may_see_draft(request.user):
        raise unseen(request, Bulletin(), "您没有主站全站的检查权限，不能办理通报")
    form = SpanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            bulletin = operations.draft(asked["kind"], asked["scheme"], asked["day"], by=request.user)
            return redirect(bulletin.desk_url)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
    status = 422 if form.errors else 200
    return render(request, "desk/bulletins/new.html", {"form": form, "here": HERE}, status=status)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper; a draft with the words to mend, `issue` pressed saves and issues."""
    row = find(request, pk)
    if request.method == "GET" or row.state != BulletinState.DRAFT:
        return _page(request, row, WordsForm.of(row), status=200 if request.method == "GET" else 409)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form, status=422)
    try:
        row = operations.save(row, form.words, by=request.user, version=form.cleaned_data["version"])
        if "issue" in request.POST:
            row = operations.issue(row, by=request.user, version=row.version)
            messages.success(request, f"已印发：{row}")
        else:
            messages.success(request, "已保存")
    except Refused as refusal:
        form = WordsForm({**request.POST.dict(), "version": row.version}) if refusal.field else form
        form.is_valid()
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, row, form, status=refused(request, refusal, row))
    return redirect(row.desk_url)


@require_POST
@login_required
@never_cache
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    row = find(request, pk)
    try:
        operations.withdraw(row, by=request.user, note=request.POST.get("note", ""))
    except Refused as refusal:
        return _page(
            request, row, WordsForm.of(row), refusal=refusal.message, status=refused(request, refusal, row)
        )
    messages.success(request, f"已撤回：{row}")
    return redirect(row.desk_url)


@require_safe
@login_required
@never_cache
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The paper as .docx or .xlsx."""
    return answer(queries.paper_of(find(request, pk)), form)


def find(request: HttpRequest, pk: int) -> Bulletin:
    """Issued ones for whoever is signed in; drafts and withdrawn ones for assessors, for others they are not there."""
    row = get_object_or_404(Bulletin.objects.select_related("scheme", "drafted_by", "issued_by"), pk=pk)
    if rules.may_see(request.user, row) or rules.may_see_draft(request.user):
        return row
    raise unseen(request, row, "您没有主站全站的检查权限，不能办理通报")


def _page(
    request: HttpRequest, row: Bulletin, form: WordsForm, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    return render(request, "desk/bulletins/bulletin.html", {
        "bulletin": row, "paper": queries.paper_of(row), "form": form, "refusal": refusal, "here": HERE,
        "moves": {move.verb for move in open_moves(row, request.user, rules.why_not)},
    }, status=status)  # fmt: skip
