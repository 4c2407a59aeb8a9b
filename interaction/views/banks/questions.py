"""The questions of a bank one by one: seen with their key and earlier versions, added, changed, taken out of use."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interaction.enums.banks import ExamQuestionKind
from interaction.forms.banks import ExamQuestionForm, initial_of
from interaction.models import ExamQuestion, QuestionBank
from interaction.operations import banks as operations
from interaction.queries import banks as queries
from interaction.rules import banks as rules
from interaction.views.banks.desk import find, keep
from portal.refusals import refused, unseen
from portal.workflow import Refused


@require_safe
@login_required
@never_cache
def question(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    bank = find(request, pk)
    if not rules.may_read(request.user, bank):
        return redirect(bank)
    found = _of(bank, question)
    return render(request, "desk/banks/question.html", {
        "bank": bank, "question": found, "here": "banks", "versions": queries.versions(found),
        "newer": getattr(found, "replaced_by", None),
        "may_keep": rules.may_keep(request.user, bank) and found.is_active,
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """添加试题 of one kind; 保存并继续 leads to the next one of the same topic."""
    bank, kind = keep(request, pk), _kind(kind)
    initial = {"topic": request.GET.get("topic", "")[:40]}
    form = ExamQuestionForm(request.POST or None, kind=kind, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _form(request, bank, form)
    try:
        made = operations.add_question(bank, form.draft, by=request.user)
    except Refused as refusal:
        return _refused_form(request, bank, form, refusal)
    messages.success(request, f"已添加{made.get_kind_display()}题：{made}")
    if "again" in request.POST:
        again = reverse("desk:bank_question_add", args=[pk, kind.lower()])
        return redirect(f"{again}?{urlencode({'topic': made.topic})}")
    return redirect(bank)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    """修改: saved as a new version, whose page it leads to."""
    bank = keep(request, pk)
    found = _of(bank, question)
    if not found.is_active and request.method == "GET":
        return redirect("desk:bank_question", pk, question)
    kind = ExamQuestionKind(found.kind)
    form = ExamQuestionForm(request.POST or None, kind=kind, initial=initial_of(found))
    if request.method != "POST" or not form.is_valid():
        return _form(request, bank, form, found)
    try:
        new = operations.replace_question(found, form.draft, by=request.user)
    except Refused as refusal:
        return _refused_form(request, bank, form, refusal, found)
    said = "没有改动" if new == found else f"已保存为新版：{new}"
    messages.success(request, said)
    return redirect("desk:bank_question", pk, new.pk)


@require_POST
@login_required
def retire(request: HttpRequest, pk: int, question: int) -> HttpResponse:
    bank = find(request, pk)
    if reason := rules.why_not_keep(request.user, bank):
        raise unseen(request, bank, reason)
    found = _of(bank, question)
    try:
        operations.retire_question(found, by=request.user)
    except Refused as refusal:
        refused(request, refusal, bank)
        messages.error(request, refusal.message)
        return redirect("desk:bank_question", pk, question)
    messages.success(request, f"已停用：{found}")
    return redirect(bank)


def _of(bank: QuestionBank, question: int) -> ExamQuestion:
    rows = ExamQuestion.objects.select_related("bank__site", "made_by", "retired_by", "replaced_by")
    return get_object_or_404(rows, bank=bank, pk=question)


def _kind(word: str) -> ExamQuestionKind:
    if word.upper() not in ExamQuestionKind.values or word != word.lower():
        raise Http404
    return ExamQuestionKind(word.upper())


def _form(
    request: HttpRequest,
    bank: QuestionBank,
    form: ExamQuestionForm,
    found: ExamQuestion | None = None,
    status: int = 0,
) -> HttpResponse:
    context = {
        "bank": bank, "form": form, "question": found, "kind": form.kind, "here": "banks",
        "kinds": ExamQuestionKind, "topics": queries.topics(bank),
    }  # fmt: skip
    return render(
        request, "desk/banks/question_form.html", context, status=status or (422 if form.errors else 200)
    )


def _refused_form(
    request: HttpRequest,
    bank: QuestionBank,
    form: ExamQuestionForm,
    refusal: Refused,
    found: ExamQuestion | None = None,
) -> HttpResponse:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return _form(request, bank, form, found, refused(request, refusal, bank))
