"""登录锁定: who cannot sign in at present, and the door back (安全管理员)."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget

from portal import clock, locks, operations
from portal.admin.access import PortalAdmin, ReadOnly, may_keep_safety, may_see_safety
from portal.enums import LockKind
from portal.models import SignInLock, User
from portal.workflow import Refused


class LiftForm(forms.Form):
    reason = forms.CharField(
        label="解除理由", max_length=200, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text="如：已当面核实为本人。理由记入审计。", error_messages={"required": "请写明解除的理由"},
    )  # fmt: skip


@admin.register(SignInLock)
class SignInLockAdmin(ReadOnly, PortalAdmin):
    list_display = ["who", "failures", "since", "ends", "lift"]
    list_display_links = None
    search_fields = ["key"]
    search_help_text = "按工号或地址查找"
    empty_words = "现在没有被锁定的工号或地址。登录失败次数过多时会自动锁定，到时自动解除。"
    list_per_page = 50
    fields = ["who", "failures", "since", "ends"]
    readonly_fields = ["who", "since", "ends"]

    def may_see(self, request: HttpRequest) -> bool:
        return may_see_safety(request)

    def may_change(self, request: HttpRequest) -> bool:
        return may_keep_safety(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SignInLock]:
        """What is locked now, with the person's name; what was is told by the audit trail."""
        people = User.objects.annotate(folded=Lower("staff_number")).filter(folded=OuterRef("key"))
        return locks.present().annotate(person=Subquery(people.values("name")[:1]))

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """The button only for those who may press it."""
        return self.list_display if self.may_change(request) else self.list_display[:-1]

    def get_urls(self):
        lift = self.admin_site.admin_view(self.lift_view)
        return [path("<int:pk>/lift/", lift, name="portal_signinlock_lift"), *super().get_urls()]

    @display(description="锁定对象")
    def who(self, lock: SignInLock) -> str:
        if lock.kind == LockKind.ADDRESS:
            return str(lock)
        return f"{lock}（{lock.person or '没有此工号'}）"

    @display(description="锁定时间", ordering="at")
    def since(self, lock: SignInLock) -> str:
        return f"{clock.local(lock.at):%m-%d %H:%M}"

    @display(description="自动解除", ordering="until")
    def ends(self, lock: SignInLock) -> str:
        return f"{clock.local(lock.until):%m-%d %H:%M}"

    @display(description="")
    def lift(self, lock: SignInLock) -> str:
        address = reverse("admin:portal_signinlock_lift", args=[lock.pk])
        return format_html('<a class="row-act" href="{}">解除</a>', address)

    def lift_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """解除, with its reason; a lock that has ended meanwhile is said to have."""
        if not self.may_change(request):
            raise PermissionDenied("只有安全管理员可以解除登录锁定")
        lock = get_object_or_404(SignInLock, pk=pk)
        form = LiftForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                operations.lift_lock(lock, by=request.user, reason=form.cleaned_data["reason"])
                messages.success(request, f"已解除锁定：{lock}")
            except Refused as refusal:
                messages.warning(request, refusal.message)
            return redirect("admin:portal_signinlock_changelist")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "解除登录锁定"}
        context |= {"lock": lock, "form": form}
        return TemplateResponse(request, "admin/portal/signinlock/lift.html", context)
