"""公开类别 with 责任分工, and 发布机构 with their codes: kept by 系统管理员, seen by 审计管理员."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import TabularInline

from disclosure.models import Category, CategoryDuty, Issuer
from disclosure.operations import categories as operations
from portal.admin.access import PortalAdmin


class DutyInline(TabularInline):
    model = CategoryDuty
    extra = 0
    fields = ["department", "leads", "route", "clause"]
    verbose_name_plural = "责任分工"

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return True  # as the category it stands in

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(Category)
class CategoryAdmin(PortalAdmin):
    list_display = ["name", "site", "parent", "code", "column", "period", "is_active", "clause"]
    list_select_related = ["site", "parent", "column"]
    list_filter = ["site", "is_active"]
    search_fields = ["name", "key"]
    inlines = [DutyInline]
    fieldsets = [
        (None, {"fields": ["site", "name", "key", "code", "parent", "position", "is_active"]}),
        ("公开", {"fields": ["note", "period", "column", "clause"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Category | None = None) -> list[str]:
        return ["site", "key", "code"] if obj else []  # parts of its address and of numbers that were given

    def save_model(self, request: HttpRequest, obj: Category, form, change: bool) -> None:
        operations.save(obj, by=request.user)

    def save_formset(self, request: HttpRequest, form, formset, change: bool) -> None:
        changed = formset.save(commit=False)
        operations.save_duties(form.instance, changed, formset.deleted_objects, by=request.user)


@admin.register(Issuer)
class IssuerAdmin(PortalAdmin):
    list_display = ["department", "code", "office", "is_active"]
    list_select_related = ["department", "office"]
    fields = ["office", "department", "code", "is_active"]

    def get_readonly_fields(self, request: HttpRequest, obj: Issuer | None = None) -> list[str]:
        return ["office", "department", "code"] if obj else []

    def save_model(self, request: HttpRequest, obj: Issuer, form, change: bool) -> None:
        operations.save_issuer(obj, by=request.user)
