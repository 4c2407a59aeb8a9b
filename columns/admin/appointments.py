"""授权 (办法第十条): the ledger of grants. Rows are added and ended, never changed, never deleted."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from unfold.decorators import display

from columns import operations
from columns.forms import AppointmentForm, RevokeForm
from columns.models import Appointment, Role
from portal.admin.access import PortalAdmin, ReadOnly
from portal.enums import Power
from portal.models import Site
from portal.workflow import NotAllowed


class InForceFilter(admin.SimpleListFilter):
    title, parameter_name = "效力", "force"

    def lookups(self, request: HttpRequest, model_admin):
        return [("now", "有效"), ("ended", "已终止")]

    def queryset(self, request: HttpRequest, queryset):
        return queryset.filter(ended_on__isnull=self.value() == "now") if self.value() else queryset


@admin.register(Appointment)
class AppointmentAdmin(PortalAdmin):
    form = AppointmentForm
    list_display = ["user", "role", "site", "range", "granted_on", "granted_by", "force", "end"]
    list_display_links = None
    list_select_related = ["user", "role", "site", "column", "granted_by"]
    list_filter = [InForceFilter, "site", "role"]
    search_fields = ["user__name", "user__staff_number"]
    list_per_page = 50

    def has_change_permission(self, request: HttpRequest, obj: Appointment | None = None) -> bool:
        return False

    @display(description="范围")
    def range(self, row: Appointment) -> str:
        return str(row.column or "整个站点")

    @display(description="效力", label={"有效": "success"})
    def force(self, row: Appointment) -> str:
        return f"{row.ended_on:%Y-%m-%d} 终止" if row.ended_on else "有效"

    @display(description="")
    def end(self, row: Appointment) -> str:
        if row.ended_on:
            return ""
        address = reverse("admin:columns_appointment_revoke", args=[row.pk])
        return format_html('<a class="row-act" href="{}">注销</a>', address)

    def get_urls(self):
        revoke = self.admin_site.admin_view(self.revoke_view)
        return [path("<int:pk>/revoke/", revoke, name="columns_appointment_revoke"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Appointment, form: AppointmentForm, change: bool) -> None:
        typed = form.cleaned_data
        if not _may_grant(request, typed["site"]):
            raise NotAllowed("您没有这个站点的授权权限", "site")
        row = operations.appoint(
            typed["user"], typed["role"], typed["site"], column=typed["column"], reason=typed["reason"],
            by=request.user,
        )  # fmt: skip
        obj.pk = row.pk

    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """注销, with its reason."""
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        if not _may_grant(request, row.site):
            raise PermissionDenied("您没有这个站点的授权权限")
        form = RevokeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            operations.revoke(row, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, f"已注销：{row}")
            return redirect("admin:columns_appointment_changelist")
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": "注销授权"}
        context |= {"row": row, "form": form}
        return TemplateResponse(request, "admin/columns/appointment/revoke.html", context)


def _may_grant(request: HttpRequest, site: Site) -> bool:
    """网管 of that very site; whoever keeps one site appoints nobody on another."""
    return request.user.has_perm(f"portal.{Power.GRANT}", site)


@admin.register(Role)
class RoleAdmin(ReadOnly, PortalAdmin):
    list_display = ["name", "what", "clause"]
    fields = ["name", "what", "clause"]
    readonly_fields = ["what"]

    @display(description="权限")
    def what(self, role: Role) -> str:
        return "、".join(Power(power).label for power in role.powers)
