"""应用链接: the single entrance to the intranet's other systems (办法第二条: 作为今后内网应用的统一入口)."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import cache

from portal import lineage
from portal.enums import Audience
from portal.kept import is_keeping, kept
from portal.models import ApplicationLink

KEPT, KEPT_SECONDS = "application-links", 60
WRONG = "应为 http:// 或 https:// 开头的网址，或者以 / 开头的本网路径"
_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u3000\\\"<>]")


@dataclass(frozen=True)
class Link:
    """A way to another system; `departments` None: not limited to any."""

    name: str
    url: str
    note: str
    audience: str
    departments: frozenset[int] | None

    @property
    def is_external(self) -> bool:
        return not self.url.startswith("/")


def visible_to(user: Any) -> list[Link]:
    """The links shown to this visitor, in their order."""
    return [link for link in _all() if _may_see(user, link)]


def changed() -> None:
    """Whoever asks next reads anew."""
    cache.delete(KEPT)


def read_url(text: str) -> str:
    """The address of another system, or a path of this one; never a script. ValueError says in Chinese what is wrong."""
    url = text.strip()
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise ValueError(WRONG) from None
    is_path = url.startswith("/") and not url.startswith("//")
    if _ODD.search(url) or not (is_address or is_path):
        raise ValueError(WRONG)
    if parts.username is not None or parts.password is not None:
        raise ValueError("网址中不能写用户名和密码")
    return url


def is_listed(url: str) -> bool:
    """Whether an address lies with one of the systems that are linked to, whoever may see the link."""
    hosts = {urlsplit(link.url).hostname for link in _all() if link.is_external}
    return urlsplit(url).hostname in hosts


def _all() -> list[Link]:
    """From memory for requests that only look; else read once a minute for everybody."""
    if is_keeping():
        return kept(KEPT, _read_all)
    return cache.get_or_set(KEPT, _read_all, KEPT_SECONDS)


def _may_see(user: Any, link: Link) -> bool:
    """A named department speaks for those below it."""
    if link.departments is not None:
        return user.is_authenticated and user.department_id in link.departments
    return link.audience == Audience.EVERYONE or user.is_authenticated


def _read_all() -> list[Link]:
    """Two queries, and a third when a link is limited to departments."""
    rows = list(ApplicationLink.objects.filter(is_active=True).prefetch_related("departments"))
    is_limited = any(row.departments.all() for row in rows)
    parents = lineage.department_parents() if is_limited else {}
    return [Link(row.name, row.url, row.note, row.audience, _with_those_below(row, parents)) for row in rows]


def _with_those_below(row: ApplicationLink, parents: lineage.Parents) -> frozenset[int] | None:
    named = {department.pk for department in row.departments.all()}
    return frozenset(lineage.beneath(named, parents)) if named else None
