"""The catalogue as JSON for 电子监察, paged by id; what it says is what the public lists say."""

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from disclosure.queries import feeds
from disclosure.queries.catalogue import whole
from disclosure.queries.offices import office_of


@require_safe
def feed(request: HttpRequest) -> JsonResponse:
    """`?after=<id>&limit=<n>`; `next` is the id to ask after, None where there is no more."""
    office = office_of(request.site)
    if office is None:
        raise Http404
    most = min(whole(request.GET.get("limit", "")) or feeds.PAGE, feeds.MOST)
    after = whole(request.GET.get("after", "")) or 0
    entries = feeds.page(office, after, most)
    return JsonResponse(
        {
            "site": office.site.key, "organ": office.organ, "entries": entries,
            "next": entries[-1]["id"] if len(entries) == most else None,
        },
        json_dumps_params={"ensure_ascii": False},
    )  # fmt: skip
