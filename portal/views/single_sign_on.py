"""统一身份认证: out to the office's provider and back. State, nonce and PKCE tie the answer to this browser."""

import logging
from typing import Any

from django.contrib import auth
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from mozilla_django_oidc import views

from portal import provider
from portal.backends.provider import AWAY, setting
from portal.second_factor import is_on
from portal.views import second_factor, sessions

EXPIRED = "这次登录已过期，或者不是从本站的登录页开始的。请重新登录。"
DECLINED = "统一身份认证没有确认您的身份，没有登录。"
log = logging.getLogger(__name__)


@method_decorator(never_cache, name="dispatch")
class Begin(views.OIDCAuthenticationRequestView):
    """Sends the browser to the provider; `next` is kept if it is an address of this host."""

    get_settings = staticmethod(setting)
    OIDC_OP_AUTH_ENDPOINT = property(lambda self: provider.endpoint("authorization"))
    OIDC_RP_CLIENT_ID = property(lambda self: setting("OIDC_RP_CLIENT_ID"))

    def __init__(self, **kwargs: Any) -> None:
        """Not the package's own, which would ask the provider before anything can be caught."""

    def get_extra_params(self, request: HttpRequest) -> dict[str, str]:
        return {}

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("desk:home")
        try:
            return super().get(request)
        except provider.ProviderAway as away:
            log.error("统一身份认证不可用：%s", away)
            return refused(request, AWAY, 503)


@method_decorator(never_cache, name="dispatch")
class Back(views.OIDCAuthenticationCallbackView):
    """The provider's answer. The door is the same as for a password: second factor, `login`, a trail, the desk."""

    get_settings = staticmethod(setting)

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            return super().get(request)
        except SuspiciousOperation:
            return refused(request, EXPIRED)

    def login_success(self) -> HttpResponse:
        if is_on(self.user):
            return second_factor.ask(self.request, self.user, self.success_url)
        goal = self.success_url
        auth.login(self.request, self.user)
        sessions.enter(self.request)
        return redirect(goal)

    def login_failure(self) -> HttpResponse:
        if "error" in self.request.GET:
            log.warning("统一身份认证登录被拒：提供方答复 %r", self.request.GET["error"][:60])
            return refused(self.request, DECLINED)
        told = getattr(self.request, "sign_in_refusal", EXPIRED)
        return refused(self.request, told, getattr(self.request, "sign_in_status", 403))


def refused(request: HttpRequest, told: str, status: int = 403) -> HttpResponse:
    return render(request, "registration/refused.html", {"told": told}, status=status)
