"""巡访记录: what the built-in visitor saw, page by page, and the page as it was."""

import gzip
from collections import Counter
from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from assessment.enums.radar import VisitKind
from assessment.models import Visit
from assessment.models.radar import snapshots
from assessment.queries import radar as radar_queries
from assessment.queries import visits as queries
from assessment.views.radar.access import all_sites, for_lookers_on, site_of
from portal import clock

PAGE_SIZE, MOST_KINDS = 20, 12


@require_safe
@for_lookers_on
def visits(request: HttpRequest) -> HttpResponse:
    sites = all_sites()
    site = site_of(request, sites)
    kind = request.GET.get("kind", "")
    asked = {"kind": kind if kind in VisitKind.values else "", "faults": request.GET.get("faults") == "1"}
    rows = queries.of_site(site, kind=asked["kind"], only_faults=asked["faults"])
    round_ = radar_queries.last_round(site)
    return render(request, "desk/self_check/visits.html", {
        "here": "radar", "about": site, "sites": sites, "asked": asked, "kinds": VisitKind.choices,
        "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")), "round": round_,
        "found": _by_kind(round_),
    })  # fmt: skip


@require_safe
@for_lookers_on
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Visit.objects.select_related("site"), pk=pk)
    return render(request, "desk/self_check/visit.html", {"here": "radar", "visit": found})


@require_safe
@for_lookers_on
def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as a file to save: it is never shown as a page of the portal, and nothing in it runs."""
    found = get_object_or_404(Visit, pk=pk)
    storage = snapshots()
    if not found.snapshot.name or not storage.exists(found.snapshot.name):
        raise Http404
    page = gzip.open(storage.open(found.snapshot.name))  # noqa: SIM115 — the response closes it
    name = f"{clock.local(found.at):%Y%m%d-%H%M%S}-{found.sha256[:8]}.html"
    return FileResponse(page, as_attachment=True, filename=name, content_type="text/plain; charset=utf-8")


def _by_kind(round_: Iterable[Visit]) -> list[tuple[str, int]]:
    """What the last round found, the most frequent first."""
    found = Counter(fault["text"] for one in round_ for fault in one.faults)
    return found.most_common(MOST_KINDS)
