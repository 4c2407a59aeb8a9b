"""What every request passes through: where it comes from, which site it is for, what the admin's pages may run.

`ClientAddress` comes first; `AdminEntrance` after `CurrentSite`, which takes `/s/<key>/` off the path.
"""

from collections.abc import Callable
from hashlib import md5

from csp.constants import NONCE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.conf import settings
from django.db import InterfaceError, OperationalError, connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response

from portal import addresses, kept, operations, todos, triggers
from portal.audit import request_address
from portal.mailboxes.directory import address_of_site
from portal.models import Site, Structure

GetResponse = Callable[[HttpRequest], HttpResponse]

ONLY_LOOKING = ("GET", "HEAD")
CLAIMS = ("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_X_REAL_IP")
PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
        "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
ADMIN_POLICY = {
    # The admin theme's Alpine.js evaluates expressions and sets styles: only here. No script of a page's own runs.
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}
EDITOR_POLICY = ADMIN_POLICY | {
    # CKEditor 4 writes one script into its frame, let in by the page's nonce, and handlers into its buttons.
    "script-src": [SELF, NONCE, UNSAFE_EVAL],
    "script-src-attr": [UNSAFE_INLINE],
}


class ClientAddress:
    """Sets `request.client_address`, and takes off what the peer claims without being a trusted proxy.

    So neither Django nor the portal ever sees a forged X-Forwarded-For, -Proto or -Host.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.client_address = addresses.client_address(request)
        if not addresses.is_from_trusted_proxy(request):
            for name in [name for name in request.META if name.startswith(CLAIMS)]:
                del request.META[name]
        return self.get_response(request)


class RequestActor:
    """Remembers the address for the audit trail while the request lasts; whoever did something has their 待办 counted
    anew.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_address.set(request.client_address or None)
        try:
            response = self.get_response(request)
        finally:
            request_address.reset(token)
        if request.method == "POST" and getattr(request, "user", None) and request.user.pk:
            todos.forget_pressing(request.user.pk)
        return response


class SafetyHeaders:
    """What Django has no setting for: no device of the reader is asked for, no other site embeds our answers."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class SameAsBefore:
    """Spares whoever has a page already its transfer: 304 as long as it would be the same, byte by byte.

    Only for visitors without a session, whose pages hold nothing of a person or of the day.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not self._is_for_everybody(request, response):
            return response
        tag = f'"{md5(response.content, usedforsecurity=False).hexdigest()}"'
        response.headers["ETag"] = tag
        response.headers["Cache-Control"] = "no-cache"
        return get_conditional_response(request, etag=tag, response=response) or response

    def _is_for_everybody(self, request: HttpRequest, response: HttpResponse) -> bool:
        if request.method not in ONLY_LOOKING or response.status_code != 200 or response.streaming:
            return False
        has_its_own = response.has_header("ETag") or response.has_header("Cache-Control")
        return not (has_its_own or response.cookies or settings.SESSION_COOKIE_NAME in request.COOKIES)


class AdminContentPolicy:
    """A page of the admin that asked for a nonce holds the editor."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _asks_for_admin(request) and addresses.opens_admin(request):
            has_editor = getattr(request, "_csp_nonce", None) is not None
            response._csp_replace = EDITOR_POLICY if has_editor else ADMIN_POLICY
        return response


class AdminEntrance:
    """管理后台 is there for registered addresses; to all others none of its addresses exists (GB/T 22239-2019).

    Their request is answered by an address book without the admin: the same page, headers and way as for
    any address that never was.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _asks_for_admin(request) or addresses.opens_admin(request):
            return self.get_response(request)
        request.urlconf = "portal.urls_without_admin"
        response = self.get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            operations.record_closed_door(user, request.client_address, request.path)
        else:
            operations.log_closed_door(request.client_address, request.path)
        return response


def all_sites() -> list[Site]:
    """With what the frame of a page shows of each."""
    return kept.kept("sites", _read_sites)


def _read_sites() -> list[Site]:
    return list(Site.objects.select_related("department__parent").annotate(mailbox=address_of_site()))


class CurrentSite:
    """Sets `request.site` by host name, or by the path `/s/<key>/`, which it takes off `path_info`.

    A request that only looks finds what rarely changes in memory, as long as its token is the same (`portal.kept`).
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(("/static/", "/healthz", "/readyz")):
            return self.get_response(request)
        tokens = _tokens() if request.method in ONLY_LOOKING else {}
        with kept.under(tokens.get(triggers.STRUCTURE, ""), tokens.get(triggers.LEDGER, "")):
            return self._on_a_site(request)

    def _on_a_site(self, request: HttpRequest) -> HttpResponse:
        request.sites = all_sites()
        if missing_slash := self._missing_slash(request):
            return HttpResponseRedirect(missing_slash)
        request.site = self._by_path(request) or self._by_host(request) or self._main(request)
        may_do_without = _asks_for_admin(request) and addresses.opens_admin(request)
        if request.site is None and not may_do_without:
            return HttpResponseNotFound(render_to_string("errors/no_site.html"))
        return self.get_response(request)

    def _missing_slash(self, request: HttpRequest) -> str | None:
        """`/s/nanhu` as people type it."""
        if not request.path_info.startswith("/s/"):
            return None
        site = next((site for site in request.sites if request.path_info == f"/s/{site.key}"), None)
        return f"/s/{site.key}/" if site else None

    def _by_path(self, request: HttpRequest) -> Site | None:
        if not request.path_info.startswith("/s/"):
            return None
        key, slash, rest = request.path_info[3:].partition("/")
        site = next((site for site in request.sites if site.key == key), None)
        if site and slash:
            request.path_info = "/" + rest
        return site if slash else None

    def _by_host(self, request: HttpRequest) -> Site | None:
        host = request.get_host().partition(":")[0].lower()
        sites = request.sites
        return kept.kept("hosts", lambda: {one.host_name.lower(): one for one in sites if one.host_name}).get(
            host
        )

    def _main(self, request: HttpRequest) -> Site | None:
        return next((site for site in request.sites if site.is_main), None)


def _tokens() -> dict[int, str]:
    """None where nothing may be kept: no migration has left them yet.

    The first question of a request finds out, too, whether a connection that was kept still stands.
    """
    connection = connections[router.db_for_read(Structure)]
    if connection.connection is None or connection.in_atomic_block:
        return _read_tokens(connection)
    connection.health_check_done = True
    try:
        return _read_tokens(connection)
    except (InterfaceError, OperationalError):
        connection.close()
        return _read_tokens(connection)


def _read_tokens(connection: BaseDatabaseWrapper) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, token FROM portal_structure")
        return dict(cursor.fetchall())


def _asks_for_admin(request: HttpRequest) -> bool:
    start = f"/{settings.ADMIN_PATH}"
    return request.path_info == start or request.path_info.startswith(f"{start}/")
