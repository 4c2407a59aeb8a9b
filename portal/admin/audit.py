"""The audit trail, to read."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.decorators import display

from portal import clock
from portal.admin.access import PortalAdmin, ReadOnly, holds, may_see_audit
from portal.enums import Power
from portal.models import AuditEntry, Site


class SiteFilter(admin.SimpleListFilter):
    title, parameter_name = "站点", "site"

    def lookups(self, request: HttpRequest, model_admin):
        return [(site.key, site.name) for site in Site.objects.all()]

    def queryset(self, request: HttpRequest, queryset):
        return queryset.filter(site_key=self.value()) if self.value() else queryset


class ActFilter(admin.SimpleListFilter):
    title, parameter_name = "动作", "act"

    def lookups(self, request: HttpRequest, model_admin):
        labels = AuditEntry.objects.order_by("label").values_list("label", flat=True).distinct()
        return [(label, label) for label in labels]

    def queryset(self, request: HttpRequest, queryset):
        return queryset.filter(label=self.value()) if self.value() else queryset


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly, PortalAdmin):
    list_display = ["when", "person", "label", "object_label", "note", "address"]
    list_select_related = ["actor", "acting_for"]
    list_filter = [SiteFilter, ActFilter, ("at", admin.DateFieldListFilter)]
    search_fields = ["actor__name", "actor__staff_number", "acting_for__name", "object_label"]
    fields = [
        "when", "person", "label", "object_label", "site", "clause", "note", "address", "hash",
    ]  # fmt: skip
    readonly_fields = ["when", "person", "site"]
    list_per_page = 50

    def may_see(self, request: HttpRequest) -> bool:
        return may_see_audit(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        """To 审计管理员 everything; to others what happened on sites where they inspect or grant, and to the house."""
        if holds(request, Power.AUDIT):
            return super().get_queryset(request)
        powers = (f"portal.{Power.GRANT}", f"portal.{Power.INSPECT}")
        sites = [site.key for site in request.sites if any(request.user.has_perm(p, site) for p in powers)]
        return super().get_queryset(request).filter(site_key__in=["", *sites])

    @display(description="时间", ordering="id")
    def when(self, entry: AuditEntry) -> str:
        return f"{clock.local(entry.at):%Y-%m-%d %H:%M:%S}"

    @display(description="操作人", ordering="actor")
    def person(self, entry: AuditEntry) -> str:
        """李四（代张三）."""
        return entry.who

    @display(description="站点")
    def site(self, entry: AuditEntry) -> str:
        site = Site.objects.filter(key=entry.site_key).first()
        return site.name if site else "—"
