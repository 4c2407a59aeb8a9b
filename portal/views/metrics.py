"""/metrics for Prometheus: there for registered addresses only, to all others it never was."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from portal import addresses
from portal.house import metrics


@require_safe
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    if not may_read(request):
        raise Http404
    return HttpResponse(metrics.page(), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def may_read(request: HttpRequest) -> bool:
    """METRICS_NETWORKS where they are named, else whoever the admin is open to."""
    if settings.METRICS_NETWORKS:
        return addresses.admits(addresses.origin(request), settings.METRICS_NETWORKS)
    return addresses.opens_admin(request)
