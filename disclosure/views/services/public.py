"""网上办事: the items of a site by department, theme and audience, one item with its guide, its forms to take away."""

from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from disclosure.enums.services import GuideState, ServedKind
from disclosure.models import GuideMaterial, ServiceItem
from disclosure.queries import result_notices as results
from disclosure.queries import services as queries
from disclosure.rules import prereviews as pre_review_rules
from portal.models import StoredFile
from portal.richtext import one_line

PAGE_SIZE, NEWEST = 20, 6
FILES = ("blank", "sample")
AUDIENCES = (ServedKind.PERSON, ServedKind.ORGANISATION)


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """`?audience=`, `?theme=`, `?department=` and `?q=` narrow the list; what is used most comes first."""
    site = queries.offering(request.site)
    every, typed = queries.shown(site), request.GET
    audience = typed.get("audience", "") if typed.get("audience") in AUDIENCES else ""
    theme, words = one_line(typed.get("theme", ""))[:20], one_line(typed.get("q", ""))[:60]
    department = typed.get("department", "") if typed.get("department", "").isdecimal() else ""
    rows = queries.matching(queries.for_audience(every, audience), words)
    if theme:
        rows = rows.filter(theme=theme)
    if department:
        rows = rows.filter(department=int(department[:9]))
    listing = Paginator(queries.most_used_first(rows), PAGE_SIZE).get_page(typed.get("page"))
    return render(request, "public/services/list.html", {
        "listing": listing, "offering": site, "audience": audience, "theme": theme, "words": words,
        "department": department, "audiences": AUDIENCES, "themes": queries.themes(every),
        "departments": queries.departments(every), "is_narrowed": bool(audience or theme or words or department),
        "figures": queries.figures(site), "results": results.public(site)[:NEWEST], "here": "services",
    })  # fmt: skip


@require_safe
def service(request: HttpRequest, pk: int) -> HttpResponse:
    """办事指南 in force; what is suspended says so on top."""
    item = item_of(request, pk)
    guide = queries.with_parts(type(item.guide)._default_manager.filter(pk=item.guide_id)).get()
    return render(request, "public/services/item.html", {
        "item": item, "guide": guide, "why_not_apply": pre_review_rules.why_not_apply(item), "here": "services",
    })  # fmt: skip


@require_safe
def form_file(request: HttpRequest, pk: int, material: int, which: str) -> FileResponse:
    """空白表格 or 样表 of a guide in force: saved, never shown in the browser."""
    item = item_of(request, pk)
    rows = GuideMaterial.objects.filter(guide=item.guide_id, guide__state=GuideState.IN_FORCE)
    return download(get_object_or_404(rows.select_related("blank_form", "sample"), pk=material), which)


def download(material: GuideMaterial, which: str) -> FileResponse:
    if which not in FILES:
        raise Http404
    stored: StoredFile | None = material.blank_form if which == "blank" else material.sample
    if stored is None:
        raise Http404
    response = FileResponse(default_storage.open(stored.file.name), as_attachment=True, filename=stored.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def item_of(request: HttpRequest, pk: int) -> ServiceItem:
    """What readers of this site may know of."""
    return get_object_or_404(queries.shown(request.site), pk=pk)
