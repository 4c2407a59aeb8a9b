"""工作台: what waits for the person who is signed in, and what they were told."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal import passwords
from portal.backups import queries as backups
from portal.backups import rules as backup_rules
from portal.desk import queries
from portal.notices import mark_read


@require_safe
@login_required
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Everything by due time; `?kind=` shows one kind, page by page."""
    user, key = request.user, request.GET.get("kind", "")
    listing = queries.one_kind(user, key, request.GET.get("page")) if key else None
    if key and listing is None:
        raise Http404
    return render(request, "desk/home.html", {
        "here": key or "all",
        "listing": listing,
        "entries": listing.object_list if listing else queries.entries(user),
        "notices": [] if listing else queries.newest_notices(user),
        "may_write": queries.may_write(user),
        "password_days": passwords.days_left(user),
        "backups": backups.standing() if backup_rules.sees(user) else None,
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def notices(request: HttpRequest) -> HttpResponse:
    """消息: seeing them is reading them; what was new stays marked on this one page."""
    listing = queries.notices_page(request.user, request.GET.get("page"))
    mark_read(request.user)
    return render(request, "desk/notices.html", {"listing": listing})
