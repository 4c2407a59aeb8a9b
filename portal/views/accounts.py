"""登录、退出、修改密码 (办法第十四条第4项: 以工号登录)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash, views
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portal import locks, operations, passwords
from portal.enums import Ending
from portal.models import User
from portal.second_factor import is_on
from portal.views import second_factor, sessions


class SignInForm(AuthenticationForm):
    """工号 and 密码. The same words whether the number is unknown, the password wrong or the door shut."""

    error_messages = {
        "invalid_login": "工号或密码不正确，请重新输入。",
        "inactive": "工号或密码不正确，请重新输入。",
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        number, password = self.fields["username"], self.fields["password"]
        number.label, number.error_messages["required"] = "工号", "请填写工号"
        password.label, password.error_messages["required"] = "密码", "请填写密码"
        if self.data.get("username"):  # kept after a refusal; only the password has to be typed again
            password.widget.attrs["autofocus"] = number.widget.attrs.pop("autofocus")

    def get_invalid_login_error(self) -> ValidationError:
        lock = getattr(self.request, "sign_in_lock", None)
        return ValidationError(locks.words(lock), "locked") if lock else super().get_invalid_login_error()


class ChangePasswordForm(PasswordChangeForm):
    error_messages = {
        "password_incorrect": "原密码不正确，请重新输入。",
        "password_mismatch": "两次输入的新密码不一致。",
    }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        labels = {"old_password": "原密码", "new_password1": "新密码", "new_password2": "再输一次新密码"}
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = f"请填写{label}"
        self.fields["new_password1"].help_text = passwords.help_text()
        self.fields["new_password2"].help_text = ""

    def validate_password_for_user(self, user: User, password_field_name: str = "") -> None:
        """What is wrong with the new password is told where it is chosen, not where it is repeated."""
        super().validate_password_for_user(user, "new_password1")


class SignIn(views.LoginView):
    """A new session key with every sign-in; `next` is followed only within this host."""

    template_name = "registration/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without the stock view's own `site`, which hides the portal's."""
        return super().get_context_data(**kwargs) | {"site": self.request.site}

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        user = form.get_user()
        if is_on(user):
            return second_factor.ask(self.request, user, self.get_success_url())
        if user.is_superuser and not operations.open_seal(user):
            form.add_error(None, form.get_invalid_login_error())  # somebody was quicker with the envelope
            return self.form_invalid(form)
        response = super().form_valid(form)
        sessions.enter(self.request)
        return response

    def form_invalid(self, form: forms.BaseForm) -> HttpResponse:
        """429 while locked; the failure itself was recorded where it happened, by `portal.backends`."""
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "locked"):
            response.status_code = 429
        return response


class SignOut(views.LogoutView):
    """POST only: a link in a text must not sign anybody out."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            key = request.session.session_key
            operations.sessions.end_key(key, Ending.SIGNED_OUT, by=request.user)
        return super().post(request, *args, **kwargs)


class ChangePassword(views.RedirectURLMixin, views.PasswordChangeView):
    """The person stays signed in here; every other session of theirs ends. `next` leads back to the work."""

    template_name = "registration/password.html"
    form_class = ChangePasswordForm
    next_page = "desk:home"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_superuser:
            raise PermissionDenied("应急账号的密码用一次即作废，只能在服务器上重新封存。")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        why = passwords.why_due(self.request.user)
        return super().get_context_data(**kwargs) | {"next": self.get_redirect_url(), "why": why}

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        here = self.request.session.session_key
        password = form.cleaned_data["new_password1"]
        user = operations.change_password(self.request.user, password, here=here)
        update_session_auth_hash(self.request, user)
        operations.sessions.renew_key(here, self.request.session.session_key)
        messages.success(self.request, "密码已修改，下次请用新密码登录。")
        return redirect(self.get_success_url())
