"""公务邮箱 on the desk: one's own and the unit's for everybody, the requests for 系统管理员."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.enums import MAILBOX_LIVE, MailboxKind, MailboxParty, Power
from portal.forms.mailboxes import GIVES_ADDRESS, ApplyForm, CancelForm, ChangeForm, DecisionForm
from portal.mailbox_life import MAILBOX
from portal.mailboxes import rules, work
from portal.models import OfficialMailbox, User
from portal.operations import mailboxes as operations
from portal.refusals import refused
from portal.views.directory import typed_words
from portal.workflow import NotAllowed, Refused, open_moves

OWNERS = {move.verb for move in MAILBOX.transitions.values() if move.power == MailboxParty.OWNER}
DONE = {
    "withdraw": "申请已撤回。",
    "ask_change": "更改申请已提交，办好后会有消息告诉您。",
    "ask_cancel": "注销申请已提交，办好后会有消息告诉您。",
    "recall": "已撤回，邮箱照常使用。",
}


@require_safe
@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    return _mine(request)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def apply(request: HttpRequest, kind: str) -> HttpResponse:
    """申请. On a refusal the page comes back with the reason and what was typed."""
    if kind.upper() not in MailboxKind.values or kind != kind.lower():
        raise Http404
    if request.method == "GET":
        return redirect("desk:mailboxes")
    wanted = MailboxKind(kind.upper())
    form = ApplyForm(request.POST, kind=wanted, user=request.user, auto_id=f"{kind}-apply-%s")
    if not form.is_valid():
        return _mine(request, (wanted, "apply", form), 422)
    try:
        made = operations.apply(wanted, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        status = refused(request, refusal, request.user)
        return _mine(request, (wanted, "apply", _with(form, refusal)), status)
    messages.success(request, f"{made.get_kind_display()}的申请已提交，发放后会有消息告诉您。")
    return redirect("desk:mailboxes")


@require_POST
@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """公布与否, by the person alone."""
    mailbox = work.of_person(request.user)
    if mailbox is None:
        raise Http404
    is_listed = request.POST.get("is_listed") == "yes"
    try:
        operations.set_listed(mailbox, is_listed, by=request.user)
    except Refused as refusal:
        refused(request, refusal, mailbox)
        messages.error(request, refusal.message)
    else:
        said = "您的个人邮箱已列入内部通讯录。" if is_listed else "您的个人邮箱不再出现在内部通讯录。"
        messages.success(request, said)
    return redirect("desk:mailboxes")


@require_safe
@login_required
@never_cache
def requests(request: HttpRequest) -> HttpResponse:
    """What waits for 系统管理员, and all mailboxes; 审计管理员 looks on."""
    if not rules.sees_queue(request.user):
        raise PermissionDenied("公务邮箱的申请由系统管理员办理；您自己的邮箱请看“我的公务邮箱”。")
    kind, words = request.GET.get("kind") or "mailboxes", typed_words(request)
    if kind not in work.HEAPS:
        raise Http404
    counts = work.counts()
    return render(request, "desk/mailbox_requests.html", {
        "kind": kind, "label": work.HEAPS[kind][0], "words_typed": words,
        "listing": work.heap(kind, words, request.GET.get("page")),
        "tabs": [(key, label, counts[key]) for key, (label, _) in work.HEAPS.items()],
        "keeps": rules.keeps(request.user),
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def mailbox(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if not rules.sees_queue(request.user):
        return redirect("desk:mailboxes")
    return _mailbox(request, found, DecisionForm(mailbox=found))


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A button was pressed, by an owner or by 系统管理员."""
    if verb not in MAILBOX.transitions:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("desk:mailbox", args=[pk]))
    if request.method == "GET":
        return redirect("desk:mailbox", pk)
    found = _found(request, pk)
    if reason := rules.why_not(request.user, verb, found):
        refused(request, NotAllowed(reason), found)
        raise PermissionDenied(reason)
    return _owner_acts(request, found, verb) if verb in OWNERS else _keeper_acts(request, found, verb)


def _owner_acts(request: HttpRequest, found: OfficialMailbox, verb: str) -> HttpResponse:
    form = _request_form(found, verb, request.POST)
    if not form.is_valid():
        return _mine(request, (found.kind, verb, form), 422)
    try:
        getattr(operations, verb)(found, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _mine(request, (found.kind, verb, _with(form, refusal)), refused(request, refusal, found))
    messages.success(request, DONE[verb])
    return redirect("desk:mailboxes")


def _keeper_acts(request: HttpRequest, found: OfficialMailbox, verb: str) -> HttpResponse:
    form = DecisionForm(request.POST, mailbox=found, verb=verb)
    if not form.is_valid():
        return _mailbox(request, found, form, status=422)
    typed = form.cleaned_data
    if verb not in GIVES_ADDRESS:
        typed = {"note": typed["note"], "version": typed["version"]}
    try:
        done = getattr(operations, verb)(found, by=request.user, **typed)
    except Refused as refusal:
        status = refused(request, refusal, found)
        return _mailbox(request, _found(request, found.pk), _with(form, refusal), status)
    messages.success(request, f"{done}：已{MAILBOX[verb].label}")
    return redirect("desk:mailbox_requests")


def _mine(request: HttpRequest, typed: tuple | None = None, status: int = 200) -> HttpResponse:
    person, unit = work.of_person(request.user), work.of_unit(request.user)
    cards = [
        _card(request.user, MailboxKind.PERSONAL, person, typed),
        _card(request.user, MailboxKind.UNIT, unit, typed),
    ]
    context = {
        "cards": cards, "entries": work.trail(person, unit)[: work.PAGE_SIZE],
        "sees_queue": rules.sees_queue(request.user),
    }  # fmt: skip
    return render(request, "desk/mailboxes.html", context, status=status)


def _card(
    user: User, kind: MailboxKind, found: OfficialMailbox | None, typed: tuple | None
) -> dict[str, Any]:
    """One of the two mailboxes with what may be done about it, each request with its form."""
    is_live = found is not None and found.state in MAILBOX_LIVE
    asked: dict[str, forms.Form] = {}
    if not is_live and (kind == MailboxKind.PERSONAL or user.department_id):
        asked["apply"] = ApplyForm(kind=kind, user=user, auto_id=f"{kind.lower()}-apply-%s")
    moves = open_moves(found, user, rules.why_not, OWNERS) if is_live else []
    asked |= {move.verb: _request_form(found, move.verb) for move in moves}
    _, verb, form = typed if typed and typed[0] == kind else (kind, "", None)
    asked |= {verb: form} if verb in asked else {}
    return {
        "kind": kind, "mailbox": found, "is_live": is_live, "forms": asked, "refused": form,
        "opened": verb, "reason": _reason(found),
    }  # fmt: skip


def _reason(found: OfficialMailbox | None) -> Any:
    """The last answer, where it was a refusal: shown until there is another."""
    last = work.trail(found).first() if found else None
    return last if last and last.verb in work.REASONS else None


def _request_form(found: OfficialMailbox, verb: str, data: Any = None) -> forms.Form:
    makers: dict[str, Callable[..., forms.Form]] = {
        "ask_change": lambda *args, **rest: ChangeForm(*args, mailbox=found, **rest),
        "ask_cancel": CancelForm,
    }
    return makers.get(verb, forms.Form)(data, auto_id=f"{found.kind.lower()}-{verb}-%s")


def _mailbox(
    request: HttpRequest, found: OfficialMailbox, form: forms.Form, status: int = 200
) -> HttpResponse:
    keeper_verbs = {move.verb for move in MAILBOX.transitions.values() if move.power == Power.SYSTEM}
    moves = {move.verb: move for move in open_moves(found, request.user, rules.why_not, keeper_verbs)}
    return render(request, "desk/mailbox.html", {
        "mailbox": found, "form": form, "moves": moves, "entries": work.trail(found),
        "main_verb": next(iter(moves), ""), "gives_address": not moves.keys().isdisjoint(GIVES_ADDRESS),
        "note_hint": "、".join(move.label for move in moves.values() if move.needs_note) + "时必填",
        "refusal": next(iter(form.non_field_errors()), ""),
    }, status=status)  # fmt: skip


def _found(request: HttpRequest, pk: int) -> OfficialMailbox:
    found = get_object_or_404(OfficialMailbox.objects.select_related(*work.SHOWN_WITH), pk=pk)
    if not rules.may_see(request.user, found):
        raise Http404
    return found


def _with(form: forms.Form, refusal: Refused) -> forms.Form:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return form
