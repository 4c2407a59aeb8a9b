"""办理结果 in from a table and out to one. Names are masked before anything is stored, or shown again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from disclosure.forms.services import TableForm
from disclosure.importing import result_notices as importing
from disclosure.operations import result_notices as operations
from disclosure.queries import result_notices as queries
from disclosure.views.result_notices.entering import enterable
from disclosure.workbook import result_notices as sheets
from portal import addresses, clock
from portal.spreadsheets import FileRefused, Sheet, workbook, workbook_of
from portal.workflow import Refused


@require_safe
@login_required
@never_cache
def export(request: HttpRequest) -> FileResponse:
    """What the person sees, as it was masked."""
    if not queries.sees_any(request.user):
        raise Http404
    rows = queries.seen_by(request.user).order_by("-pk").iterator(chunk_size=500)
    return workbook(
        f"办理公示 {clock.today()}", sheets.EXPORTED, sheets.rows(rows), (28, 22, 22, 14, 12, 14, 40)
    )


@require_safe
@login_required
@never_cache
def template(request: HttpRequest) -> FileResponse:
    enterable(request)
    filled = [Sheet("办理结果", sheets.TITLES, [], sheets.WIDTHS)]
    filled.append(
        Sheet("填写说明", ["这一列", "怎么填"], [*sheets.HELP, ["例", "、".join(sheets.EXAMPLE)]], (18, 70))
    )
    return workbook_of("办理结果导入模板", filled)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def upload(request: HttpRequest) -> HttpResponse:
    """What can be taken waits to be published by another; what cannot is shown with its reason."""
    enterable(request)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "GET":
        return _page(request, form, 200)
    if form.is_valid() and (why_not := addresses.why_not_upload(request)):
        form.add_error("file", why_not)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        reading = importing.read(form.cleaned_data["file"], request.user)
        made = operations.import_entries(reading.entries, by=request.user)
    except (FileRefused, Refused) as refusal:
        form.add_error("file", getattr(refusal, "message", str(refusal)))
        return _page(request, form, 422)
    if made and not reading.refused:
        messages.success(request, f"已导入 {made} 条办理结果，待别人审核发布。")
        return redirect("desk:result_notices")
    return _page(request, TableForm(), 200 if made else 422, reading=reading, made=made)


def _page(request: HttpRequest, form: TableForm, status: int, **context) -> HttpResponse:
    context |= {"form": form, "here": "results_board"}
    return render(request, "desk/results/import.html", context, status=status)
