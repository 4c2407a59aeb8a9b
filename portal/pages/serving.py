"""Without a web server in front the application hands out the same files, before it asks for a session or a row."""

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import http_date

from portal.pages import kinds, outbox, store
from portal.pages.addresses import Address, is_page

GetResponse = Callable[[HttpRequest], HttpResponse]
TYPES = {".html": "text/html; charset=utf-8", ".atom": "application/atom+xml; charset=utf-8"}
OTHER_TYPE = "application/xml; charset=utf-8"
COPIES = (("br", ".br"), ("gzip", ".gz"))
KNOWN_MOST, KNOWN_BYTES = 128, 128 * 1024
_known: dict[str, tuple[int, int, bytes]] = {}


class PublishedPages:
    """Answers who has not signed in from the file; what is missing there the application answers, and has it made."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_for_everybody(request):
            return self.get_response(request)
        path = request.path_info
        if answer := _answer(request, path):
            return answer
        response = self.get_response(request)
        if response.status_code == 200 and getattr(request, "site", None) and settings.PUBLISHES_PAGES:
            _wish(request, path)
        return response


def _is_for_everybody(request: HttpRequest) -> bool:
    """Nobody has signed in here, and no message waits."""
    if request.method not in ("GET", "HEAD") or not settings.PUBLISHES_PAGES:
        return False
    cookies = request.META.get("HTTP_COOKIE", "")
    return settings.SESSION_COOKIE_NAME not in cookies and "messages=" not in cookies


def _answer(request: HttpRequest, path: str) -> HttpResponse | None:
    found = _file(request, path)
    if found is None:
        return None
    file, name = found
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    wanted = [(coding, ending) for coding, ending in COPIES if coding in accepted]
    for coding, ending in [*wanted, ("", "")]:
        body = _read(file + ending)
        if body is not None:
            return _response(request, name, coding, *body)
    return None


def _file(request: HttpRequest, path: str) -> tuple[str, str] | None:
    """The file for a request, and its name; None for what can be no page."""
    query = request.META.get("QUERY_STRING", "")
    site, rest = "", path[1:]
    if rest.startswith("s/"):
        site, _, rest = rest[2:].partition("/")
    rest += f"?{query}" if query and query != "page=1" else ""
    if not is_page(rest) or "/" in site:
        return None
    try:
        host = request.get_host().partition(":")[0].lower()
    except DisallowedHost:
        return None
    base = f"{settings.PAGES_ROOT}/by/{request.scheme}"
    folder = f"{base}/s/{site}" if site else f"{base}/host/{host}"
    if not site and not os.path.isdir(folder):
        folder = f"{base}/host/default"
    name = Address("x", rest).file.removeprefix("sites/x/")
    return f"{folder}/{name}", name


def _read(file: str) -> tuple[bytes, int] | None:
    """The file's bytes and when it was written; small ones are kept as long as the file is the same."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    kept = _known.get(file)
    if kept and kept[0] == found.st_ino and kept[1] == found.st_mtime_ns:
        return kept[2], found.st_mtime_ns
    try:
        body = Path(file).read_bytes()
    except OSError:
        return None
    if len(body) <= KNOWN_BYTES:
        if len(_known) >= KNOWN_MOST:
            _known.clear()
        _known[file] = (found.st_ino, found.st_mtime_ns, body)
    return body, found.st_mtime_ns


def _response(request: HttpRequest, name: str, coding: str, body: bytes, written: int) -> HttpResponse:
    tag = f'"{written // 1_000_000_000:x}-{written % 1_000_000_000:x}-{len(body):x}"'
    if request.META.get("HTTP_IF_NONE_MATCH", "").removeprefix("W/") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type=TYPES.get(Path(name).suffix, OTHER_TYPE))
        response.headers["Content-Length"] = str(len(body))
        response.headers["Last-Modified"] = http_date(written // 1_000_000_000)
        if coding:
            response.headers["Content-Encoding"] = coding
    response.headers["ETag"] = tag
    for header, text in _headers(request.scheme).items():
        response.headers[header] = text
    return response


@cache
def _headers(scheme: str) -> dict[str, str]:
    """What every answer of the application says for the browser's safety; deploy/nginx.conf says the same."""
    said = {
        "Cache-Control": "no-cache",
        "Vary": "Accept-Encoding, Cookie",
        "Content-Security-Policy": build_policy(),
        "X-Frame-Options": settings.X_FRAME_OPTIONS,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    }
    if scheme == "https" and settings.SECURE_HSTS_SECONDS:
        said["Strict-Transport-Security"] = (
            f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
        )
    return said


def _wish(request: HttpRequest, path: str) -> None:
    rest = path[1:]
    if rest.startswith("s/"):
        rest = rest[2:].partition("/")[2]
    query = request.META.get("QUERY_STRING", "")
    rest += f"?{query}" if query and query != "page=1" else ""
    address = Address(request.site.key, rest)
    if is_page(rest) and kinds.kind_of(address) and not store.place(address).exists():
        outbox.wished(address)
