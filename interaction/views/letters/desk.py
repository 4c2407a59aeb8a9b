"""One letter on the desk: what was written, how it stands, the draft of its answer, and every button.

Whoever may not see a letter is told that there is none. Each reading of what is personal is put on record.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from interaction.acts.letters import ACTS
from interaction.forms.letter_moves import FORMS, PublicForm
from interaction.models import Letter
from interaction.operations import looks, public_letters
from interaction.rules import letters as rules
from interaction.views.letters import screen
from portal.refusals import refused, unseen
from portal.workflow import Refused

WITH_ALL = (
    "site", "letterbox__receiver", "letterbox__office", "letterbox__route", "matter", "department", "writer",
    "merged_into",
)  # fmt: skip
KEPT = "kept_letter_note"


@require_safe
@login_required
@never_cache
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    found = _letter(request, pk)
    if rules.may_look(request.user, found):
        looks.read(found, by=request.user)
    return render(request, "desk/letters/letter.html", screen.letter(found, request.user))


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A button was pressed. On a refusal the page comes back with the reason and what was typed."""
    address = reverse("desk:letter", args=[pk])
    if verb not in ACTS:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(address)
    if request.method == "GET":
        return redirect(address)
    found = _letter(request, pk)
    form = FORMS[verb](request.POST, letter=found, auto_id=f"{verb}-%s")
    if not form.is_valid():
        return _refused(request, pk, verb, form, 422)
    try:
        ACTS[verb].run(found, request.user, form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _refused(request, pk, verb, form, refused(request, refusal, found))
    messages.success(request, f"{ACTS[verb].done}。")
    return redirect(address)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def public_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """选登: the masked copy, edited and seen as readers will see it before it is public."""
    found = _letter(request, pk)
    try:
        copy = public_letters.prepare(found, by=request.user)
    except Refused as refusal:
        status = refused(request, refusal, found) if request.method == "POST" else 403
        return render(
            request, "desk/letters/no_public.html", {"letter": found, "why": refusal.message}, status=status
        )
    form = PublicForm(
        request.POST or None, initial={"title": copy.title, "body": copy.body, "answer": copy.answer}
    )
    status = 200
    if request.method == "POST":
        done = _public_act(request, copy, form)
        if done:
            messages.success(request, done)
            return redirect("desk:letter_public", pk)
        status = 422
    return render(request, "desk/letters/public.html", {
        "letter": found, "copy": copy, "form": form, "department": found.department,
    }, status=status)  # fmt: skip


@require_safe
@login_required
@never_cache
def attachment(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file that came with the letter: saved, never shown in the browser, and put on record like the letter."""
    found = _letter(request, pk)
    if not rules.may_look(request.user, found):
        raise Http404
    stored = get_object_or_404(found.files.select_related("file"), pk=file).file
    looks.read(found, by=request.user)
    response = FileResponse(default_storage.open(stored.file.name), as_attachment=True, filename=stored.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _public_act(request: HttpRequest, copy, form: PublicForm) -> str:
    """What was done, in words; "" when it was refused, with the reason on the form."""
    wanted = request.POST.get("act")
    try:
        if wanted == "take_down":
            public_letters.take_down(copy, note=request.POST.get("note", "")[:500], by=request.user)
            return "已撤下，读者看不到了。"
        if not form.is_valid():
            return ""
        public_letters.save(copy, **form.cleaned_data, by=request.user)
        if wanted == "publish":
            public_letters.publish(copy, by=request.user)
            return "已公开。"
    except Refused as refusal:
        form.is_valid()
        form.add_error(None, refusal.message)
        return ""
    return "已保存，尚未公开。请看下面的预览。"


def _letter(request: HttpRequest, pk: int) -> Letter:
    found = get_object_or_404(Letter.objects.select_related(*WITH_ALL), pk=pk)
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "不能查看和办理这封来信")
    return found


def _refused(request: HttpRequest, pk: int, verb: str, form: forms.Form, status: int) -> HttpResponse:
    context: dict[str, Any] = screen.letter(_letter(request, pk), request.user, typed=(verb, form))
    return render(request, "desk/letters/letter.html", context, status=status)
