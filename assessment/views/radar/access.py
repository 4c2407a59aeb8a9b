"""Who is let in, and which site is looked at."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from assessment.rules import looking_on
from portal.models import Site

View = Callable[..., HttpResponse]


def for_lookers_on(view: View) -> View:
    """To everybody else the page is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not looking_on.may_look(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(never_cache(guarded))


def site_of(request: HttpRequest, sites: list[Site]) -> Site:
    """`?site=`, or the main site; one that is not there is not found."""
    key = request.GET.get("site", "")
    found = (
        [one for one in sites if one.key == key] if key else [one for one in sites if one.is_main] or sites
    )
    if not found:
        raise Http404
    return found[0]


def all_sites() -> list[Site]:
    return list(Site.objects.select_related("department"))
