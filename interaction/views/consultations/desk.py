"""The editor of a consultation: one pasted text is cut into clauses, looked through, mended and saved."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from interaction.enums.activities import ActivityKind
from interaction.forms.consultations import ClauseSet, ContentForm, CutForm, rows_of
from interaction.models import Activity
from interaction.operations import consultations as operations
from interaction.rules.clauses import Piece
from interaction.views.activities.desk import find
from portal import addresses
from portal.refusals import refused
from portal.workflow import Refused

PREFIX = "clauses"


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """`cut` pressed shows the pieces of the pasted text and saves nothing; `save` saves."""
    activity = consultation_of(request, pk, editing=True)
    if request.method == "GET":
        return _page(request, activity, _content(activity), _rows(activity))
    if "cut" in request.POST:
        return _cut(request, activity)
    form = ContentForm(request.POST, request.FILES, activity=activity)
    rows = ClauseSet(request.POST, prefix=PREFIX)
    if not (form.is_valid() & rows.is_valid()):
        return _page(request, activity, form, rows, status=422)
    if against := addresses.why_not_upload(request) if request.FILES else "":
        form.add_error("files", against)
        return _page(request, activity, form, rows, status=422)
    try:
        operations.save(
            activity, form.content(rows.pieces), by=request.user, version=form.cleaned_data["version"]
        )
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, activity, form, rows, status=refused(request, refusal, activity))
    messages.success(request, f"已保存：“{activity}”，共 {_number(rows.pieces)} 条")
    return redirect("desk:activity", pk)


def consultation_of(request: HttpRequest, pk: int, *, editing: bool = False) -> Activity:
    """A consultation for a page of the desk; 404 for another kind of activity too."""
    activity = find(request, pk, editing=editing)
    if activity.kind != ActivityKind.CONSULTATION:
        raise Http404
    return activity


def _cut(request: HttpRequest, activity: Activity) -> HttpResponse:
    """The other fields stay as typed; files have to be chosen again."""
    form, cutting = ContentForm(request.POST, activity=activity), CutForm(request.POST)
    form.is_valid()
    if not cutting.is_valid():
        rows = ClauseSet(request.POST, prefix=PREFIX)
        return _page(request, activity, form, rows, cutting, status=422)
    pieces = cutting.pieces
    return _page(request, activity, form, _set(pieces), cutting, fresh=_number(pieces))


def _content(activity: Activity) -> ContentForm:
    consultation = activity.consultation
    initial = {
        "background": consultation.background, "contact": consultation.contact, "version": activity.version,
    }  # fmt: skip
    return ContentForm(initial=initial, activity=activity)


def _rows(activity: Activity):
    return _set([Piece(one.heading, one.text) for one in activity.consultation.clauses.all()])


def _number(pieces: list[Piece]) -> int:
    """How many clauses; headings of chapters are none."""
    return sum(bool(piece.text) for piece in pieces)


def _set(pieces: list[Piece]):
    return ClauseSet(initial=rows_of(pieces), prefix=PREFIX)


def _page(
    request: HttpRequest,
    activity: Activity,
    form: ContentForm,
    rows: Any,
    cutting: CutForm | None = None,
    *,
    fresh: int = 0,
    status: int = 200,
) -> HttpResponse:
    return render(request, "desk/consultations/edit.html", {
        "activity": activity, "form": form, "rows": rows, "cutting": cutting or CutForm(), "fresh": fresh,
        "here": "activities",
    }, status=status)  # fmt: skip
