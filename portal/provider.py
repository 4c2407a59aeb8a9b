"""Where the office's OpenID Connect provider is reached. Asked on first use, never at the start: the portal
starts whether or not the provider answers.
"""

from http.client import HTTPException
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache

from portal import outgoing

SECONDS = 10
MOST_BYTES = 1024 * 1024
_KEPT_SECONDS = 3600
_DISCOVERED = "/.well-known/openid-configuration"
_NAMES = {
    "authorization": "authorization_endpoint",
    "token": "token_endpoint",
    "jwks": "jwks_uri",
    "userinfo": "userinfo_endpoint",
}


class ProviderAway(Exception):
    """The provider does not answer as it should."""


class ProviderRefuses(Exception):
    """The provider answered, and said no."""


def read(name: str, *, form: dict[str, Any] | None = None, bearer: str = "") -> outgoing.Answer:
    """What the provider says at `token` (which is sent `form`), `jwks` or `userinfo`. Raises ProviderAway,
    ProviderRefuses.
    """
    headers = {"Accept": "application/json, application/jwt"}
    if bearer:
        headers["Authorization"] = f"Bearer {bearer}"
    body = urlencode(form).encode() if form is not None else None
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    answer = _ask(endpoint(name), body, headers)
    if answer.status != 200:
        raise ProviderRefuses(f"{name} HTTP {answer.status}")
    return answer


def endpoint(name: str) -> str:
    """The address of `authorization`, `token`, `jwks` or `userinfo` ("" when there is none). Raises ProviderAway."""
    if named := settings.OIDC.endpoints.get(name):
        return named
    if name == "userinfo" and {"authorization", "token", "jwks"} <= settings.OIDC.endpoints.keys():
        return ""  # everything that is needed was named: nothing is asked
    found = _discovered().get(_NAMES[name], "")
    if not found and name != "userinfo":
        raise ProviderAway(f"身份提供方的说明中没有 {_NAMES[name]}")
    return found


def _discovered() -> dict[str, str]:
    issuer = settings.OIDC.issuer
    key = f"oidc-endpoints-{issuer}"
    if (kept := cache.get(key)) is not None:
        return kept
    answer = _ask(issuer.rstrip("/") + _DISCOVERED)
    try:
        said = answer.json() if answer.status == 200 else None
    except ValueError as error:
        raise ProviderAway(f"连不上 {issuer}：{type(error).__name__}") from error
    if said is None:
        raise ProviderAway(f"连不上 {issuer}：HTTP {answer.status}")
    if not isinstance(said, dict) or said.get("issuer") != issuer:
        raise ProviderAway(f"{issuer} 的说明自称另一个 issuer：请检查 OIDC_ISSUER")
    found = {name: said[name] for name in _NAMES.values() if isinstance(said.get(name), str)}
    cache.set(key, found, _KEPT_SECONDS)
    return found


def _ask(url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> outgoing.Answer:
    """Hosts that the operator wrote into a setting may stand in the office's network; others may not."""
    named = {urlsplit(one).hostname for one in (settings.OIDC.issuer, *settings.OIDC.endpoints.values())}
    try:
        return outgoing.ask(
            "GET" if body is None else "POST", url, body=body, headers=headers, seconds=SECONDS,
            most_bytes=MOST_BYTES, is_named=urlsplit(url).hostname in named,
        )  # fmt: skip
    except (OSError, HTTPException, ValueError) as error:
        where = f"{urlsplit(url).scheme}://{urlsplit(url).netloc}"
        raise ProviderAway(f"连不上 {where[:100]}：{type(error).__name__}") from error
