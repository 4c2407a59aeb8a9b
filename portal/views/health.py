"""Is the portal alive, and is it ready to work? For probes: public, short, without secrets."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.house.probes import READY

log = logging.getLogger(__name__)


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked, so that a slow database restarts no healthy worker."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """`{"database", "cache", "broker", "migrations", "disk"}`, each "ok" or "failed"; 503 when one failed. The log says
    why.
    """
    results = {name: _holds(name, check) for name, check in READY.items()}
    words = {name: "ok" if holds else "failed" for name, holds in results.items()}
    return JsonResponse(words, status=200 if all(results.values()) else 503)


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever a driver raises, the probe must answer
        log.exception("就绪检查未通过:%s", name)
        return False
