"""What every request passes through: which site it is for, who acts from where, what the admin's pages may run."""

from collections.abc import Callable

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.template.loader import render_to_string

from portal.audit import request_address
from portal.models import Site

GetResponse = Callable[[HttpRequest], HttpResponse]

ADMIN_POLICY = {
    # CKEditor 4 writes inline handlers, the admin theme's Alpine.js evaluates expressions: only here.
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
}


class AdminContentPolicy:
    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(f"/{settings.ADMIN_PATH}/"):
            response._csp_replace = ADMIN_POLICY
        return response


class CurrentSite:
    """Sets `request.site` by host name, or by the path `/s/<key>/`, which it takes off `path_info`."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(("/static/", "/healthz", "/readyz")):
            return self.get_response(request)
        request.sites = list(Site.objects.select_related("department__parent"))
        if missing_slash := self._missing_slash(request):
            return HttpResponseRedirect(missing_slash)
        request.site = self._by_path(request) or self._by_host(request) or self._main(request)
        if request.site is None and not request.path_info.startswith(f"/{settings.ADMIN_PATH}/"):
            return HttpResponseNotFound(render_to_string("errors/no_site.html"))
        return self.get_response(request)

    def _missing_slash(self, request: HttpRequest) -> str | None:
        """`/s/nanhu` as people type it."""
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
        return next(
            (site for site in request.sites if site.host_name and site.host_name.lower() == host), None
        )

    def _main(self, request: HttpRequest) -> Site | None:
        return next((site for site in request.sites if site.is_main), None)


class RequestActor:
    """Remembers the address for the audit trail while the request lasts."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_address.set(request.META.get("REMOTE_ADDR"))
        try:
            return self.get_response(request)
        finally:
            request_address.reset(token)
