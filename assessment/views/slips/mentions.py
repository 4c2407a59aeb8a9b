"""通报表扬与通报批评: what the rules propose and the office enters, decided on the desk; what is confirmed is public."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.enums.slips import MentionKind
from assessment.forms.mentions import MentionFilter, MentionForm
from assessment.forms.slips import NoteForm
from assessment.models import Mention
from assessment.operations import mentions as operations
from assessment.operations.mentions import Entry
from assessment.queries import mentions as queries
from assessment.rules.facts import may_assess
from assessment.rules.slips import why_not_mention
from assessment.views.slips.answering import run
from interaction.queries.trails import trail
from portal.workflow import open_moves

PAGE_SIZE = 20
ACTS = {
    "confirm": (operations.confirm, "已列入通报，公布在“通报名单”页：{}"),
    "strike": (operations.strike, "不列入：{}"),
}


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """`/scoreboard/mentions/`: for everybody, confirmed entries only; `?kind=` shows one list."""
    kind = request.GET.get("kind", "")
    rows = queries.public()
    if kind in MentionKind.values:
        rows = rows.filter(kind=kind)
    return render(request, "public/mentions.html", {
        "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")), "kinds": MentionKind.choices,
        "kind": kind,
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def mentions(request: HttpRequest) -> HttpResponse:
    form = MentionFilter(request.GET)
    rows = form.rows(queries.visible_to(request.user)).select_related("unit", "column__site", "person")
    return render(request, "desk/mentions/list.html", {
        "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")), "form": form,
        "is_narrowed": any(request.GET.get(name) for name in form.fields), "here": "mentions",
        "may_enter": may_assess(request.user),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """登记通报事项."""
    if not may_assess(request.user):
        raise PermissionDenied("通报事项由有主站全站检查权限的人登记")
    form, status = MentionForm(request.POST or None), 200
    if request.method == "POST":
        status = run(request, form, request.site, lambda: _enter(request, form.cleaned_data))
        if not status:
            messages.success(request, "已登记，确认列入后公布")
            return redirect("desk:mentions")
    return render(request, "desk/mentions/enter.html", {"form": form, "here": "mentions"}, status=status)


@require_safe
@login_required
@never_cache
def mention(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _find(request, pk), NoteForm())


@require_POST
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """列入, 不列入."""
    if verb not in ACTS:
        raise Http404
    found, form = _find(request, pk), NoteForm(request.POST)
    operation, said = ACTS[verb]
    status = run(
        request, form, found, lambda: operation(found, by=request.user, note=form.cleaned_data["note"])
    )
    if status:
        return _shown(request, _find(request, pk), form, status)
    messages.success(request, said.format(found))
    return redirect("desk:mention", pk)


def _enter(request: HttpRequest, typed: dict) -> Mention:
    met = typed["condition"]
    entry = Entry(
        kind=met.kind, unit=typed["unit"], rule=met.text, clause=met.full_clause, facts=typed["facts"],
        person=typed["person"],
    )  # fmt: skip
    return operations.enter(entry, by=request.user, key=typed["key"])


def _find(request: HttpRequest, pk: int) -> Mention:
    rows = queries.visible_to(request.user).select_related(
        "unit__head", "column__site", "person", "decided_by"
    )
    return get_object_or_404(rows, pk=pk)


def _shown(request: HttpRequest, found: Mention, form: NoteForm, status: int = 200) -> HttpResponse:
    moves = {one.verb: one for one in open_moves(found, request.user, why_not_mention)}
    context = {"mention": found, "form": form, "moves": moves, "entries": trail(found), "here": "mentions"}
    return render(request, "desk/mentions/one.html", context, status=status)
