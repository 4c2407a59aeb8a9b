"""What the public pages of every kind share: the list of a kind, and who gets to one activity's page at all."""

from collections.abc import Callable
from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render

from interaction.enums.activities import ActivityKind, ActivityState, Participants
from interaction.models import Activity
from interaction.queries import activities as queries
from interaction.rules import activities as rules
from portal import posting

PAGE_SIZE = 20
CLOSED_TO_YOU = {
    Participants.STAFF: "此页供登录人员参加和查看。",
    Participants.DEPARTMENTS: "此页供指定部门的人员参加和查看。",
}

View = Callable[..., HttpResponse]


def listed(
    request: HttpRequest, kinds: tuple[ActivityKind, ...], *, here: str, title: str, lead: str
) -> HttpResponse:
    """The public list of a kind: open, coming, past. `here` is its place in the rail."""
    listing = Paginator(queries.shown(request.user, request.site, kinds), PAGE_SIZE)
    return render(request, "public/interaction/activities.html", {
        "listing": listing.get_page(request.GET.get("page")), "here": here, "title": title, "lead": lead,
        "shows_kind": len(kinds) > 1, "column_type": "在线访谈" if ActivityKind.INTERVIEW in kinds else "征集调查",
    })  # fmt: skip


def page_of(*kinds: ActivityKind, reads: str = "site") -> Callable[[View], View]:
    """For a view `(request, activity, …)` under an address with `pk`: the page is there for whoever may see it.
    `reads` is read along with the activity.

    404 for what is not public (yet) or of another kind, 410 for what was withdrawn, 403 for those it is not for,
    who are not told what it is about; an address under another site leads to its own.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int, **rest) -> HttpResponse:
            rows = Activity.objects.select_related("site", "department", reads)
            found = get_object_or_404(rows, pk=pk, kind__in=kinds)
            if found.state not in (ActivityState.APPROVED, ActivityState.WITHDRAWN):
                raise Http404
            if found.state == ActivityState.WITHDRAWN:
                return _gone(request, found)
            if not rules.may_see(request.user, found):
                return _closed(request, found)
            if found.site_id != request.site.pk and request.method in ("GET", "HEAD"):
                beneath = request.path_info.partition(f"/{found.pk}/")[2]
                return HttpResponsePermanentRedirect(found.get_absolute_url() + beneath)
            return posting.refusal(request, found.site) or view(request, found, **rest)

        return guarded

    return decorate


def _closed(request: HttpRequest, found: Activity) -> HttpResponse:
    reason = CLOSED_TO_YOU[Participants(found.participants)]
    return render(request, "errors/403.html", {"reason": reason}, status=403)


def _gone(request: HttpRequest, found: Activity) -> HttpResponse:
    """Those it was for read that it was withdrawn; for others there never was anything."""
    if found.participants != Participants.EVERYONE and not request.user.is_authenticated:
        raise Http404
    return render(
        request, "public/interaction/withdrawn.html", {"kind": found.get_kind_display()}, status=410
    )
