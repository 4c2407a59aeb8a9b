"""试题 in from a workbook and out to one: what would be added is shown first, and exactly that is then added."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interaction.forms.banks import WorkbookForm
from interaction.importing import banks as importing
from interaction.models import QuestionBank
from interaction.operations import banks as operations
from interaction.rules import banks as rules
from interaction.rules.exam_questions import QuestionDraft
from interaction.views.banks.desk import find, keep
from interaction.workbook import banks as sheets
from portal import addresses, clock
from portal.refusals import refused
from portal.spreadsheets import FileRefused, workbook
from portal.workflow import Refused

SALT, HOURS = "interaction.bank-import", 2
SHOWN = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPIRED = "这份预览已过期或不完整，没有导入：请重新选择文件"


@require_safe
@login_required
@never_cache
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions in use with their answers; for whoever has opened the bank."""
    bank = find(request, pk)
    if not rules.may_read(request.user, bank):
        return redirect(bank)
    rows = bank.questions.filter(is_active=True).order_by("kind", "topic", "pk").iterator(chunk_size=500)
    return workbook(f"题库：{bank} {clock.today()}", sheets.TITLES, sheets.rows(rows), sheets.WIDTHS)


@require_safe
@login_required
@never_cache
def template(request: HttpRequest, pk: int) -> HttpResponse:
    keep(request, pk)
    file = BytesIO(sheets.template())
    return FileResponse(file, as_attachment=True, filename="试题导入模板.xlsx", content_type=XLSX)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A file comes in; what it would add and what of it cannot be taken is shown, nothing is changed."""
    bank = keep(request, pk)
    if request.method == "GET":
        return _form(request, bank, WorkbookForm())
    form = WorkbookForm(request.POST, request.FILES)
    if form.is_valid() and (why_not := addresses.why_not_upload(request)):
        form.add_error("file", why_not)
    if not form.is_valid():
        return _form(request, bank, form)
    try:
        reading = importing.read(form.cleaned_data["file"], bank)
    except FileRefused as refusal:
        form.add_error("file", str(refusal))
        return _form(request, bank, form)
    return render(request, "desk/banks/preview.html", {
        "bank": bank, "reading": reading, "here": "banks", "shown": SHOWN,
        "plan": _signed(request, bank, reading.drafts),
    })  # fmt: skip


@require_POST
@login_required
@never_cache
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """导入: exactly what the preview showed, without what has come into the bank since."""
    bank = keep(request, pk)
    drafts = _read_plan(request, bank)
    if drafts is None:
        form = WorkbookForm(request.POST)
        form.errors.clear()
        form.add_error(None, EXPIRED)
        return _form(request, bank, form)
    try:
        added = operations.import_questions(bank, drafts, by=request.user)
    except Refused as refusal:
        refused(request, refusal, bank)
        messages.error(request, refusal.message)
        return redirect(bank)
    known = f"；{len(drafts) - added} 题已在题库，没有重复加入" if added < len(drafts) else ""
    messages.success(request, f"已导入 {added} 题{known}。")
    return redirect(bank)


def _form(request: HttpRequest, bank: QuestionBank, form: WorkbookForm) -> HttpResponse:
    context = {"bank": bank, "form": form, "here": "banks"}
    return render(request, "desk/banks/import.html", context, status=422 if form.is_bound else 200)


def _signed(request: HttpRequest, bank: QuestionBank, drafts: list[QuestionDraft]) -> str:
    said = {"bank": bank.pk, "by": request.user.pk, "rows": importing.packed(drafts)}
    return signing.dumps(said, salt=SALT, compress=True)


def _read_plan(request: HttpRequest, bank: QuestionBank) -> list[QuestionDraft] | None:
    try:
        said = signing.loads(request.POST.get("plan", ""), salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        return None
    if (said["bank"], said["by"]) != (bank.pk, request.user.pk):
        return None
    return importing.unpacked(said["rows"])
