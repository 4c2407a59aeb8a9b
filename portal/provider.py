"""Where the office's OpenID Connect provider is reached. Asked on first use, never at the start: the portal
starts whether or not the provider answers.
"""

import requests
from django.conf import settings
from django.core.cache import cache

SECONDS = 10
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
    try:
        response = requests.get(issuer.rstrip("/") + _DISCOVERED, timeout=SECONDS)
        response.raise_for_status()
        said = response.json()
    except (requests.RequestException, ValueError) as error:
        raise ProviderAway(f"连不上 {issuer}：{type(error).__name__}") from error
    if not isinstance(said, dict) or said.get("issuer") != issuer:
        raise ProviderAway(f"{issuer} 的说明自称另一个 issuer：请检查 OIDC_ISSUER")
    found = {name: said[name] for name in _NAMES.values() if isinstance(said.get(name), str)}
    cache.set(key, found, _KEPT_SECONDS)
    return found
