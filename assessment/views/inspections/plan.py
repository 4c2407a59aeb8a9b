"""检查: the list, the plan, its buttons, what anybody can draw again, the workbook."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.enums.inspections import InspectionState
from assessment.forms.inspections import DaysForm, EndForm, NoteForm, PlanForm, plan_of
from assessment.models import Inspection
from assessment.operations import inspections as operations
from assessment.queries import inspections as queries
from assessment.queries import trails
from assessment.rules import drawing, oversight
from assessment.rules import inspections as rules
from assessment.workbook import inspections as workbook
from portal import clock
from portal.refusals import refused, unseen
from portal.workflow import Refused

PAGE_SIZE, HERE = 20, "inspections"
STATES = InspectionState.values
VERBS = {"begin": NoteForm, "end": EndForm, "call_off": NoteForm}
DONE = {"begin": "已抽取栏目，检查开始", "end": "检查已结束", "call_off": "已取消"}


@require_safe
@login_required
@never_cache
def inspections(request: HttpRequest) -> HttpResponse:
    """All for overseers; a unit's people those in which something of theirs was looked at."""
    rows = queries.visible_to(request.user)
    state = request.GET.get("state", "")
    if state in STATES:
        rows = rows.filter(state=state)
    listing = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    found = queries.with_figures(Inspection.objects.filter(pk__in=[one.pk for one in listing]), request.user)
    listing.object_list = list(found)
    return render(request, "desk/inspections/list.html", {
        "listing": listing, "state": state, "states": InspectionState.choices, "tab": HERE, "here": HERE,
        "oversees": oversight.oversees(request.user), "assesses": oversight.assesses(request.user),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    _require_assessor(request)
    form = PlanForm(sent(request), initial={"planned_on": clock.today()})
    if not form.is_valid():
        return _planned(request, form)
    try:
        made = operations.plan(form.plan, by=request.user)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _planned(request, form, status=refused(request, refusal, request.user))
    messages.success(request, f"已计划：“{made}”。到时打开它，按“开始检查”抽取栏目。")
    return redirect(made)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    _require_assessor(request)
    found = get_object_or_404(Inspection, pk=pk)
    form = PlanForm(sent(request), initial=plan_of(found), inspection=found)
    if not form.is_valid():
        return _planned(request, form, found)
    try:
        operations.change(found, form.plan, by=request.user)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _planned(request, form, found, status=refused(request, refusal, found))
    messages.success(request, "已保存。")
    return redirect(found)


@require_safe
@login_required
@never_cache
def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find(request, pk))


@require_POST
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """开始检查, 结束检查, 取消."""
    if verb not in VERBS:
        raise Http404
    found = find(request, pk)
    form = VERBS[verb](request.POST)
    if not form.is_valid():
        return _page(request, found, typed=(verb, form), status=422)
    try:
        getattr(operations, verb)(found, **({} if verb == "begin" else form.cleaned_data), by=request.user)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        status = refused(request, refusal, found)
        return _page(request, find(request, pk), typed=(verb, form), status=status)
    messages.success(request, f"{DONE[verb]}。")
    return redirect(found)


@require_safe
@login_required
@never_cache
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """核对抽样: every number that can be worked out again, what the person may not read left out."""
    found = find(request, pk)
    if not found.seed:
        raise Http404
    hidden = rules.hidden(request.user, found.sites.all())
    drawings = [(one["name"], one["site"], queries.lots(found, one, hidden)) for one in found.draw]
    return render(request, "desk/inspections/draw.html", {
        "inspection": found, "drawings": drawings, "method": drawing.METHOD, "here": HERE,
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person may see of it, as a workbook."""
    found = find(request, pk)
    checks = queries.checks_for(found, request.user)
    return workbook.write(found, checks, queries.points(checks))


def find(request: HttpRequest, pk: int) -> Inspection:
    """404 to whoever may not know of it."""
    found = get_object_or_404(Inspection.objects.select_related("planned_by"), pk=pk)
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "不能查看和办理这次检查")
    return found


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, though it be nothing."""
    return request.POST if request.method == "POST" else None


def _require_assessor(request: HttpRequest) -> None:
    if not oversight.assesses(request.user):
        raise unseen(request, request.user, oversight.NO_POWER)


def _planned(
    request: HttpRequest, form: PlanForm, found: Inspection | None = None, status: int = 200
) -> HttpResponse:
    status = 422 if form.is_bound and status == 200 else status
    context = {"form": form, "inspection": found, "here": HERE}
    return render(request, "desk/inspections/plan.html", context, status=status)


def _page(
    request: HttpRequest, found: Inspection, typed: tuple[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    verb, form = typed or ("", None)
    sheets = queries.sheets(found, request.user)
    checks = queries.checks_for(found, request.user)
    oversees, assesses = oversight.oversees(request.user), oversight.assesses(request.user)
    return render(request, "desk/inspections/one.html", {
        "inspection": found, "sheets": sheets, "looked_at": found.sites.all(), "oversees": oversees,
        "assesses": assesses, "units": queries.points(checks), "left": queries.pending(found),
        "items": sum(len(one.checks) for one in sheets), "here": HERE, "days_form": DaysForm(
            initial={"working_days": found.rectify_days}
        ),
        "end_form": form if verb == "end" else EndForm(), "note_form": form if verb == "call_off" else NoteForm(),
        "refusal": "；".join(form.non_field_errors()) if form else "", "verb": verb,
        "entries": trails.of(found) if oversees else [],
    }, status=status)  # fmt: skip
