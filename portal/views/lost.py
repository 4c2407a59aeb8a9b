"""凭证挂失 by the person: from 我的账号, or from the sign-in page with 工号 and password."""

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal import operations

RECEIVED = "挂失已受理。工号和密码相符的，账号已即时停用，全部登录已结束，安全管理员已得到通知；请联系网管当面重设密码。"


class LostForm(forms.Form):
    username = forms.CharField(
        label="工号",
        max_length=40,
        error_messages={"required": "请填写工号"},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label="现在的密码",
        strip=False,
        max_length=128,
        error_messages={"required": "请填写密码"},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def lost(request: HttpRequest) -> HttpResponse:
    """Without a sign-in. The answer is the same whether number and password are right or wrong: it tells nothing.

    A wrong password is counted by the door itself (`portal.backends`).
    """
    if request.user.is_authenticated:
        return redirect("account_lost")
    form = LostForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "registration/lost.html", {"form": form})
    number, password = form.cleaned_data["username"], form.cleaned_data["password"]
    person = authenticate(request, username=number, password=password)
    if person is not None and not person.is_superuser:
        operations.report_lost(person, by=person, reason="本人在登录页挂失")
    messages.info(request, RECEIVED)
    return redirect("login")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def account_lost(request: HttpRequest) -> HttpResponse:
    """One page that says what will happen; the button makes it happen."""
    if request.user.is_superuser:
        raise PermissionDenied("应急账号不挂失：请运维人员在服务器上重新封存。")
    if request.method != "POST":
        return render(request, "desk/lost.html")
    operations.report_lost(request.user, by=request.user, reason="本人在“我的账号”挂失")
    logout(request)
    messages.warning(request, "登录凭证已挂失，全部登录都已结束。请联系网管当面重设密码。")
    return redirect("login")
