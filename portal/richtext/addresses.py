"""Which addresses a text may carry: links to the web, mail and the portal; pictures from the portal only."""

import re
from html import escape
from urllib.parse import quote
from uuid import UUID

import nh3

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_PICTURE = re.compile(rf"/files/({_UUID})/([^\s/?#]+)")
_SITE_PREFIX = re.compile(r"^/s/[\w-]+(?=/files/)")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):")
_IGNORED_BY_BROWSERS = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_UNSAFE_IN_URL = re.compile(r"[\s<>\"'`{}|^\u00a0]")
_MAX_LENGTH = 2000
_SCHEMES = {"http", "https", "mailto"}
_LINKS_ONLY = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, link_rel=None, url_schemes=_SCHEMES)


def link_address(raw: str) -> str | None:
    """The address as it will be stored, or None when a reader's browser must not be sent there.

    Allowed: http, https, mailto and addresses inside the portal; a bare `#place` leads nowhere, because
    the house style keeps no ids. The sanitiser has the last word, so that it never strips one later.
    """
    address = _SITE_PREFIX.sub("", _with_scheme(_tidy(raw)))
    if address[:1] in ("", "#") or len(address) > _MAX_LENGTH:
        return None
    return address if "href=" in _LINKS_ONLY.clean(f'<a href="{escape(address)}">') else None


def picture_address(raw: str) -> str | None:
    """`/files/<uuid>/<name>`, also for a picture seen under `/s/<site>/`; None for any other address."""
    path = _SITE_PREFIX.sub("", _tidy(raw)).partition("?")[0].partition("#")[0]
    found = _PICTURE.fullmatch(path)
    if found is None or found[2] in (".", "..") or len(path) > _MAX_LENGTH:
        return None
    return f"/files/{UUID(found[1])}/{found[2]}"


def is_external(address: str) -> bool:
    """Whether a stored link leaves the portal; those get rel=noopener."""
    return address.startswith(("http://", "https://"))


def _tidy(raw: str) -> str:
    """What a browser would read: its ignored characters gone, backslashes as slashes, the rest encoded."""
    address = _IGNORED_BY_BROWSERS.sub("", raw).strip().replace("\\", "/")
    return _UNSAFE_IN_URL.sub(lambda found: quote(found[0]), address)


def _with_scheme(address: str) -> str:
    """Web addresses written out in full; "" when the scheme is none of ours."""
    if address.startswith("//"):
        return _with_scheme("https:" + address)
    if address.lower().startswith("www."):
        return _with_scheme("http://" + address)
    scheme = _SCHEME.match(address)
    if scheme is None:
        return address
    name, rest = scheme[1].lower(), address[scheme.end() :]
    is_ours = "@" in rest if name == "mailto" else name in ("http", "https") and re.match(r"//[^/?#]", rest)
    return f"{name}:{rest}" if is_ours else ""
