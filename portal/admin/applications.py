"""应用链接: the ways from the single entrance to other systems, in the hands of 系统管理员 (办法第二条)."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from portal import applications, operations
from portal.admin.access import PortalAdmin
from portal.models import ApplicationLink, Department


class ApplicationLinkForm(forms.ModelForm):
    class Meta:
        model = ApplicationLink
        fields = ["name", "url", "note", "position", "is_active", "audience", "departments"]
        widgets = {"departments": UnfoldAdminCheckboxSelectMultipleWidget}
        help_texts = {
            "url": "http:// 或 https:// 开头的网址，或者以 / 开头的本网路径。",
            "position": "数小的排在前面。",
            "is_active": "停用的系统取消显示即可，记录保留。",
            "audience": "“所有人”包括没有登录的浏览者。",
            "departments": "勾选后只有这些部门及其下级部门的人登录后看得到；不勾选则不限部门。",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "departments" in self.fields:
            self.fields["departments"].widget.can_add_related = False
            self.fields["departments"].queryset = Department.objects.with_tree_fields()
            self.fields["departments"].label_from_instance = lambda one: "　" * one.tree_depth + one.name

    def clean_url(self) -> str:
        try:
            return applications.read_url(self.cleaned_data["url"])
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong


@admin.register(ApplicationLink)
class ApplicationLinkAdmin(PortalAdmin):
    form = ApplicationLinkForm
    list_display = ["name", "url", "note", "shown_to", "position", "is_active"]
    list_filter = ["is_active", "audience"]
    search_fields = ["name", "url"]
    fieldsets = [
        (None, {"fields": ["name", "url", "note", "position", "is_active"]}),
        ("显示给谁", {"fields": ["audience", "departments"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApplicationLink]:
        return super().get_queryset(request).prefetch_related("departments")

    @display(description="显示给")
    def shown_to(self, link: ApplicationLink) -> str:
        named = "、".join(str(department) for department in link.departments.all())
        return named or link.get_audience_display()

    def save_model(self, request: HttpRequest, obj: ApplicationLink, form, change: bool) -> None:
        departments = form.cleaned_data["departments"]
        operations.save_application_link(obj, by=request.user, departments=departments)

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        """The operation has saved everything."""
