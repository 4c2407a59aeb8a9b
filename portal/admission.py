"""Who may go on with a session: the sealed account while its time lasts, others once their password is in order."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal import break_glass, operations, passwords

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD")


class BreakGlassWatch:
    """Ends the session of a superuser who may not stay (应急账号: at the end of its minutes, whatever happens).

    Pages without a session cookie are not asked, so that they stay the same for everybody.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_superuser:
            return self.get_response(request)
        if break_glass.may_stay(request.user):
            request.break_glass_ends_at = break_glass.ends_at(request.user)
            return self.get_response(request)
        return self._end(request)

    def _end(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        logout(request)
        if break_glass.is_break_glass(user) and user.unsealed_at:
            operations.end_session(user)
            messages.warning(request, "应急账号的使用时间已到，已自动退出。再次使用须在服务器上重新封存。")
        else:
            operations.refuse_superuser(user)
        return redirect("login")


class PasswordDue:
    """Leads from every page of the desk and the admin to the change of a password that is due, and back after it."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response
        admin = f"/{settings.ADMIN_PATH}/"
        self.areas = ("/desk/", admin)
        self.exits = (f"{admin}logout/", f"{admin}password_change/")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._is_work(request) or not request.user.is_authenticated:
            return self.get_response(request)
        if passwords.why_due(request.user) is None:
            return self.get_response(request)
        if request.method not in SAFE:
            messages.warning(request, "刚才的操作没有提交。改好密码后会回到原来的页面，请再做一次。")
        address = f"{reverse('password')}?{urlencode({'next': came_from(request)})}"
        return HttpResponseRedirect(address)

    def _is_work(self, request: HttpRequest) -> bool:
        return request.path_info.startswith(self.areas) and not request.path_info.startswith(self.exits)


def came_from(request: HttpRequest) -> str:
    """The page to go back to: the one asked for, or the one a form was sent from."""
    if request.method in SAFE:
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return reverse("desk:home")
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
