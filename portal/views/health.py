"""Is the portal alive, and is it ready to work? For probes: public, short, without secrets."""

import logging
import os
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.celery import app

BROKER_SECONDS = 2
log = logging.getLogger(__name__)


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked, so that a slow database restarts no healthy worker."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """`{"database", "cache", "broker"}`, each "ok" or "failed"; 503 when one failed. The log says why."""
    results = {name: _holds(name, check) for name, check in CHECKS.items()}
    words = {name: "ok" if holds else "failed" for name, holds in results.items()}
    return JsonResponse(words, status=200 if all(results.values()) else 503)


def _holds(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # whatever a driver raises, the probe must answer
        log.exception("就绪检查未通过:%s", name)
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _cache() -> bool:
    cache.set("readyz", "ok", 10)
    return cache.get("readyz") == "ok"


def _broker() -> bool:
    """Redis answers, or the embedded spool can be written to."""
    folders = [
        settings.CELERY_BROKER_TRANSPORT_OPTIONS[name]
        for name in ("data_folder_in", "data_folder_out")
        if name in settings.CELERY_BROKER_TRANSPORT_OPTIONS
    ]
    if folders:
        return all(os.access(folder, os.W_OK | os.X_OK) for folder in folders)
    with app.connection_for_write(connect_timeout=BROKER_SECONDS) as broker:
        broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    return True


CHECKS = {"database": _database, "cache": _cache, "broker": _broker}
