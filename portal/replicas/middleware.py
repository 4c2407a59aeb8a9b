"""Gives each request its copy to read from, and remembers in the browser that it has just written."""

import copy
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.replicas import watching
from portal.replicas.routing import PRIMARY, Reading, reading

COOKIE, FRESH_SECONDS = "wrote", 5
SAFE = ("GET", "HEAD")


class FreshReads:
    """Stands before whatever asks the database first.

    If the copy goes away under a request, the request is answered once more from the primary: reading twice is safe.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        alias = PRIMARY
        if request.method in SAFE and COOKIE not in request.COOKIES:
            alias = watching.fit() or PRIMARY
        again = copy.copy(request) if alias != PRIMARY else None
        response, has_written = self._answered(request, alias)
        if again is not None and not has_written and response.status_code >= 500 and watching.is_gone(alias):
            response, has_written = self._answered(again, PRIMARY)
        if has_written or request.method not in SAFE:
            response.set_cookie(
                COOKIE, "1", FRESH_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )  # fmt: skip
        return response

    def _answered(self, request: HttpRequest, alias: str) -> tuple[HttpResponse, bool]:
        now = Reading(alias)
        token = reading.set(now)
        try:
            response = self.get_response(request)
        finally:
            reading.reset(token)
        return response, now.has_written
