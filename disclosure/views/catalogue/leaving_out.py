"""不需编目: what leaves 待编目 without an entry, and comes back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from disclosure.forms.entries import LeaveOutForm
from disclosure.operations import leaving_out as operations
from disclosure.queries.catalogue import PAGE_SIZE
from disclosure.queries.entries import left_out
from disclosure.views.catalogue.desk import pending_screen
from disclosure.views.catalogue.scope import HERE, Scope, scope
from portal.refusals import refused
from portal.workflow import Refused
from publishing.models import Article


@require_safe
@login_required
@never_cache
def listed(request: HttpRequest) -> HttpResponse:
    return _screen(request, scope(request))


@require_POST
@login_required
@never_cache
def leave_out(request: HttpRequest) -> HttpResponse:
    seen, form = scope(request), LeaveOutForm(request.POST)
    chosen = form.data.get("article", "")
    if not form.is_valid():
        return pending_screen(request, seen, form, chosen, status=422)
    article = get_object_or_404(
        Article.objects.live().select_related("site"),
        pk=form.cleaned_data["article"],
        site=seen.office.site_id,
    )
    try:
        operations.leave_out(seen.office, article, form.cleaned_data["reason"], by=request.user)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return pending_screen(request, seen, form, chosen, status=refused(request, refusal, article))
    messages.success(request, f"已登记为不需编目：“{article.title}”")
    return redirect(f"{reverse('desk:uncatalogued')}?site={seen.office.site.key}")


@require_POST
@login_required
@never_cache
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    seen = scope(request)
    row = left_out(seen.office).filter(pk=pk).first()
    if row is None:
        raise Http404
    try:
        operations.take_back(row, by=request.user)
    except Refused as refusal:
        return _screen(request, seen, refusal=refusal.message, status=refused(request, refusal, row))
    messages.success(request, f"已恢复为待编目：“{row.article.title}”")
    return redirect(f"{reverse('desk:left_out')}?site={seen.office.site.key}")


def _screen(request: HttpRequest, seen: Scope, *, refusal: str = "", status: int = 200) -> HttpResponse:
    listing = Paginator(left_out(seen.office), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/catalogue/left_out.html", {
        "scope": seen, "listing": listing, "refusal": refusal, "here": HERE, "tab": "pending",
        "query": f"site={seen.office.site.key}",
    }, status=status)  # fmt: skip
