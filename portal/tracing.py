"""Every request has a number that nginx, the log and the answer name alike, one line in the access log, and is counted.

The line tells who (工号), what and how it went; never what was typed: of a query only the names are kept, except where
the words are the portal's own, and codes of cases are struck out of addresses.
"""

import logging
import re
import secrets
import time
from collections.abc import Callable
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse

from portal import addresses, meters
from portal.logs import request_id

HEADER = "X-Request-ID"
NUMBER = re.compile(r"[0-9A-Za-z-]{8,64}")
QUIET = ("/static/", "/healthz", "/readyz", "/metrics")
OPEN_KEYS = {"page", "kind", "state", "year", "month", "tab", "revision", "a", "b", "p", "o"}
OPEN_VALUE = re.compile(r"[\w.,-]{1,40}", re.ASCII)
SECRET_PLACES = ("code", "token", "uidb64", "key")
TRACKING = re.compile(r"(/track/)[^/]+")
LONGEST = 300
log = logging.getLogger("portal.access")


class RequestTrace:
    """The first of all: what comes after it is measured and named."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.path_info  # a site's part of the path is taken off later
        request.id = _number(request)
        token, began = request_id.set(request.id), time.perf_counter()
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response[HEADER] = request.id
        if not asked.startswith(QUIET):
            seconds = time.perf_counter() - began
            meters.count(_area(request), str(request.method), response.status_code, seconds)
            log.info("", extra={"access": line(request, response, asked, seconds)})
        return response


def line(request: HttpRequest, response: HttpResponse, asked: str, seconds: float) -> dict[str, object]:
    """What the access log tells of one request, in the order of its columns."""
    user = getattr(request, "_cached_user", None)  # whom nobody asked for is not looked up for the log
    length = "" if response.streaming else len(response.content)
    return {
        "address": getattr(request, "client_address", ""),
        "user": user.staff_number if user is not None and user.is_authenticated else "",
        "method": str(request.method)[:10],
        "path": _path(request, asked),
        "status": response.status_code,
        "ms": round(seconds * 1000),
        "bytes": length,
        "id": request.id,
    }


def _number(request: HttpRequest) -> str:
    """As the proxy in front named it, if it is one we trust; else a new one."""
    named = request.headers.get(HEADER, "")
    if NUMBER.fullmatch(named) and addresses.is_from_trusted_proxy(request):
        return named
    return secrets.token_hex(8)


def _path(request: HttpRequest, asked: str) -> str:
    """The address without what tells of a person's case, and of its query what the portal itself has put there."""
    path = TRACKING.sub(r"\1*", asked)
    match = getattr(request, "resolver_match", None)
    for place in SECRET_PLACES:
        if match and (value := str(match.kwargs.get(place, ""))):
            path = path.replace(value, "*")
    path = "".join(one if one.isprintable() else "?" for one in path)[:LONGEST]
    query = "&".join(_pair(key, value) for key, value in parse_qsl(request.META.get("QUERY_STRING", ""))[:20])
    return f"{path}?{query}"[:LONGEST] if query else path


def _pair(key: str, value: str) -> str:
    if key in OPEN_KEYS and OPEN_VALUE.fullmatch(value):
        return f"{key}={value}"
    return f"{key}=*" if re.fullmatch(r"[\w-]{1,30}", key, re.ASCII) else "*"


def _area(request: HttpRequest) -> str:
    """Which part of the house answered."""
    match = getattr(request, "resolver_match", None)
    if match is None:
        return "other"
    return match.namespaces[0] if match.namespaces else match.func.__module__.partition(".")[0]
