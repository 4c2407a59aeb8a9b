"""公开专页: which articles are shown as 公开指南, 公开制度 and 公开年报."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from disclosure.forms.entries import PageForm
from disclosure.models import DisclosurePage
from disclosure.operations import pages as operations
from disclosure.queries.entries import page_candidates
from disclosure.views.catalogue.scope import HERE, Scope, scope
from portal.refusals import refused
from portal.richtext import one_line
from portal.workflow import Refused
from publishing.models import Article


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def pages(request: HttpRequest) -> HttpResponse:
    seen = scope(request)
    if not seen.sees_closed:
        raise Http404
    if request.method == "GET":
        return _screen(request, seen)
    form = PageForm(request.POST)
    chosen = form.cleaned_data["article"] if form.is_valid() else None
    article = Article.objects.select_related("site", "column").filter(pk=chosen).first()
    if article is None:
        return _screen(request, seen, refusal="请选择稿件和类别", status=422)
    try:
        operations.show(seen.office, form.cleaned_data["kind"], article, by=request.user)
    except Refused as refusal:
        return _screen(request, seen, refusal=refusal.message, status=refused(request, refusal, seen.office))
    messages.success(request, f"已列入公开专页：“{article.title}”")
    return redirect(_address(seen))


@require_POST
@login_required
@never_cache
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    seen = scope(request)
    if not seen.sees_closed:
        raise Http404
    page = get_object_or_404(DisclosurePage, pk=pk, site=seen.office.site_id)
    try:
        operations.drop(page, by=request.user)
    except Refused as refusal:
        return _screen(request, seen, refusal=refusal.message, status=refused(request, refusal, page))
    messages.success(request, "已取消")
    return redirect(_address(seen))


def _address(seen: Scope) -> str:
    return f"{reverse('desk:disclosure_pages')}?site={seen.office.site.key}"


def _screen(request: HttpRequest, seen: Scope, *, refusal: str = "", status: int = 200) -> HttpResponse:
    words = one_line(request.GET.get("seek", "") or request.POST.get("seek", ""))[:60]
    return render(request, "desk/catalogue/pages.html", {
        "scope": seen, "pages": DisclosurePage.objects.filter(site=seen.office.site_id).select_related("article", "site"),
        "seek": words, "candidates": page_candidates(seen.office.site, words) if words and seen.keeps else [],
        "kinds": DisclosurePage._meta.get_field("kind").choices, "refusal": refusal, "here": HERE, "tab": "pages",
    }, status=status)  # fmt: skip
