"""网上互动开关: every site with its switch; closed and reopened with a reason."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.forms.incidents import SwitchForm
from portal.incidents import reading, rules, switching
from portal.models import Site
from portal.refusals import refused, unseen
from portal.workflow import Refused

TURNS = {
    "close": (switching.close_posting, "的网上互动已暂停，来信、评论、提问、投稿、投票和申请都不再接收。"),
    "reopen": (switching.reopen_posting, "的网上互动已恢复。"),
}


@require_safe
@login_required
@never_cache
def switches(request: HttpRequest) -> HttpResponse:
    if not rules.sees_all(request.user):
        raise Http404
    return _page(request)


@require_POST
@login_required
@never_cache
def turn(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    site = get_object_or_404(Site, pk=pk)
    if verb not in TURNS:
        raise Http404
    if not rules.sees_all(request.user):
        raise unseen(request, site, rules.KEEPERS_ONLY)
    form = SwitchForm(request.POST, auto_id=f"site-{pk}-%s")
    if not form.is_valid():
        return _page(request, (pk, form), 422)
    run, done = TURNS[verb]
    try:
        run(site, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _page(request, (pk, form), refused(request, refusal, site))
    messages.success(request, f"“{site}”{done}")
    return redirect("desk:posting")


def _page(
    request: HttpRequest, typed: tuple[int, SwitchForm] | None = None, status: int = 200
) -> HttpResponse:
    pk, form = typed or (0, None)
    rows = [
        (
            site,
            not rules.why_not_switch(request.user, site),
            form if site.pk == pk else SwitchForm(auto_id=f"site-{site.pk}-%s"),
        )
        for site in reading.switches()
    ]
    context = {"rows": rows, "opened": pk, "here": "all_incidents", "tab": "posting"}
    return render(request, "desk/incidents/posting.html", context, status=status)
