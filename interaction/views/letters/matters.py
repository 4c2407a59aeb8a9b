"""What is put before leading officials: 请示 about a letter, 重大问题 until it is closed."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from interaction.forms.letters import NOTE, words
from interaction.models import Escalation, Instruction, Letter, Question
from interaction.operations import escalations, instructions, looks
from interaction.rules import escalations as rules
from interaction.rules import letters as letter_rules
from portal.refusals import refused, unseen
from portal.workflow import Refused

WITH_LETTER = ("letter__site", "letter__letterbox", "leader", "asked_by")
WITH_PEOPLE = ("department", "reported_by", "closed_by", "site")


class InstructionForm(forms.Form):
    answer = words("批示意见", NOTE, rows=4)


class ConclusionForm(forms.Form):
    conclusion = words("处理结论", NOTE, rows=4)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def instruction(request: HttpRequest, pk: int) -> HttpResponse:
    """The question beside the letter, for whoever was asked; those who handle the letter read along."""
    found = get_object_or_404(
        Instruction.objects.select_related("letter__site", "letter__letterbox", "leader", "asked_by"), pk=pk
    )
    if not letter_rules.may_look(request.user, found.letter):
        raise unseen(request, found, "不能查看这件请示")
    form = InstructionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                instructions.answer(found, text=form.cleaned_data["answer"], by=request.user)
            except Refused as refusal:
                form.add_error(None, refusal.message)
                status = refused(request, refusal, found)
            else:
                messages.success(request, "已批示，并告知请示人。")
                return redirect("desk:instruction", pk)
    looks.read(found.letter, by=request.user)
    return render(request, "desk/letters/instruction.html", {
        "asked": found, "letter": found.letter, "form": form,
        "may_answer": found.leader_id == request.user.pk and not found.answered_at,
    }, status=status)  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def escalation(request: HttpRequest, pk: int) -> HttpResponse:
    """重大问题, with its subject for whoever may read that."""
    found = get_object_or_404(Escalation.objects.select_related(*WITH_PEOPLE), pk=pk)
    if not rules.may_see(request.user, found):
        raise Http404
    form = ConclusionForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                escalations.close(found, conclusion=form.cleaned_data["conclusion"], by=request.user)
            except Refused as refusal:
                form.add_error(None, refusal.message)
                status = refused(request, refusal, found)
            else:
                messages.success(request, "已了结，并告知报告人。")
                return redirect("desk:escalation", pk)
    letter = found.subject if isinstance(found.subject, Letter) else None
    question = found.subject if isinstance(found.subject, Question) else None
    may_read = rules.may_close(request.user, found)
    if may_read and letter:
        looks.read(letter, by=request.user)
    return render(request, "desk/letters/escalation.html", {
        "escalation": found, "letter": letter, "question": question, "may_read": may_read, "form": form,
        "may_close": rules.may_close(request.user, found) and not found.closed_at,
    }, status=status)  # fmt: skip
