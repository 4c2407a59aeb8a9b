"""Review routes with their steps (办法第十六条)."""

from django.contrib import admin
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from unfold.admin import TabularInline
from unfold.decorators import display

from columns import operations
from columns.forms import ReviewRouteForm, RouteStepForm
from columns.models import ReviewRoute, RouteStep
from portal.admin.access import PortalAdmin


class RouteStepFormSet(BaseInlineFormSet):
    def validate_unique(self) -> None:
        """Places are numbered anew when the steps are saved."""


class RouteStepInline(TabularInline):
    model = RouteStep
    form = RouteStepForm
    formset = RouteStepFormSet
    extra = 0
    verbose_name_plural = "步骤（按次序进行；没有步骤即直接发布）"

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return True  # as the route it stands in

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


@admin.register(ReviewRoute)
class ReviewRouteAdmin(PortalAdmin):
    form = ReviewRouteForm
    list_display = ["name", "way", "is_default", "clause"]
    fields = ["name", "key", "clause", "is_default"]
    inlines = [RouteStepInline]

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).prefetch_related("steps")

    def get_readonly_fields(self, request: HttpRequest, obj: ReviewRoute | None = None) -> list[str]:
        return ["key"] if obj else []

    @display(description="步骤")
    def way(self, route: ReviewRoute) -> str:
        return " → ".join(step.label for step in route.steps.all()) or "直接发布"

    def save_model(self, request: HttpRequest, obj: ReviewRoute, form, change: bool) -> None:
        operations.save_route(obj, by=request.user)

    def save_formset(self, request: HttpRequest, form, formset, change: bool) -> None:
        changed = formset.save(commit=False)
        operations.save_steps(form.instance, changed, formset.deleted_objects, by=request.user)
