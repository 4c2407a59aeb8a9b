"""区分处理: a file's pages as pictures on which rectangles are drawn, or its text of which words are taken out."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from disclosure.forms.covering import LABELS, BoxesForm, CoverForm, PhrasesForm
from disclosure.forms.decisions import EmptyForm
from disclosure.models import DecisionFile
from disclosure.operations import answer_files
from disclosure.rules import covering as rules
from disclosure.rules import decisions as decision_rules
from disclosure.views.decisions import finding
from portal.redaction import Pages, Unreadable, cover_text, lines
from portal.workflow import Refused

SHOWN_DOTS, SPARE_ROWS, MOST_LINES = 96, 3, 2000
VERBS = ("mark", "burn", "detach")
DONE = {
    "mark": "遮盖已保存，还没有生成遮盖件", "burn": "已生成遮盖件：给出的是遮盖后的文件，原件留存",
    "detach": "已移除附件",
}  # fmt: skip


@require_safe
@login_required
@never_cache
def covering(request: HttpRequest, pk: int) -> HttpResponse:
    found = finding.file_of(request, pk)
    return _screen(request, found)


@require_safe
@login_required
@never_cache
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of the original, as a picture; only whoever handles the request sees it."""
    found = finding.file_of(request, pk)
    try:
        with rules.opened(found) as path, Pages(path, found.source.extension) as pages:
            if not 1 <= number <= len(pages) or rules.too_many_pages(len(pages)):
                raise Http404
            image, _ = pages.picture(number, SHOWN_DOTS)
    except Unreadable as error:
        raise Http404 from error
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return HttpResponse(out.getvalue(), content_type="image/jpeg")


@require_safe
@login_required
@never_cache
def given(request: HttpRequest, pk: int) -> FileResponse:
    """The file as the applicant gets it."""
    found = finding.file_of(request, pk)
    return finding.sent(found.file, found.given_name)


@require_safe
@login_required
@never_cache
def original(request: HttpRequest, pk: int) -> FileResponse:
    found = finding.file_of(request, pk)
    return finding.sent(found.source)


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Keep the marks, burn them in, or take the file away."""
    if verb not in VERBS:
        raise Http404
    address = reverse("desk:decision_file", args=[pk])
    if not request.user.is_authenticated:
        return redirect_to_login(address)
    if request.method == "GET":
        return redirect(address)
    found = finding.file_of(request, pk)
    number = _number(request.POST.get("page", ""))
    form = EmptyForm(request.POST) if verb == "detach" else _form(found, number, request.POST)
    if not form.is_valid():
        return _screen(request, found, number, form, 422)
    try:
        _do(found, verb, form, request)
    except Refused as refusal:
        return _screen(
            request, finding.file_of(request, pk), number, form, finding.told(request, refusal, form, found)
        )
    turned = _number(request.POST.get("turn", "")) if verb == "mark" and "turn" in request.POST else None
    if turned is None:
        messages.success(request, f"{DONE[verb]}。")
    if verb == "detach":
        return redirect("desk:decision_draft", found.decision.request_id)
    return redirect(f"{address}?page={turned or number}")


def _do(found: DecisionFile, verb: str, form: Any, request: HttpRequest) -> None:
    if verb == "detach":
        answer_files.detach(found, by=request.user)
        return
    typed = form.cleaned_data
    marks = "boxes" if rules.is_paged(found) else "phrases"
    answer_files.mark(
        found, name=typed["name"], ground=typed["ground"], by=request.user, **{marks: typed["marks"]}
    )
    if verb == "burn":
        answer_files.burn(found, by=request.user)


def _form(found: DecisionFile, number: int, data: Any = None) -> CoverForm:
    initial = {"name": found.name, "ground": found.ground}
    if rules.is_paged(found):
        return BoxesForm(data, page=number, kept=rules.boxes(found), initial=initial)
    return PhrasesForm(data, initial=initial | {"marks": "\n".join(found.covered)})


def _screen(
    request: HttpRequest, found: DecisionFile, number: int = 0, form: Any = None, status: int = 200
) -> HttpResponse:
    number = number or _number(request.GET.get("page", ""))
    context = {
        "file": found, "asked": found.decision.request, "here": "decisions_register",
        "may_draft": decision_rules.may_draft(request.user, found.decision.request), **_content(found, number),
    }  # fmt: skip
    if form is None or isinstance(form, EmptyForm):
        context["refusal"] = "" if form is None else next(iter(form.non_field_errors()), "")
        form = _form(found, context.get("number", 1))
    else:
        context["refusal"] = next(iter(form.non_field_errors()), "")
    for field in form.fields.values():
        field.disabled = not context["may_draft"]
    spare = SPARE_ROWS if context["may_draft"] else 0
    rows = [*getattr(form, "rows", []), *[dict.fromkeys(LABELS, "")] * spare]
    cells = [[(side, label, row[side]) for side, label in LABELS.items()] for row in rows]
    context |= {"form": form, "rows": cells, "labels": LABELS}
    return render(request, "desk/decisions/covering.html", context, status=status)


def _content(found: DecisionFile, number: int) -> dict[str, Any]:
    """Pages or lines, or why there are none."""
    try:
        if rules.is_paged(found):
            with rules.opened(found) as path, Pages(path, found.source.extension) as pages:
                count = len(pages)
            if reason := rules.too_many_pages(count):
                return {"unreadable": reason}
            marked = {one.page for one in rules.boxes(found)}
            return {
                "number": min(max(number, 1), count), "count": count,
                "numbers": [(one, one in marked) for one in range(1, count + 1)],
            }  # fmt: skip
        if rules.is_text(found):
            with rules.opened(found) as path:
                text = lines(path, found.source.extension)
            return {"lines": cover_text(text[:MOST_LINES], found.covered)}
    except Unreadable as error:
        return {"unreadable": str(error)}
    return {"unreadable": "这种文件不能遮盖：请转换成 PDF 后再上传"}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
