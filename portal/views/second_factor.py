"""二次验证: the page that follows the password, and the page where a person turns it on and off."""

from dataclasses import asdict, dataclass

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate, load_backend, login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.util import random_hex

from portal import clock, locks, operations, second_factor
from portal.models import User
from portal.views.sessions import end_all_but_here, enter
from portal.workflow import Refused

PENDING, SECRET = "second_step", "second_factor_secret"
PENDING_SECONDS = 5 * 60


class CodeForm(forms.Form):
    code = forms.CharField(
        label="验证码",
        max_length=20,
        error_messages={"required": "请填写验证码", "max_length": "验证码是 6 位数字，恢复码是 8 位"},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class PasswordForm(forms.Form):
    """The password again, before what protects the account is taken away."""

    password = forms.CharField(
        label="登录密码",
        strip=False,
        max_length=128,
        error_messages={"required": "请填写密码"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, *args, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Asked of the door itself, so that guessing here is counted like guessing there."""
        number, password = self.request.user.staff_number, self.cleaned_data["password"]
        if authenticate(self.request, username=number, password=password) is None:
            lock = getattr(self.request, "sign_in_lock", None)
            raise forms.ValidationError(locks.words(lock) if lock else "密码不正确，请重新输入。")
        return password


@dataclass(frozen=True)
class Pending:
    """Whose password was right a moment ago. Nobody is signed in by it."""

    user: int
    backend: str
    next: str
    at: float
    proof: str  # of the password: one changed or reported lost meanwhile leads nowhere

    def person(self) -> User | None:
        if clock.now().timestamp() - self.at > PENDING_SECONDS:
            return None
        user = load_backend(self.backend).get_user(self.user)
        is_same = user is not None and constant_time_compare(self.proof, user.get_session_auth_hash())
        return user if is_same else None


def ask(request: HttpRequest, user: User, leads_to: str) -> HttpResponse:
    """The password was right and the person has a second factor: remember who, ask for the code."""
    pending = Pending(user.pk, user.backend, leads_to, clock.now().timestamp(), user.get_session_auth_hash())
    request.session.cycle_key()
    request.session[PENDING] = asdict(pending)
    return redirect("second_step")


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class SecondStep(View):
    """`/login/code/`: nobody is signed in before the code is right; five minutes, then the password again."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        kept = request.session.get(PENDING)
        if kept is None or request.user.is_authenticated:
            return redirect("login")
        self.pending = Pending(**kept)
        self.person = self.pending.person()
        if self.person is None:
            del request.session[PENDING]
            messages.warning(request, "验证已失效（须在 5 分钟内完成），请重新输入工号和密码。")
            return redirect("login")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            how = operations.second_factor.check(self.person, form.cleaned_data["code"])
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
            return self._page(form)
        del request.session[PENDING]
        login(request, self.person, backend=self.pending.backend)
        enter(request, how)
        return redirect(self.pending.next)

    def _page(self, form: CodeForm) -> HttpResponse:
        return render(self.request, "registration/second_step.html", {"form": form})


@method_decorator([never_cache, login_required], name="dispatch")
class SecondFactor(View):
    """`/account/second-factor/`: picture and secret until one code shows that the telephone has it; then the switch."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.user.is_superuser:
            raise PermissionDenied("应急账号不设二次验证：它的密码只用一次。")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        if second_factor.is_on(request.user):
            return self._switch(PasswordForm(request))
        return self._enrol(CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if not second_factor.is_on(request.user):
            return self._turn_on(CodeForm(request.POST))
        form = PasswordForm(request, request.POST)
        if not form.is_valid():
            return self._switch(form)
        if "codes" in request.POST:
            return self._codes(operations.second_factor.renew_codes(request.user))
        operations.second_factor.turn_off(request.user)
        messages.success(request, "二次验证已关闭。")
        return redirect("account")

    def _turn_on(self, form: CodeForm) -> HttpResponse:
        secret = self.request.session.get(SECRET)
        if secret is None or not form.is_valid():
            return self._enrol(form)
        try:
            codes = operations.second_factor.turn_on(self.request.user, secret, form.cleaned_data["code"])
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
            return self._enrol(form)
        del self.request.session[SECRET]
        end_all_but_here(self.request, self.request.user)  # they never showed a code
        return self._codes(codes, is_new=True)

    def _enrol(self, form: CodeForm) -> HttpResponse:
        secret = self.request.session.setdefault(SECRET, random_hex(20))
        address = second_factor.address_of(self.request.user, secret)
        return render(self.request, "desk/second_factor.html", {
            "form": form, "is_on": False, "secret": second_factor.written(secret),
            "address": address, "picture": segno.make(address, error="m").svg_data_uri(scale=4, border=2),
            "is_required": second_factor.is_required_of(self.request.user),
        })  # fmt: skip

    def _switch(self, form: PasswordForm) -> HttpResponse:
        left = second_factor.codes_left(self.request.user)
        context = {"form": form, "is_on": True, "codes_left": left}
        return render(self.request, "desk/second_factor.html", context)

    def _codes(self, codes: list[str], is_new: bool = False) -> HttpResponse:
        """The only page that ever shows them."""
        written = [f"{code[:4]} {code[4:]}" for code in codes]
        return render(self.request, "desk/recovery_codes.html", {"codes": written, "is_new": is_new})
