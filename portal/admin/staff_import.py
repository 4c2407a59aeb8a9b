"""导入人员: upload → preview → 导入 → report. For 系统管理员 alone; what was previewed is what is done."""

from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from portal import addresses, clock, operations, spreadsheets, staff
from portal.models import User
from portal.spreadsheets import FileRefused, Line
from portal.staff import HEADINGS, Plan, report
from portal.workflow import Refused

MOST_BYTES = 10 * 1024 * 1024
SHOWN = 200  # of each kind; the workbook has them all
SALT, HOURS = "portal.staff-import", 2
WIDTHS = (14, 12, 22, 16, 28, 18, 10, 18)
EXPIRED = "这份预览已过期或不完整：请重新上传名单"


class UploadForm(forms.Form):
    """Cleaning reads the rows; they are judged against the register afterwards."""

    file = forms.FileField(
        label="名单文件",
        max_length=200,
        error_messages={
            "required": "请选择名单文件",
            "empty": "文件是空的：请选择有人员的名单",
            "max_length": "文件名太长：请改短后再上传",
            "invalid": "没有收到文件：请重新选择",
        },
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                f"文件超过 {MOST_BYTES // 1024 // 1024} MB：请去掉图片，或分成几个文件"
            )
        try:
            self.lines = _lines_of(file)
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file


class StaffImportPages:
    """Mixed into the admin of people: four pages that ask the same right first."""

    def get_urls(self) -> list:
        pages = (
            ("import/", self.import_view, "import"),
            ("import/apply/", require_POST(self.import_apply_view), "import_apply"),
            ("import/report/", require_POST(self.import_report_view), "import_report"),
            ("import/template/", require_safe(self.import_template_view), "import_template"),
        )
        own = [path(where, self._door(view), name=f"portal_user_{name}") for where, view, name in pages]
        return [*own, *super().get_urls()]

    def _door(self, view: Callable[[HttpRequest], HttpResponse]) -> Callable:
        def enter(request: HttpRequest) -> HttpResponse:
            if not self.may_change(request):
                raise PermissionDenied("导入人员是系统管理员的工作")
            return view(request)

        return self.admin_site.admin_view(enter)

    def import_view(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        why_not = addresses.why_not_upload(request) if form.is_bound else ""
        if why_not:
            form.add_error("file", why_not)
        if form.is_valid():
            plan = staff.plan_for(form.lines, form.cleaned_data["file"].name, by=request.user)
            return self._show(request, plan, is_done=False)
        context = {"form": form, "headings": [names[0] for names in HEADINGS.names.values()]}
        return self._page(request, "import", "导入人员", context)

    def import_apply_view(self, request: HttpRequest) -> HttpResponse:
        try:
            plan, _ = _kept(request)
            operations.apply_plan(plan, by=request.user)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("admin:portal_user_import")
        return self._show(request, plan, is_done=True)

    def import_report_view(self, request: HttpRequest) -> HttpResponse:
        """The plan of the page it is asked from, as a workbook."""
        try:
            plan, is_done = _kept(request)
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("admin:portal_user_import")
        title = f"人员导入{'报告' if is_done else '预览'} {clock.today()}"
        return spreadsheets.workbook(title, report.COLUMNS, report.rows(plan, is_done=is_done), report.WIDTHS)

    def import_template_view(self, request: HttpRequest) -> HttpResponse:
        """The headings alone, or with everybody who is in the register: to be changed and brought back."""
        headings = [HEADINGS.told(name) for name in ("staff_number", *staff.FIELDS)]
        if "people" in request.GET:
            return spreadsheets.workbook(f"人员名册 {clock.today()}", headings, _everybody(), WIDTHS)
        return spreadsheets.workbook("人员导入模板", [*headings, "初始密码"], [], WIDTHS)

    def _show(self, request: HttpRequest, plan: Plan, *, is_done: bool) -> HttpResponse:
        kept = {"by": request.user.pk, "done": is_done, "plan": plan.packed()}
        context = {
            "plan": plan,
            "is_done": is_done,
            "shown": SHOWN,
            "signed": signing.dumps(kept, salt=SALT, compress=True),
        }
        return self._page(request, "import_plan", "导入报告" if is_done else "导入预览", context)

    def _page(self, request: HttpRequest, name: str, title: str, context: dict[str, Any]) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
        return TemplateResponse(request, f"admin/portal/user/{name}.html", frame | context)


def _kept(request: HttpRequest) -> tuple[Plan, bool]:
    """The plan that this person was shown, and whether it was done. Raises Refused."""
    try:
        kept = signing.loads(request.POST.get("signed", ""), salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature as bad:
        raise Refused(EXPIRED) from bad
    if kept["by"] != request.user.pk:
        raise Refused(EXPIRED)
    return Plan.unpacked(kept["plan"]), kept["done"]


def _lines_of(file: UploadedFile) -> list[Line]:
    with NamedTemporaryFile(suffix=Path(file.name).suffix[:10]) as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        return staff.read(Path(copy.name), file.name)


def _everybody():
    people = User.objects.exclude(staff_number="system").select_related("department")
    for one in people.iterator(chunk_size=1000):
        department = one.department.name if one.department else ""
        yield [
            one.staff_number, one.name, department, one.title, one.email, one.phone, one.is_active, one.is_staff,
        ]  # fmt: skip
