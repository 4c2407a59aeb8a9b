"""暂停网上互动 (办法第二十一条): one switch of a site, asked here for every public form there is or will be.

What changes nothing but what the visitor sees of their own says so: `@stays_open` (looking up a case by its code).
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from portal.models import Site

SAFE = ("GET", "HEAD", "OPTIONS")
PUBLIC_FORMS = ("interaction.views.", "disclosure.views.")

View = Callable[..., HttpResponse]


def stays_open(view: View) -> View:
    """Mark a view whose form posts nothing to the office."""
    view.stays_open = True
    return view


class PostingGate:
    """Answers what is sent to a site whose posting is closed, with the words the visitor typed, to be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, *args: Any) -> HttpResponse | None:
        if request.method in SAFE or not is_closed_to(request, view):
            return None
        return answer_of(request, request.site)


def refusal(request: HttpRequest, site: Site) -> HttpResponse | None:
    """For a view whose thing may belong to another site than the address it was sent to."""
    return answer_of(request, site) if request.method not in SAFE and site.posting_closed_at else None


def answer_of(request: HttpRequest, site: Site) -> HttpResponse:
    """The page that says so, with what was typed."""
    request.keeps_what_was_typed = True
    told = {"typed": typed_words(request), "closed": site}
    answer = render(request, "errors/posting_closed.html", told, status=403)
    add_never_cache_headers(answer)
    return answer


def is_closed_to(request: HttpRequest, view: View) -> bool:
    """Whether `view` takes what the public sends, and the site takes nothing at present."""
    site = getattr(request, "site", None)
    if site is None or not site.posting_closed_at or getattr(view, "stays_open", False):
        return False
    return view.__module__.startswith(PUBLIC_FORMS) and not request.path_info.startswith("/desk/")


def is_shown_closed(request: HttpRequest) -> bool:
    """Whether the page at hand says so: those of 互动交流, 信息公开 and 网上办事 do."""
    match = getattr(request, "resolver_match", None)
    return bool(match) and is_closed_to(request, match.func)


def typed_words(request: HttpRequest) -> list[str]:
    """What somebody wrote themselves: no passwords, tokens, numbers or choices."""
    fields = [name for name in request.POST if "password" not in name and "token" not in name]
    values = [value.strip() for name in fields for value in request.POST.getlist(name)]
    return [value for value in values if not value.isascii() or " " in value]
