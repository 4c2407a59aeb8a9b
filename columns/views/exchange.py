"""信息维护分工 out to Excel and back: what an import would change is shown first, and exactly that is then applied."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from columns import queries, workbook
from columns.duties import Cell, Change, Division, Duties, marks
from columns.forms.division import PlanForm, WorkbookForm
from columns.operations import set_responsibilities
from columns.views import division as page
from columns.views.responsibilities import frame, may_edit_or_403, site_of
from portal import addresses, clock
from portal.models import Site
from portal.once import forget
from portal.workflow import Refused, TooLate

SALT = "columns.division.plan"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@login_required
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    site = site_of(request)
    content = workbook.write(site, queries.division(site), queries.holders_of_all(site))
    name = f"{site.name}信息维护分工表{clock.today():%Y%m%d}.xlsx"
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=XLSX)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def upload(request: HttpRequest) -> HttpResponse:
    """A file comes in; what it would change and what of it cannot be taken is shown, nothing is changed."""
    site = site_of(request)
    may_edit_or_403(request, site)
    if request.method == "GET":
        return _form(request, site, WorkbookForm())
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, site, form)
    if why_not := addresses.why_not_upload(request):
        form.add_error("file", why_not)
        return _form(request, site, form)
    division, file = queries.division(site), form.cleaned_data["file"]
    try:
        reading = workbook.read(file, file.name, site, division)
    except workbook.WorkbookRefused as refusal:
        form.add_error("file", refusal.message)
        return _form(request, site, form)
    return _preview(request, site, division, reading.wanted, {
        "file_name": file.name,
        "refused": reading.refused,
        "absent": reading.absent,
        "is_older": reading.fingerprint != division.fingerprint,
    })  # fmt: skip


@require_POST
@login_required
@never_cache
def apply(request: HttpRequest) -> HttpResponse:
    """导入: exactly what the preview showed, or nothing when the division has moved on since."""
    site = site_of(request)
    may_edit_or_403(request, site)
    form, plan = PlanForm(request.POST), _read_plan(request, site)
    division = queries.division(site)
    if plan is None:
        unread = WorkbookForm(request.POST)
        unread.errors.clear()
        unread.add_error(None, "预览已过期或不完整，没有导入：请重新选择文件")
        return _form(request, site, unread)
    seen, wanted = plan
    if not form.is_valid():
        return _preview(request, site, division, wanted, {"form": form}, status=422)
    try:
        reason = form.cleaned_data["reason"]
        made = set_responsibilities(site, wanted, by=request.user, reason=reason, seen=seen)
    except TooLate:
        forget(site, "columns")
        return _preview(request, site, queries.division(site), wanted, {"is_overtaken": True}, status=409)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _preview(request, site, division, wanted, {"form": form}, status=422)
    messages.success(request, f"已从 Excel 导入 {len(made)} 处：{page.in_words(made)}")
    return redirect(f"{reverse('desk:responsibilities')}?site={site.key}")


def _form(request: HttpRequest, site: Site, form: WorkbookForm) -> HttpResponse:
    context = frame(request, site) | {"form": form}
    return render(request, "desk/responsibilities/import.html", context, status=422 if form.is_bound else 200)


def _preview(
    request: HttpRequest, site: Site, division: Division, wanted: dict[Cell, Duties], more: dict[str, Any],
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    changes = division.changes_to(wanted)
    plan = _sign_plan(request, site, division, changes)
    context = frame(request, site) | {"changes": changes, "refused": []} | more
    context.setdefault("form", PlanForm(initial={"reason": request.POST.get("reason", "")}))
    return render(request, "desk/responsibilities/preview.html", context | {"plan": plan}, status=status)


def _sign_plan(request: HttpRequest, site: Site, division: Division, changes: list[Change]) -> str:
    """For this person and this site: the changes, and how the table stood when they were shown."""
    cells = {f"{change.cell[0]}-{change.cell[1]}": marks(change.after) for change in changes}
    said = {"site": site.pk, "by": request.user.pk, "seen": division.fingerprint, "cells": cells}
    return signing.dumps(said, salt=SALT, compress=True)


def _read_plan(request: HttpRequest, site: Site) -> tuple[str, dict[Cell, Duties]] | None:
    try:
        said = signing.loads(request.POST.get("plan", ""), salt=SALT, max_age=page.GOOD_FOR)
    except signing.BadSignature:
        return None
    if (said["site"], said["by"]) != (site.pk, request.user.pk):
        return None
    return said["seen"], page.read_cells(said["cells"])
