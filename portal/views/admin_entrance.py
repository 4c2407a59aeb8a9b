"""The doors of the admin: one sign-in for the whole portal, and no empty index page behind it."""

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.http import require_safe


@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """Lead to the first page of the side bar that the person may use."""
    if not admin.site.has_permission(request):
        return redirect("admin:login")
    groups = admin.site.get_sidebar_list(request)
    links = [str(item["link"]) for group in groups for item in group["items"] if item["has_permission"]]
    here = [link for link in links if link.startswith(request.path)]
    return redirect(here[0] if here else "desk:home")


def sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Send visitors to the portal's sign-in and back, those who may enter inside, others who are signed in away."""
    if admin.site.has_permission(request):
        return redirect("admin:index")
    if request.user.is_authenticated:
        raise PermissionDenied("您没有进入管理后台的资格")
    return redirect_to_login(request.GET.get("next") or request.path.removesuffix("login/"))


def closed(request: HttpRequest, **_what: str) -> HttpResponse:
    """The stock admin's doors that ask nobody's rights: its search over all models, its redirect to any object."""
    raise Http404
