"""登记地址: where staff manage from and where files come in, in the hands of 安全管理员 (石家庄第三十一条)."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget

from portal import addresses, clock, operations
from portal.admin.access import PortalAdmin, may_keep_safety, may_see_safety
from portal.enums import NetworkPurpose
from portal.models import RegisteredNetwork
from portal.workflow import Refused


class NetworkForm(forms.ModelForm):
    """Every change has its own reason: the last one is not offered again."""

    class Meta:
        model = RegisteredNetwork
        fields = ["purpose", "network", "place", "department", "reason"]
        widgets = {"reason": UnfoldAdminTextareaWidget(attrs={"rows": 2})}
        help_texts = {
            "network": "一个地址（如 10.8.1.25、2001:db8::25）或一个网段（如 10.8.0.0/16）。",
            "place": "如：信息中心 301 室导入专机、办公楼二层。",
            "reason": "如：经分管领导批准（文号）、设备更换。未经许可不得擅自使用或变更地址。",
        }
        error_messages = {"reason": {"required": "请写明事由"}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and "reason" in self.fields:
            self.initial["reason"] = ""
            self.fields["reason"].label = "变更事由"

    def clean_network(self) -> str:
        try:
            return addresses.spelling(addresses.read_network(self.cleaned_data["network"]))
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong

    def _get_validation_exclusions(self) -> set[str]:
        """Registered twice is said by the operation, at its field and with where the first one is."""
        return super()._get_validation_exclusions() | {"purpose"}


class EndForm(forms.Form):
    reason = forms.CharField(
        label="注销事由", max_length=200, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        error_messages={"required": "请写明注销的事由"},
    )  # fmt: skip


class LiveFilter(admin.SimpleListFilter):
    title, parameter_name = "状态", "live"

    def lookups(self, request: HttpRequest, model_admin):
        return [("now", "在用"), ("ended", "已注销")]

    def queryset(self, request: HttpRequest, queryset):
        return queryset.filter(ended_at__isnull=self.value() == "now") if self.value() else queryset


@admin.register(RegisteredNetwork)
class RegisteredNetworkAdmin(PortalAdmin):
    form = NetworkForm
    list_display = ["network", "purpose", "place", "department", "registered", "state", "end"]
    list_select_related = ["department", "registered_by"]
    list_filter = [LiveFilter, "purpose"]
    search_fields = ["network", "place"]
    fields = ["purpose", "network", "place", "department", "reason"]
    list_per_page = 50
    list_before_template = "admin/portal/registerednetwork/standing.html"

    def may_see(self, request: HttpRequest) -> bool:
        return may_see_safety(request)

    def may_change(self, request: HttpRequest) -> bool:
        return may_keep_safety(request)

    def has_change_permission(self, request: HttpRequest, obj: RegisteredNetwork | None = None) -> bool:
        return self.may_change(request) and (obj is None or obj.ended_at is None)

    def get_readonly_fields(self, request: HttpRequest, obj: RegisteredNetwork | None = None) -> list[str]:
        return ["purpose"] if obj else []

    def get_list_display(self, request: HttpRequest) -> list[str]:
        return self.list_display if self.may_change(request) else self.list_display[:-1]

    @display(description="登记", ordering="registered_at")
    def registered(self, row: RegisteredNetwork) -> str:
        return f"{row.registered_by} {clock.local(row.registered_at):%Y-%m-%d}"

    @display(description="状态", label={"在用": "success"})
    def state(self, row: RegisteredNetwork) -> str:
        return f"{clock.local(row.ended_at):%Y-%m-%d} 注销" if row.ended_at else "在用"

    @display(description="")
    def end(self, row: RegisteredNetwork) -> str:
        if row.ended_at:
            return ""
        address = reverse("admin:portal_registerednetwork_end", args=[row.pk])
        return format_html('<a class="row-act" href="{}">注销</a>', address)

    def get_urls(self):
        end = self.admin_site.admin_view(self.end_view)
        return [path("<int:pk>/end/", end, name="portal_registerednetwork_end"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """With what the register means now: who gets into the admin, where files come in."""
        context = {
            "own_address": addresses.client_address(request),
            "admin_networks": len(addresses.live_networks(NetworkPurpose.ADMIN)),
            "stations": len(addresses.live_networks(NetworkPurpose.IMPORT_STATION)),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def save_model(
        self, request: HttpRequest, obj: RegisteredNetwork, form: NetworkForm, change: bool
    ) -> None:
        if change:
            operations.change_network(obj, by=request.user, visitor=addresses.origin(request))
        else:
            operations.register_network(obj, by=request.user)

    def end_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """注销, with its reason."""
        if not self.may_change(request):
            raise PermissionDenied
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        form = EndForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            reason, visitor = form.cleaned_data["reason"], addresses.origin(request)
            try:
                operations.end_network(row, by=request.user, reason=reason, visitor=visitor)
            except Refused as refusal:
                form.add_error("reason", refusal.message)
            else:
                messages.success(request, f"已注销：{row}")
                return redirect("admin:portal_registerednetwork_changelist")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "注销登记地址"}
        context |= {"row": row, "form": form}
        return TemplateResponse(request, "admin/portal/registerednetwork/end.html", context)
