"""网站地图 for machines (sitemaps.org): an index of parts, each of a fixed span of article numbers.

So publishing an article changes one small part, however many articles there are.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from publishing import queries
from publishing.views.public import readable

XML = "application/xml; charset=utf-8"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    parts = queries.sitemap_parts(readable(request))
    links = [_absolute(request, f"sitemap-{part}.xml") for part in parts]
    return render(request, "public/sitemap_index.xml", {"links": links}, content_type=XML)


@require_safe
def part(request: HttpRequest, part: int) -> HttpResponse:
    """Articles of the part; the first names the home page and the columns as well."""
    columns = readable(request)
    rows = queries.sitemap_part(columns, part).values_list("pk", "published_at", "revised_at")
    links = [(_absolute(request, f"a/{pk}/"), revised or published) for pk, published, revised in rows]
    if part == 0:
        places = ["", *(f"c/{column.slug}/" for column in columns)]
        links = [*((_absolute(request, place), None) for place in places), *links]
    if not links:
        raise Http404
    return render(request, "public/sitemap_part.xml", {"links": links}, content_type=XML)


def _absolute(request: HttpRequest, path: str) -> str:
    return request.build_absolute_uri(request.site.url(path))
