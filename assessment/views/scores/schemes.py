"""计分办法: every scheme readable for a leader; who assesses takes it into use and makes a new version."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessment.forms.scores import VersionForm
from assessment.models import Scheme
from assessment.operations import schemes as operations
from assessment.queries import schemes as queries
from assessment.rules.facts import may_assess
from assessment.rules.scores import ASSESSORS_ONLY
from portal import clock
from portal.refusals import refused
from portal.workflow import NotAllowed, Refused

PAGE_SIZE = 20
ACTS: dict[str, tuple[Callable[..., Scheme], str]] = {
    "use": (operations.use, "已采用，从下一个到期的考核期起计分。"),
    "stop": (operations.stop, "已停用，不再开始新的考核期。"),
}


@require_safe
@login_required
@never_cache
def schemes(request: HttpRequest) -> HttpResponse:
    listing = Paginator(queries.current(clock.today()), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/scores/schemes.html", {"listing": listing, "here": "schemes"})


@require_safe
@login_required
@never_cache
def scheme(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, find(pk))


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    address = reverse("desk:scheme", args=[pk])
    if verb not in ACTS:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(address)
    if request.method == "GET":
        return redirect(address)
    found, (run, done) = find(pk), ACTS[verb]
    try:
        run(found, by=request.user)
    except Refused as refusal:
        return _page(request, find(pk), refusal.message, refused(request, refusal, found))
    messages.success(request, done)
    return redirect(address)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version from a day on; the old one stays as it is."""
    found = find(pk)
    if not may_assess(request.user):
        return _page(request, found, ASSESSORS_ONLY, refused(request, NotAllowed(ASSESSORS_ONLY), found))
    form = VersionForm(request.POST or None, scheme=found)
    if request.method == "GET":
        return _version_page(request, found, form)
    if not form.is_valid():
        return _version_page(request, found, form, 422)
    try:
        new = operations.new_version(found, form.change(), by=request.user)
    except Refused as refusal:
        form.complain(refusal.field, refusal.message)
        return _version_page(request, found, form, refused(request, refusal, found))
    messages.success(request, f"第 {new.version} 版已建立，{new.starts_on:%Y-%m-%d} 起施行。")
    return redirect(new)


def find(pk: int) -> Scheme:
    return get_object_or_404(Scheme.objects.prefetch_related("indicators"), pk=pk)


def _page(request: HttpRequest, found: Scheme, wrong: str = "", status: int = 200) -> HttpResponse:
    return render(request, "desk/scores/scheme.html", {
        "scheme": found, "rows": queries.readable(found), "versions": queries.versions(found), "wrong": wrong,
        "units": queries.unit_kinds(found),
        "may_act": may_assess(request.user), "is_latest": queries.is_latest(found), "here": "schemes",
    }, status=status)  # fmt: skip


def _version_page(request: HttpRequest, found: Scheme, form: VersionForm, status: int = 200) -> HttpResponse:
    return render(
        request, "desk/scores/version.html", {"scheme": found, "form": form, "here": "schemes"}, status=status
    )
