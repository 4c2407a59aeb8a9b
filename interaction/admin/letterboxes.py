"""信箱与来信类别: whom letters reach, within how many working days. A limit changes here, not in code."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import StackedInline

from interaction.models import Letterbox, Matter
from interaction.operations import letterboxes as operations
from portal.admin.access import PortalAdmin


class MatterInline(StackedInline):
    model = Matter
    extra = 0
    fields = [("name", "key"), ("kind", "answer_days", "position"), "clause", "items", "is_active"]
    verbose_name_plural = "来信类别"

    def has_view_permission(self, request: HttpRequest, obj=None) -> bool:
        return True  # as the letterbox it stands in

    has_add_permission = has_change_permission = has_view_permission

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:
        return False  # letters were written about it; it is put out of use instead


@admin.register(Letterbox)
class LetterboxAdmin(PortalAdmin):
    list_display = ["name", "site", "receiver", "office", "is_open", "clause"]
    list_select_related = ["site", "receiver", "office"]
    list_filter = ["site", "is_open"]
    search_fields = ["name", "key"]
    inlines = [MatterInline]
    fieldsets = [
        (None, {"fields": ["site", "name", "key", "intro", "position", "is_open", "clause"]}),
        ("写信", {"fields": ["writer_picks", "needs_sign_in", "takes_files", "may_publish", "stream_url"]}),
        ("办理", {"fields": ["receiver", "office", "route", "is_looked_at_daily"]}),
        (
            "时限",
            {
                "fields": ["clock_start", "receive_days", "refer_days", "upward_days", "reopen_days"],
                "description": "答复时限按来信类别填写；改动只及于此后的来信。空：不作要求。",
            },
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Letterbox | None = None) -> list[str]:
        return ["site", "key"] if obj else []  # both are part of its address

    def save_model(self, request: HttpRequest, obj: Letterbox, form, change: bool) -> None:
        operations.save(obj, by=request.user)

    def save_formset(self, request: HttpRequest, form, formset, change: bool) -> None:
        operations.save_matters(form.instance, formset.save(commit=False), by=request.user)
