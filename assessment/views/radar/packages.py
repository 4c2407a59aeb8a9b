"""自查包 of a quarter, sent as it is written: memory stays flat however many pages it holds."""

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from assessment.rules.dates import Quarter
from assessment.views.radar.access import for_lookers_on
from assessment.workbook import packages
from portal import clock


@require_safe
@for_lookers_on
def package(request: HttpRequest, quarter: str) -> HttpResponseBase:
    asked = Quarter.read(quarter)
    if asked is None or asked.first > clock.today():
        raise Http404
    response = StreamingHttpResponse(packages.stream(asked), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, packages.name_of(asked))
    return response
