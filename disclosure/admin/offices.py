"""公开工作机构: its days, the day of receipt by channel, its charges. A limit changes here, not in code."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import TabularInline

from disclosure.models import ChannelRule, FeeBand, Office
from disclosure.operations import offices as operations
from portal.admin.access import PortalAdmin


class RuleInline(TabularInline):
    """As the office it stands in."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return True

    has_add_permission = has_change_permission = has_view_permission


class ChannelInline(RuleInline):
    model = ChannelRule
    fields = ["channel", "receipt", "clause"]
    verbose_name_plural = "收到申请之日（政府信息公开条例第三十一条）"

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False  # every channel that requests come by needs its rule


class BandInline(RuleInline):
    model = FeeBand
    fields = ["mode", "over", "price", "step", "every", "clause"]
    verbose_name_plural = "收费标准（从第“超过 + 1”件或页起）"
    has_delete_permission = RuleInline.has_view_permission


@admin.register(Office)
class OfficeAdmin(PortalAdmin):
    list_display = ["organ", "site", "department", "answer_days", "fee_mode", "is_open", "clause"]
    list_select_related = ["site", "department"]
    search_fields = ["organ", "code"]
    inlines = [ChannelInline, BandInline]
    fieldsets = [
        (None, {"fields": ["site", "organ", "code", "department", "route", "is_open", "clause"]}),
        ("公开指南和答复书写明的", {"fields": [
            "address", "postcode", "phone", "fax", "email", "hours", "review_organ", "court", "supervisor",
        ]}),
        ("期限（工作日）和收费", {
            "fields": [
                "publish_days", "answer_days", "extension_days", "correction_notice_days", "correction_days",
                "consult_days", "payment_days", "fee_mode",
            ],
            "description": "改动只及于此后开始计算的期限。",
        }),
    ]  # fmt: skip

    def get_readonly_fields(self, request: HttpRequest, obj: Office | None = None) -> list[str]:
        return ["site", "code"] if obj else []  # parts of numbers that were given

    def save_model(self, request: HttpRequest, obj: Office, form, change: bool) -> None:
        operations.save(obj, by=request.user)

    def save_formset(self, request: HttpRequest, form, formset, change: bool) -> None:
        changed = formset.save(commit=False)
        operations.save_rules(form.instance, changed, formset.deleted_objects, by=request.user)
