"""办事事项 in from a table and out to one; what was not taken is said line by line."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from disclosure.enums.services import GuideState, ItemState
from disclosure.forms.services import TableForm
from disclosure.importing import services as importing
from disclosure.models import Guide
from disclosure.operations import service_texts as texts
from disclosure.queries import services as queries
from disclosure.rules import services as rules
from disclosure.views.services.guides import sites_to_write
from disclosure.workbook import services as sheets
from portal import addresses, clock
from portal.refusals import refused
from portal.spreadsheets import FileRefused, workbook
from portal.spreadsheets.writing import XLSX
from portal.workflow import Refused


@require_safe
@login_required
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """The guides in force of the sites that the person sees, as the importing reads them back."""
    sites = rules.sites_seen(request.user)
    if not sites:
        raise Http404
    rows = Guide.objects.filter(state=GuideState.IN_FORCE, item__site__in=sites)
    rows = rows.exclude(item__state=ItemState.RETIRED).order_by("item__site", "item__position", "item")
    return workbook(
        f"办事事项 {clock.today()}", sheets.TITLES, sheets.rows(queries.with_parts(rows)), sheets.WIDTHS
    )


@require_safe
@login_required
@never_cache
def template(request: HttpRequest) -> FileResponse:
    sites_to_write(request)
    file = BytesIO(sheets.template())
    return FileResponse(file, as_attachment=True, filename="办事事项导入模板.xlsx", content_type=XLSX)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def upload(request: HttpRequest) -> HttpResponse:
    """What can be taken becomes drafts, which are published one by one; what cannot is shown with its reason."""
    sites = sites_to_write(request)
    wanted = request.POST.get("site") or request.GET.get("site") or request.site.key
    context = {"sites": sites, "chosen": next((one for one in sites if one.key == wanted), sites[0])}
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "GET":
        return _page(request, form, 200, **context)
    if form.is_valid() and (why_not := addresses.why_not_upload(request)):
        form.add_error("file", why_not)
    if not form.is_valid():
        return _page(request, form, 422, **context)
    try:
        reading = importing.read(form.cleaned_data["file"], context["chosen"])
        made = texts.import_items(context["chosen"], reading.texts, by=request.user)
    except FileRefused as refusal:
        form.add_error("file", str(refusal))
        return _page(request, form, 422, **context)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, form, refused(request, refusal, context["chosen"]), **context)
    if made and not reading.refused:
        messages.success(request, f"已导入 {len(made)} 个事项，都是草稿：请逐个核对、补全、提交审核。")
        return redirect("desk:services")
    status = 200 if made else 422
    return _page(request, TableForm(), status, reading=reading, made=made, **context)


def _page(request: HttpRequest, form: TableForm, status: int, **context) -> HttpResponse:
    context |= {"form": form, "here": "services"}
    return render(request, "desk/services/import.html", context, status=status)
