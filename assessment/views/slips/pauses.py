"""暂停与免除: a column or a unit owes no update for a time, with the reason; 恢复 counts again from today."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.forms.cadences import PauseForm
from assessment.forms.slips import NoteForm
from assessment.queries import limits as queries
from assessment.views.slips.answering import run
from assessment.views.slips.cadences import PAGE_SIZE, frame
from columns import rules as column_rules
from columns.models import CadencePause, Column
from columns.operations import cadences as operations
from columns.rules import cadences as may
from portal import clock


@require_safe
@login_required
@never_cache
def pauses(request: HttpRequest) -> HttpResponse:
    return _pauses(request)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def pause(request: HttpRequest) -> HttpResponse:
    """暂停: of the column that `?column=` names, else of a unit."""
    if not column_rules.accepts_cadences(request.user):
        raise PermissionDenied("暂停和免除由有主站全站检查权限的人批准")
    column = _column(request)
    form, status = PauseForm(request.POST or None, column=column), 200
    if request.method == "POST":
        about = column or request.site
        status = run(request, form, about, lambda: operations.pause(**form.terms(), by=request.user))
        if not status:
            messages.success(request, "已暂停，期间不计更新时限、不发提醒单")
            return redirect("desk:cadence_pauses")
    context = {"form": form, "column": column, **frame(request)}
    return render(request, "desk/cadences/pause.html", context, status=status)


@require_POST
@login_required
@never_cache
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """恢复: counted again from today."""
    if not column_rules.accepts_cadences(request.user):
        raise PermissionDenied("恢复计算由有主站全站检查权限的人批准")
    row = get_object_or_404(
        CadencePause.objects.select_related("column__site__department", "department"), pk=pk
    )
    form = NoteForm(request.POST)
    about = row.column or row.department
    status = run(
        request, form, about, lambda: operations.lift(row, by=request.user, note=form.cleaned_data["note"])
    )
    if status:
        return _pauses(request, form, status)
    messages.success(request, f"{about}已恢复计算更新时限")
    return redirect("desk:cadence_pauses")


def _pauses(request: HttpRequest, form: NoteForm | None = None, status: int = 200) -> HttpResponse:
    listing = Paginator(queries.pauses(), PAGE_SIZE).get_page(request.GET.get("page"))
    for row in listing:
        row.is_over = may.is_over(row, clock.today())
    context = {"listing": listing, "form": form, "tab": "pauses", **frame(request)}
    return render(request, "desk/cadences/pauses.html", context, status=status)


def _column(request: HttpRequest) -> Column | None:
    wanted = request.GET.get("column", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 10):
        return None
    return get_object_or_404(Column.objects.select_related("site__department"), pk=wanted)
