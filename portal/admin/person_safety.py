"""What 安全管理员 does about a person: sees where they are signed in, ends it, reports a loss, resets a second factor."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget

from portal import clock, operations, second_factor, sessions
from portal.admin.access import holds, may_keep_safety
from portal.enums import Ending, Power
from portal.models import SignedIn, User
from portal.workflow import Refused

SHOWN_SESSIONS = 30
LOST_MEANS = "密码立即作废，全部登录立即结束，安全管理员得到通知；网管重设初始密码后才能再登录。"
RESET_MEANS = "原来的手机验证器和恢复码立即失效，下次只用密码登录；本人会得到通知。"


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="理由",
        max_length=200,
        help_text="写明本人如何提出、如何核实身份。",
        error_messages={"required": "请写明理由"},
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )


class PersonSafety:
    """Mixed into the admin of people."""

    def get_urls(self):
        door = self.admin_site.admin_view
        return [
            path("<int:pk>/lost/", door(self.lost_view), name="portal_user_lost"),
            path("<int:pk>/second-factor/", door(self.reset_view), name="portal_user_second_factor"),
            path(
                "<int:pk>/sessions/<int:row>/end/", door(require_POST(self.end_view)), name="portal_user_end"
            ),
            *super().get_urls(),
        ]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> User | None:
        """The person remembers who looks: whoever may not press a button is not shown it."""
        person = super().get_object(request, object_id, from_field)
        if person is not None:
            person.safety_kept, person.loss_taken = may_keep_safety(request), _may_take_loss(request)
        return person

    # --- what the page shows ----------------------------------------------------------------------------

    @display(description="登录凭证")
    def credential(self, person: User) -> str:
        if person.credential_lost_at:
            return f"已挂失（{clock.local(person.credential_lost_at):%Y-%m-%d %H:%M}），设置初始密码即恢复"
        if not person.loss_taken:
            return "正常"
        address = reverse("admin:portal_user_lost", args=[person.pk])
        return format_html('正常 <a class="row-act" href="{}">挂失</a>', address)

    @display(description="二次验证")
    def second_factor_state(self, person: User) -> str:
        if not second_factor.is_on(person):
            return "未启用"
        if not person.safety_kept:
            return "已启用"
        address = reverse("admin:portal_user_second_factor", args=[person.pk])
        return format_html('已启用 <a class="row-act" href="{}">重设</a>', address)

    @display(description="正在登录的设备")
    def stays(self, person: User) -> str | SafeString:
        """Live sessions; the buttons belong to the page's own form, which carries the CSRF token."""
        rows = sessions.live_of(person)[:SHOWN_SESSIONS]
        lines = [
            (row.device, row.address or "", f"{clock.local(row.seen_at):%m-%d %H:%M}",
             _end_button(row) if person.safety_kept else "")
            for row in rows
        ]  # fmt: skip
        line = '<p>{} <span class="quiet">{} 最近活动 {}</span> {}</p>'
        return format_html_join("", line, lines) or "没有"

    # --- what its buttons do ----------------------------------------------------------------------------

    def lost_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """挂失 for a person who telephones: 安全管理员 or 系统管理员 (慈溪第二十六条)."""
        if not _may_take_loss(request):
            raise PermissionDenied("只有安全管理员和网管可以代为挂失")
        return self._with_reason(request, pk, "凭证挂失", LOST_MEANS, "挂失", _report_lost)

    def reset_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not may_keep_safety(request):
            raise PermissionDenied("只有安全管理员可以重设二次验证")
        return self._with_reason(request, pk, "重设二次验证", RESET_MEANS, "重设", _reset)

    def end_view(self, request: HttpRequest, pk: int, row: int) -> HttpResponse:
        if not may_keep_safety(request):
            raise PermissionDenied("只有安全管理员可以结束他人的登录")
        found = get_object_or_404(SignedIn, pk=row, user=pk)
        operations.sessions.end(found, Ending.BY_ADMINISTRATOR, by=request.user)
        messages.success(request, f"已结束“{found.device}”上的登录。")
        return redirect("admin:portal_user_change", pk)

    def _with_reason(
        self, request: HttpRequest, pk: int, title: str, means: str, button: str, act: Callable
    ) -> HttpResponse:
        """A page of its own that says what will happen and asks why; a refusal shows there, the reason kept."""
        person = get_object_or_404(self.get_queryset(request), pk=pk)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                messages.success(request, act(person, request.user, form.cleaned_data["reason"]))
                return redirect("admin:portal_user_change", pk)
            except Refused as refusal:
                form.add_error("reason", refusal.message)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        context |= {"person": person, "form": form, "means": means, "button": button}
        return TemplateResponse(request, "admin/portal/user/reason.html", context)


def _may_take_loss(request: HttpRequest) -> bool:
    """Whoever of the two is reached by telephone first."""
    return holds(request, Power.SECURITY, Power.SYSTEM)


def _report_lost(person: User, by: User, reason: str) -> str:
    if not operations.report_lost(person, by=by, reason=reason):
        raise Refused("此人的登录凭证已经挂失")
    return f"{person}的登录凭证已挂失，全部登录已结束。"


def _reset(person: User, by: User, reason: str) -> str:
    operations.second_factor.reset(person, by=by, reason=reason)
    return f"{person}的二次验证已重设。"


def _end_button(row: SignedIn) -> SafeString:
    return format_html(
        '<button class="row-act" form="user_form" formnovalidate formaction="{}" data-confirm="{}">结束</button>',
        reverse("admin:portal_user_end", args=[row.user_id, row.pk]),
        f"结束“{row.device}”上的登录？",
    )
