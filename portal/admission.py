"""Who may go on with a session: whose sign-in still holds, the sealed account while its time lasts, others once their
password and their second factor are in order.
"""

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from portal import addresses, break_glass, operations, passwords, second_factor
from portal.enums import Ending
from portal.models import SignedIn
from portal.posting import typed_words
from portal.sessions import why_out

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD")


class SignInHolds:
    """Asks the table of 登录会话, not the cookie, whether a sign-in still holds (GB/T 22239-2019 身份鉴别).

    Whose sign-in has ended goes on as a visitor and is told why. Words posted too late come back on a page of their own.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        ended = self._ended(request, key) if key else None
        if ended and (sentence := why_out(ended)):
            messages.warning(request, sentence)
        response = self.get_response(request)
        return _with_what_was_typed(request, response) if request.method == "POST" else response

    def _ended(self, request: HttpRequest, key: str) -> SignedIn | None:
        if not request.user.is_authenticated:
            is_visitor = request.session.session_key == key and SESSION_KEY not in request.session
            return None if is_visitor else operations.sessions.ended_with(key)
        row = operations.sessions.touch(request.user, key, agent=request.headers.get("User-Agent", ""))
        if row.ended_at is None:
            return None
        request.session.flush()
        request.user = AnonymousUser()
        return row


def _with_what_was_typed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A form sent without a sign-in, about to be lost on the way to it: the page shows its words, to be taken along.

    A view that keeps them itself says so by `request.keeps_what_was_typed`.
    """
    where = urlsplit(response.headers.get("Location", ""))
    leads_back = parse_qs(where.query).get("next", [""])[0]
    is_to_sign_in = leads_back and where.path.endswith(resolve_url("login"))
    if request.user.is_authenticated or not is_to_sign_in or hasattr(request, "keeps_what_was_typed"):
        return response
    back = came_from(request) if leads_back == request.get_full_path() else leads_back
    typed = typed_words(request)
    if not typed:
        return redirect_to_login(back)
    kept = render(request, "registration/kept.html", {"typed": typed, "next": back}, status=403)
    add_never_cache_headers(kept)
    return kept


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
        operations.sessions.end_key(request.session.session_key, Ending.FULL, by=user)
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


class SecondFactorDue:
    """Leads whoever must have a second factor to its page before the admin opens (GB/T 22239-2019 三级)."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_admin(request) and self._is_missing(request):
            messages.warning(request, "您的权限要求启用二次验证，设置后即可进入管理后台。")
            return redirect("second_factor")
        return self.get_response(request)

    def _is_admin(self, request: HttpRequest) -> bool:
        """Where the admin is open at all; elsewhere its addresses never were, to nobody."""
        admin, path = f"/{settings.ADMIN_PATH}/", request.path_info
        return path.startswith(admin) and path != f"{admin}logout/" and addresses.opens_admin(request)

    def _is_missing(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_authenticated and second_factor.is_required_of(user) and not second_factor.is_on(user)
