"""登录、退出、修改密码 (办法第十四条第4项: 以工号登录)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash, views
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy

from portal import operations

PASSWORD_HELP = "至少 10 位，不能全是数字，不能与工号、姓名相近，也不能是常见密码。"


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
        self.fields["new_password1"].help_text = PASSWORD_HELP
        self.fields["new_password2"].help_text = ""


class SignIn(views.LoginView):
    """A new session key with every sign-in; `next` is followed only within this host."""

    template_name = "registration/login.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without the stock view's own `site`, which hides the portal's."""
        return super().get_context_data(**kwargs) | {"site": self.request.site}

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        response = super().form_valid(form)
        operations.record_sign_in(self.request.user)
        return response

    def form_invalid(self, form: forms.BaseForm) -> HttpResponse:
        if form.cleaned_data.get("username") and form.cleaned_data.get("password"):
            operations.record_failed_sign_in(form.cleaned_data["username"])
        return super().form_invalid(form)


class SignOut(views.LogoutView):
    """POST only: a link in a text must not sign anybody out."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            operations.record_sign_out(request.user)
        return super().post(request, *args, **kwargs)


class ChangePassword(views.PasswordChangeView):
    """The person stays signed in here; every other session of theirs ends."""

    template_name = "registration/password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("desk:home")

    def form_valid(self, form: forms.BaseForm) -> HttpResponse:
        user = operations.change_password(self.request.user, form.cleaned_data["new_password1"])
        update_session_auth_hash(self.request, user)
        cache.delete("sample-passwords")
        messages.success(self.request, "密码已修改，下次请用新密码登录。")
        return redirect(self.get_success_url())
