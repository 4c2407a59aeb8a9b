"""One rendering path: the public view itself, asked by a visitor who has not signed in and brings no cookie."""

import logging
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone

from portal import clock, kept, triggers
from portal.mailboxes.directory import address_of_site
from portal.models import Site, Structure
from portal.pages import kinds
from portal.pages.addresses import Address
from portal.pages.kinds import Kind

PERSONAL = ("private", "no-store")
log = logging.getLogger(__name__)


class NoSession(dict):
    """Stands where a session would; whoever looks into it makes a page that is for one person."""

    accessed = modified = False
    session_key = None

    def __getitem__(self, key: str) -> Any:
        self.accessed = True
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.accessed = True
        return super().get(key, default)

    def __setitem__(self, key: str, value: Any) -> None:
        self.accessed = True


@dataclass(frozen=True)
class Rendered:
    kind: Kind
    turns_at: datetime | None
    body: bytes = b""
    file: Path | None = None


class Press:
    """Renders pages as the database stands: what it has read of sites and columns it keeps, so use it for one batch."""

    @cached_property
    def sites(self) -> list[Site]:
        rows = Site.objects.select_related("department__parent").annotate(mailbox=address_of_site())
        with kept.under(self._structure):
            return kept.kept("sites", lambda: list(rows))

    @cached_property
    def _structure(self) -> str:
        """Under which token sites and columns are kept in memory (portal.kept)."""
        return dict(Structure.objects.values_list("pk", "token")).get(triggers.STRUCTURE, "")

    def site(self, key: str) -> Site | None:
        return next((site for site in self.sites if site.key == key), None)

    def render(self, address: Address) -> Rendered | None:
        """None where there is nothing that everybody may read, or only something made for one person."""
        kind, site = kinds.kind_of(address), self.site(address.site)
        if kind is None or (site is None and not kind.is_shared):
            return None
        if kind.source:
            return self._from_source(kind, address)
        if kind.is_there and not kind.is_there(site, address):
            return None
        response, request = self._ask(site, address.path)
        if response is None or response.status_code != 200 or _is_personal(request, response):
            return None
        body = b"".join(response) if response.streaming else response.content
        return Rendered(kind, self._turn(site, kind), body)

    def _ask(self, site: Site, path: str) -> tuple[HttpResponse | None, WSGIRequest]:
        bare, _, query = path.partition("?")
        request = _request(site, f"/{bare}", query)
        request.site, request.sites = site, self.sites
        try:
            match = resolve(f"/{bare}")
            request.resolver_match = match
            with kept.under(self._structure):
                response = match.func(request, *match.args, **match.kwargs)
                return (response.render() if hasattr(response, "render") else response), request
        except (Http404, Resolver404, PermissionDenied):
            return None, request

    def _from_source(self, kind: Kind, address: Address) -> Rendered | None:
        source = kind.source(address)
        if source is None:
            return None
        if not source.file:
            return Rendered(kind, None, source.text.encode())
        return Rendered(kind, None, file=Path(default_storage.path(source.file)))

    def _turn(self, site: Site, kind: Kind) -> datetime | None:
        if not kind.turns_daily:
            return None
        return min(filter(None, (_midnight(), kinds.next_turn(site))))


def public_host(site: Site) -> str:
    """Under which name the site is known: its own, that of the sites above it, or the first that is allowed."""
    if site.host_name:
        return site.host_name
    if settings.SELF_CHECK_URL and not settings.SECURE_SSL_REDIRECT:
        return urlsplit(settings.SELF_CHECK_URL).netloc
    named = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host not in ("*", "127.0.0.1", "[::1]")]
    return named[0] if named else "localhost"


def _request(site: Site, path: str, query: str) -> WSGIRequest:
    is_apart = not site.is_main and not site.host_name
    request = WSGIRequest({
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": "localhost", "SERVER_PORT": "443", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": public_host(site), "wsgi.input": BytesIO(), "wsgi.errors": BytesIO(),
        "wsgi.url_scheme": "https" if settings.SECURE_SSL_REDIRECT else "http",
        **({"HTTP_X_FORWARDED_PROTO": "https"} if settings.SECURE_SSL_REDIRECT else {}),
    })  # fmt: skip
    if is_apart:
        request.path = f"/s/{site.key}{path}"
    request.user, request.session, request.client_address = AnonymousUser(), NoSession(), None
    return request


def _is_personal(request: WSGIRequest, response: HttpResponse) -> bool:
    said = response.headers.get("Cache-Control", "")
    return (
        "CSRF_COOKIE" in request.META
        or request.session.accessed
        or bool(response.cookies)
        or any(word in said for word in PERSONAL)
    )


def _midnight() -> datetime:
    return timezone.make_aware(datetime.combine(clock.today() + timedelta(days=1), time()))
