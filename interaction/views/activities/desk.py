"""Where activities are made and decided about: the list, one activity's page, its frame, the buttons.

Every page about one activity asks `may_see_work` first and answers 404 to others, so that addresses tell nothing.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from columns import rules as column_rules
from interaction.acts.activities import ACTS
from interaction.enums.activities import ActivityState, Phase
from interaction.forms.activities import ActivityFilter, FrameForm, MoveForm, initial_of, participants_of
from interaction.models import Activity
from interaction.operations import activities as operations
from interaction.queries import activities as queries
from interaction.rules import activities as rules
from interaction.rules.kinds import Kind, by_slug, kind_of, kinds
from portal.enums import SEES_WORK, Power
from portal.models import AuditEntry
from portal.refusals import refused, unseen
from portal.workflow import Refused, open_moves

PAGE_SIZE = 20
WITH_ALL = (
    "site", "department", "copy_of", "created_by", "saved_by", "reported_by", "decided_by", "results_published_by",
)  # fmt: skip


@require_safe
@login_required
@never_cache
def activities(request: HttpRequest) -> HttpResponse:
    """All activities of the sites whose work the person sees, newest first."""
    powers = column_rules.powers_of(request.user)
    rows = queries.listed(request.user)
    if not powers.sites_with(*SEES_WORK) and not rows.exists():
        raise Http404
    form = ActivityFilter(request.GET)
    listing = Paginator(form.narrow(rows), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/activities/list.html", {
        "listing": listing, "form": form, "here": "activities", "is_narrowed": any(form.cleaned_data.values()),
        "kinds": kinds() if powers.on_some_site(Power.COLLECT) else [],
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """A new draft of one kind; only for whoever makes activities for some site."""
    kind = by_slug(slug)
    if kind is None or not column_rules.powers_of(request.user).on_some_site(Power.COLLECT):
        raise Http404
    sites = column_rules.powers_of(request.user).sites_with(Power.COLLECT)
    initial = {
        "clause": kind.clause, "department": request.user.department_id, "participants": kind.participants[0],
        "site": request.site.pk if request.site.pk in sites else min(sites),
    }  # fmt: skip
    form = FrameForm(_sent(request), user=request.user, kind=kind, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _framed(request, form, kind)
    try:
        made = operations.create(kind.key, form.cleaned_data["site"], form.frame, by=request.user)
    except Refused as refusal:
        return _refused_frame(request, form, kind, refusal, about=form.cleaned_data["site"])
    messages.success(request, f"已建立草稿：“{made}”。接着填写{kind.label}的内容。")
    return redirect(f"desk:{kind.editor}", made.pk)


@require_safe
@login_required
@never_cache
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    return shown(request, find(request, pk))


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """标题、说明、时间、范围."""
    found = find(request, pk, editing=True)
    kind = kind_of(found)
    form = FrameForm(_sent(request), user=request.user, kind=kind, activity=found, initial=initial_of(found))
    if request.method != "POST" or not form.is_valid():
        return _framed(request, form, kind, found)
    try:
        operations.save(found, form.frame, by=request.user, version=form.cleaned_data["version"])
    except Refused as refusal:
        return _refused_frame(request, form, kind, refusal, about=found, activity=found)
    messages.success(request, f"已保存：“{found}”")
    return redirect("desk:activity", pk)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A button was pressed; a refusal comes back to the page with what was typed."""
    if verb not in ACTS:
        raise Http404
    if request.method == "GET":
        return redirect("desk:activity", pk)
    found = find(request, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return shown(request, found, verb=verb, form=form, status=422)
    try:
        ACTS[verb].run(found, request.user, form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        status = refused(request, refusal, found)
        return shown(request, find(request, pk), verb=verb, form=form, status=status)
    messages.success(request, ACTS[verb].done.format(found))
    return redirect("desk:activity", pk)


@require_POST
@login_required
@never_cache
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """复制为新草稿: with its content, without its dates."""
    found = find(request, pk)
    try:
        made = operations.copy(found, by=request.user)
    except Refused as refusal:
        form = MoveForm({})
        form.add_error(None, refusal.message)
        return shown(request, found, verb="copy", form=form, status=refused(request, refusal, found))
    messages.success(request, f"已复制为新草稿：“{made}”。请重新填写时间。")
    return redirect("desk:activity_edit", made.pk)


def find(request: HttpRequest, pk: int, *, editing: bool = False) -> Activity:
    """The activity for a page of the desk; 404 for whoever does not see its work, and for editing what cannot be."""
    found = get_object_or_404(Activity.objects.select_related(*WITH_ALL), pk=pk)
    if not rules.may_see_work(request.user, found):
        raise unseen(request, found, "不能查看和办理这项活动")
    if editing and not rules.may_make(request.user, found.site_id):
        raise unseen(request, found, "不能修改这项活动")
    return found


def shown(
    request: HttpRequest,
    found: Activity,
    *,
    verb: str = "",
    form: MoveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Its page: facts, content, moves, trail; `form` is what was typed for `verb` and refused."""
    kind = kind_of(found)
    moves = [
        (move, ACTS[move.verb].asks)
        for move in open_moves(found, request.user, rules.why_not)
        if not rules.not_now(move.verb, found)
    ]
    context = {
        "activity": found, "kind": kind, "here": "activities", "typed_verb": verb, "form": form or MoveForm(),
        "moves": moves, "must_say": "、".join(move.label for move, _ in moves if move.needs_note),
        "issues": rules.issues(found) if found.is_editable or found.state == ActivityState.IN_REVIEW else [],
        "may_edit": rules.may_edit(request.user, found), "may_copy": rules.may_make(request.user, found.site_id),
        "participants": dict(participants_of(kind))[found.participants],
        "departments": found.departments.all(), "entries": _entries(found),
        "is_public": found.state == ActivityState.APPROVED,
        "sees_results": bool(kind.results) and rules.may_see_results(request.user, found),
        "is_sealed": bool(kind.results) and found.phase in (Phase.COMING, Phase.OPEN),
        "acts_for": rules.acting_for(request.user, moves[0][0].verb, found) if moves else None,
        **kind.content(found),
    }  # fmt: skip
    return render(request, "desk/activities/one.html", context, status=status)


def _entries(found: Activity):
    """The audit trail, oldest first."""
    rows = AuditEntry.objects.filter(object_type=Activity._meta.label_lower, object_id=str(found.pk))
    return rows.select_related("actor__department", "acting_for").order_by("id")


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _framed(
    request: HttpRequest, form: FrameForm, kind: Kind, found: Activity | None = None, status: int = 0
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "kind": kind, "activity": found, "here": "activities"}
    return render(
        request, "desk/activities/frame.html", context, status=status or (422 if form.errors else 200)
    )


def _refused_frame(
    request: HttpRequest,
    form: FrameForm,
    kind: Kind,
    refusal: Refused,
    *,
    about,
    activity: Activity | None = None,
) -> HttpResponse:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return _framed(request, form, kind, activity, refused(request, refusal, about))
