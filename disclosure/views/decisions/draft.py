"""拟写答复: outcome, ground, words and files of one request's answer; sent, how it is delivered."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from disclosure.forms.decisions import AttachForm, DeliveryForm, DraftForm, EmptyForm
from disclosure.models import DisclosureRequest
from disclosure.operations import answer_files, decisions, deliveries
from disclosure.rules import answer_letters
from disclosure.views.decisions import finding, screen
from disclosure.views.requests.papers import docx
from portal import addresses
from portal.models import User
from portal.workflow import Refused

Run = Callable[[DisclosureRequest, Any, User], object]
ACTS: dict[str, tuple[type[forms.Form], Run, str]] = {
    "save": (
        DraftForm,
        lambda about, form, by: decisions.save(about, form.draft, version=form.cleaned_data["version"], by=by),
        "答复已保存，尚未提交",
    ),
    "finish": (
        DraftForm,
        lambda about, form, by: decisions.finish(about, form.draft, version=form.cleaned_data["version"], by=by),
        "答复已提交",
    ),
    "attach": (
        AttachForm,
        lambda about, form, by: answer_files.attach(
            about, form.cleaned_data["files"], by=by, draft=form.draft, version=form.cleaned_data["version"]
        ),
        "已附上文件",
    ),
    "take_back": (
        EmptyForm,
        lambda about, form, by: decisions.take_back(about, by=by),
        "已收回，可以修改",
    ),
    "deliver": (
        DeliveryForm,
        lambda about, form, by: deliveries.deliver(about, form.given, by=by),
        "已登记送达，申请办结",
    ),
}  # fmt: skip
FILES = {"attach": "files", "deliver": "scan"}


@require_safe
@login_required
@never_cache
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    found = finding.request_of(request, pk)
    return render(request, "desk/decisions/draft.html", screen.draft(found, request.user))


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A button was pressed. On a refusal the page comes back with the reason and what was typed."""
    address = reverse("desk:decision_draft", args=[pk])
    if verb not in ACTS:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(address)
    if request.method == "GET":
        return redirect(address)
    found, (kind, run, done) = finding.request_of(request, pk), ACTS[verb]
    about = {"request": found} if issubclass(kind, DraftForm) else {}
    form = kind(request.POST, request.FILES, **about)
    status = _run(request, verb, form, lambda: run(found, form, request.user), found)
    if status:
        context = screen.draft(finding.request_of(request, pk), request.user, typed=(verb, form))
        return render(request, "desk/decisions/draft.html", context, status=status)
    messages.success(request, f"{done}。")
    return redirect(address)


@require_safe
@login_required
@never_cache
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """答复书 as it will be, or as it was sent."""
    found = finding.request_of(request, pk)
    decision = screen.decision_of(found)
    if decision is None:
        raise Http404
    dated = decision.sent_at.date() if decision.sent_at else None
    return render(request, "desk/decisions/letter.html", {
        "asked": found, "decision": decision, "paper": answer_letters.paper(decision, dated=dated),
        "here": "decisions_register",
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def letter_word(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The same as .docx: the stored one, once it was sent."""
    found = finding.request_of(request, pk)
    decision = screen.decision_of(found)
    if decision and decision.letter:
        return finding.sent(decision.letter)
    return docx(answer_letters.paper(decision) if decision else None)


@require_safe
@login_required
@never_cache
def proof(request: HttpRequest, pk: int) -> FileResponse:
    """The scan that shows it was delivered."""
    decision = screen.decision_of(finding.request_of(request, pk))
    if decision is None or decision.proof_file is None:
        raise Http404
    return finding.sent(decision.proof_file)


def _run(
    request: HttpRequest, verb: str, form: forms.Form, act: Callable[[], object], about: DisclosureRequest
) -> int:
    """0 when it was done, else the status to answer, the refusal in the form."""
    field = FILES.get(verb)
    if form.is_valid() and field and request.FILES and (why_not := addresses.why_not_upload(request)):
        form.add_error(field, why_not)
    if not form.is_valid():
        return 422
    try:
        act()
    except Refused as refusal:
        return finding.told(request, refusal, form, about)
    return 0
