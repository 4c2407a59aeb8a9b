"""The working-day calendar: days that differ from the plain week, and the years settled by notice."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST
from unfold.decorators import display

from portal import operations
from portal.admin.access import PortalAdmin
from portal.models import CalendarDay, CalendarYear


@admin.register(CalendarDay)
class CalendarDayAdmin(PortalAdmin):
    list_display = ["day", "what", "note", "take_back"]
    list_display_links = ["day"]
    list_filter = ["is_workday"]
    date_hierarchy = "date"
    fields = ["date", "is_workday", "note"]
    list_per_page = 60

    def get_readonly_fields(self, request: HttpRequest, obj: CalendarDay | None = None) -> list[str]:
        return ["date"] if obj else []

    def get_urls(self):
        take_back = self.admin_site.admin_view(require_POST(self.take_back_view))
        own = path("<int:pk>/take-back/", take_back, name="portal_calendarday_take_back")
        return [own, *super().get_urls()]

    @display(description="日期", ordering="date")
    def day(self, row: CalendarDay) -> str:
        return f"{row.date:%Y-%m-%d} 星期{'一二三四五六日'[row.date.weekday()]}"

    @display(description="安排", label={"上班": "warning", "放假": "success"})
    def what(self, row: CalendarDay) -> str:
        return "上班" if row.is_workday else "放假"

    @display(description="")
    def take_back(self, row: CalendarDay) -> str:
        """A button for the list's own form, which carries the CSRF token."""
        return format_html(
            '<button class="row-act" form="changelist-form" formaction="{}" data-confirm="{}">撤销</button>',
            reverse("admin:portal_calendarday_take_back", args=[row.pk]),
            f"撤销对 {row.date:%Y-%m-%d} 的安排？相关时限将重新推算。",
        )

    def take_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.may_change(request):
            raise PermissionDenied
        row = get_object_or_404(CalendarDay, pk=pk)
        _tell(request, "已撤销", operations.remove_day(row, by=request.user))
        return redirect("admin:portal_calendarday_changelist")

    def save_model(self, request: HttpRequest, obj: CalendarDay, form, change: bool) -> None:
        moved = operations.set_day(obj.date, obj.is_workday, obj.note, by=request.user)
        obj.pk = CalendarDay.objects.get(date=obj.date).pk
        _tell(request, "已保存", moved)


class YearForm(forms.ModelForm):
    class Meta:
        model = CalendarYear
        fields = ["year", "source"]
        labels = {"source": "依据的通知"}
        help_texts = {"source": "如：国务院办公厅关于 2027 年部分节假日安排的通知"}


@admin.register(CalendarYear)
class CalendarYearAdmin(PortalAdmin):
    form = YearForm
    list_display = ["__str__", "is_confirmed", "source"]

    def get_readonly_fields(self, request: HttpRequest, obj: CalendarYear | None = None) -> list[str]:
        return ["year"] if obj else []

    def save_model(self, request: HttpRequest, obj: CalendarYear, form, change: bool) -> None:
        moved = operations.confirm_year(obj.year, obj.source, by=request.user)
        obj.pk = CalendarYear.objects.get(year=obj.year).pk
        _tell(request, f"{obj.year} 年日历已核定", moved)


def _tell(request: HttpRequest, done: str, moved: list) -> None:
    after = f"，重新推算了 {len(moved)} 项未办结的时限" if moved else ""
    messages.success(request, f"{done}{after}。")
