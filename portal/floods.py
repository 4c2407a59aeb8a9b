"""What costs much to answer is answered so often and no more: by person, for visitors by address.

Counted in the cache, for a look-up that is refused must cost less than one that is answered; what guards secrets
(signing in, queries by number and password) is counted in the database by `portal.rates`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal import addresses, clock

GetResponse = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Most:
    """So often in `seconds`, by a person; an address stands for a whole office behind one gateway."""

    what: str
    person: int
    address: int
    seconds: int = 60


SEARCHES = Most("搜索", 60, 600)
COPIES = Most("导出", 60, 120)
UPLOADS = Most("上传", 120, 120)
LOST = Most("找回密码的申请", 10, 30, 3600)
COSTLY = {
    "search": SEARCHES,
    "directory": SEARCHES,
    "catalogue": SEARCHES,
    "lost": LOST,
    "editor_upload": UPLOADS,
    "responsibilities_excel": COPIES,
    "catalogue_package": COPIES,
    "radar_package": COPIES,
    "dispatch_export": COPIES,
}
"""By the name of the address; whatever is named `…_export` counts as a copy."""


class Floods:
    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        name = request.resolver_match.url_name or ""
        most = COSTLY.get(name) or (COPIES if name.endswith("_export") else None)
        if most is None or not _costs(request, most) or _may(request, most):
            return None
        response = render(request, "errors/429.html", {"most": most}, status=429)
        response.headers["Retry-After"] = str(most.seconds)
        return response


def _costs(request: HttpRequest, most: Most) -> bool:
    """A page that only offers the form costs nothing."""
    return bool(request.GET) if most is SEARCHES else most is COPIES or request.method == "POST"


def _may(request: HttpRequest, most: Most) -> bool:
    if request.user.is_authenticated:
        who, limit = f"person-{request.user.pk}", most.person
    else:
        who, limit = f"address-{addresses.client_address(request)}", most.address
    stretch = int(clock.now().timestamp()) // most.seconds
    key = f"flood-{id_of(most)}-{who}-{stretch}".replace(" ", "")
    cache.add(key, 0, most.seconds * 2)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # forgotten in between: a cache is nothing to rely on
        return True


def id_of(most: Most) -> str:
    return next(name for name, one in COSTLY.items() if one is most)
