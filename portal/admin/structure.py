"""Sites and departments."""

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from unfold.decorators import display

from portal import operations
from portal.admin.access import PortalAdmin
from portal.models import Department, Site, User


@admin.register(Site)
class SiteAdmin(PortalAdmin):
    list_display = ["name", "address", "department", "parent", "palette", "organiser"]
    list_select_related = ["department", "parent"]
    search_fields = ["name", "key"]
    fieldsets = [
        (None, {"fields": ["name", "tagline", "key", "parent", "department", "palette", "position"]}),
        ("域名", {"fields": ["host_name"], "description": "有自己域名的站点填写；没有则按路径访问。"}),
        ("页脚", {"fields": ["organiser", "phone", "id_code", "icp", "police_record", "government_mark"]}),
    ]

    @display(description="访问地址")
    def address(self, site: Site) -> str:
        return site.host_name or site.prefix

    def get_readonly_fields(self, request: HttpRequest, obj: Site | None = None) -> list[str]:
        return ["key"] if obj else []  # the key is part of every address of the site

    def save_model(self, request: HttpRequest, obj: Site, form, change: bool) -> None:
        obj.host_name = obj.host_name or None
        operations.save_site(obj, by=request.user)


class DepartmentForm(forms.ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        above = Department.objects.with_tree_fields()
        if self.instance.pk:
            below = self.instance.descendants(include_self=True).values_list("pk", flat=True)
            above = above.exclude(pk__in=list(below))
        self.fields["parent"].queryset = above
        if "closed_on" in self.fields:
            self.fields["closed_on"].help_text = "不再在用的部门填写；不填的记为停用当日。考核计到这一天。"
        people = (
            User.objects.filter(is_active=True).exclude(staff_number="system").select_related("department")
        )
        self.fields["head"].queryset = people
        self.fields["head"].label_from_instance = lambda one: (
            f"{one.name}（{one.staff_number}，{one.department}）"
        )
        self.fields["parent"].label_from_instance = lambda one: "　" * one.tree_depth + one.name


@admin.register(Department)
class DepartmentAdmin(PortalAdmin):
    form = DepartmentForm
    list_display = ["indented", "kind", "code", "position", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["name", "short_name", "code"]
    fields = [
        "name", "short_name", "code", "kind", "parent", "head", "phone", "position", "is_active", "closed_on",
    ]  # fmt: skip
    list_per_page = 200

    def get_queryset(self, request: HttpRequest):
        return Department.objects.with_tree_fields()

    def get_ordering(self, request: HttpRequest) -> list[str]:
        return []

    def get_readonly_fields(self, request: HttpRequest, obj: Department | None = None) -> list[str]:
        return ["code"] if obj else []

    @display(description="名称")
    def indented(self, department: Department) -> str:
        return "　" * getattr(department, "tree_depth", 0) + department.name

    def save_model(self, request: HttpRequest, obj: Department, form, change: bool) -> None:
        operations.save_department(obj, by=request.user)
