"""参数: the numbers that regulations and standards set, in the hands of 安全管理员."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.decorators import display

from portal import operations
from portal.admin.access import PortalAdmin, may_keep_safety, may_see_safety
from portal.models import Parameter


@admin.register(Parameter)
class ParameterAdmin(PortalAdmin):
    list_display = ["label", "number", "clause"]
    list_display_links = ["label"]
    fields = ["label", "value", "unit", "clause"]
    readonly_fields = ["label", "unit"]
    list_per_page = 100

    def may_see(self, request: HttpRequest) -> bool:
        return may_see_safety(request)

    def may_change(self, request: HttpRequest) -> bool:
        return may_keep_safety(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # what can be asked is code; how much of it is data

    @display(description="数值")
    def number(self, row: Parameter) -> str:
        return "不作要求" if row.value is None else f"{row.value} {row.unit}"

    def save_model(self, request: HttpRequest, obj: Parameter, form, change: bool) -> None:
        operations.set_parameter(obj, by=request.user)
