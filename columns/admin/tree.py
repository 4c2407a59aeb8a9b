"""Columns as their moderators see them: one tree per site, changed in place."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from columns import operations, rules
from columns.forms import ColumnForm
from columns.models import Column
from columns.queries import tree
from portal.admin.access import PortalAdmin
from portal.enums import Power
from portal.models import Site
from portal.workflow import Refused


def may_see_columns(request: HttpRequest) -> bool:
    """Whoever manages any column (总版主: 办法第八条); 审计管理员 looks on."""
    return rules.powers_of(request.user).anywhere(Power.MANAGE, Power.AUDIT)


@admin.register(Column)
class ColumnAdmin(PortalAdmin):
    form = ColumnForm
    fieldsets = [
        (None, {"fields": ["name", "slug", "parent", "kind", "placement"]}),
        ("采编说明", {"fields": ["content_note", "format_note", "update_class"]}),
        ("读者", {"fields": ["readers", "reader_departments"]}),
        ("互动", {"fields": ["takes_comments", "takes_contributions"]}),
        ("审核", {"fields": ["route", "clause"]}),
    ]

    def may_see(self, request: HttpRequest) -> bool:
        return may_see_columns(request)

    def may_change(self, request: HttpRequest) -> bool:
        return rules.powers_of(request.user).anywhere(Power.MANAGE)

    def has_change_permission(self, request: HttpRequest, obj: Column | None = None) -> bool:
        return rules.may(request.user, Power.MANAGE, obj) if obj else self.may_change(request)

    def has_view_permission(self, request: HttpRequest, obj: Column | None = None) -> bool:
        if obj is None:
            return self.may_see(request)
        return any(rules.may(request.user, power, obj) for power in (Power.MANAGE, Power.AUDIT))

    def get_readonly_fields(self, request: HttpRequest, obj: Column | None = None) -> list[str]:
        return ["slug"] if obj else []

    def get_urls(self):
        move = self.admin_site.admin_view(require_POST(self.move_view))
        moves = [
            path(f"<int:pk>/{way}/", move, {"up": way == "up"}, name=f"columns_column_{way}")
            for way in ("up", "down")
        ]
        return [*moves, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The trees of all sites where the person manages something."""
        if not self.may_see(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "栏目",
            "trees": [rows for site in request.sites if (rows := self._rows(request, site))["columns"]],
        }
        return TemplateResponse(request, "admin/columns/column/tree.html", context)

    def move_view(self, request: HttpRequest, pk: int, up: bool) -> HttpResponse:
        """上移 / 下移, and back to the same place on the page."""
        try:
            operations.move(get_object_or_404(Column, pk=pk), by=request.user, up=up)
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect(f"{reverse('admin:columns_column_changelist')}#column-{pk}")

    def get_form(self, request: HttpRequest, obj: Column | None = None, change: bool = False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if not issubclass(form, ColumnForm):
            return form
        site = obj.site if obj else self._site(request)

        class FormOfSite(form):
            def __init__(self, *args, **kwargs):
                super().__init__(*args, user=request.user, site=site, **kwargs)

        return FormOfSite

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        return {"parent": request.GET.get("parent", "")}

    def save_model(self, request: HttpRequest, obj: Column, form: ColumnForm, change: bool) -> None:
        departments = form.cleaned_data["reader_departments"]
        operations.save_column(obj, by=request.user, reader_departments=departments)

    def save_related(self, request: HttpRequest, form, formsets, change: bool) -> None:
        """The operation has saved everything."""

    def _site(self, request: HttpRequest) -> Site:
        wanted = request.GET.get("site", "")
        return next((site for site in request.sites if site.key == wanted), request.site)

    def _rows(self, request: HttpRequest, site: Site) -> dict:
        columns = tree(site)
        live = Count("articles", filter=Q(articles__state="LIVE"))
        counts = dict(
            Column.objects.filter(site=site).order_by().annotate(live=live).values_list("pk", "live")
        )
        rows = [
            {
                "column": column,
                "depth": len(columns.path(column)) - 1,
                "count": counts.get(column.pk, 0),
                "may_change": self.has_change_permission(request, column),
            }
            for column in columns
            if self.has_view_permission(request, column)
        ]
        return {"site": site, "columns": rows, "may_add_main": rules.may_manage_site(request.user, site)}
