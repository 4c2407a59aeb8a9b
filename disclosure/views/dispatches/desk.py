"""公文签收 on the desk: a unit's inbox, what was sent, one document with who has signed for it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from disclosure.enums.dispatches import DispatchState
from disclosure.forms.dispatches import WithdrawForm
from disclosure.models import Dispatch
from disclosure.operations import dispatches as operations
from disclosure.operations import receipts
from disclosure.queries import dispatches as queries
from disclosure.queries.receipt_sheets import summary
from disclosure.queries.trails import trail
from disclosure.rules import dispatches as rules
from portal import clock
from portal.refusals import refused, unseen
from portal.todos import PAGE_SIZE
from portal.workflow import Refused, open_moves
from publishing.views.files import send

INBOX, SENT = "receipts", "dispatches"


@require_safe
@login_required
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """公文签收: what came to my unit, unsigned first."""
    listing = Paginator(queries.inbox(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/dispatches/inbox.html", {
        "listing": listing, "here": INBOX, "today": clock.today(), "units": rules.units_of(request.user),
        "rows": [(one, rules.standing(one, one.dispatch.sign_by)) for one in listing],
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def dispatches(request: HttpRequest) -> HttpResponse:
    """已发公文, for whoever sends or looks on."""
    if not rules.sending_sites(request.user) | rules.overseen_sites(request.user):
        raise unseen(request, Dispatch(), "您不办理公文发送")
    rows = queries.sent_by_sites(request.user)
    tab = request.GET.get("state", "")
    listing = Paginator(queries.in_tab(rows, tab), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/dispatches/list.html", {
        "listing": listing, "here": SENT, "tabs": queries.TABS.items(), "tab": tab, "today": clock.today(),
        "may_send": bool(rules.sending_sites(request.user)),
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """One document; that somebody of a unit has read it is kept."""
    found = find(request, pk)
    if found.state == DispatchState.DRAFT:
        return redirect("desk:dispatch_edit", pk)
    receipts.note_read(found, by=request.user)
    return shown(request, found)


@require_POST
@login_required
@never_cache
def sign(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    found = find(request, pk)
    rows = found.receipts.select_related("unit")
    receipt = next((one for one in rows if one.unit_id == unit), None)
    if receipt is None:
        raise Http404
    try:
        receipts.sign(receipt, by=request.user)
    except Refused as refusal:
        return shown(request, find(request, pk), refusal.message, refused(request, refusal, found))
    messages.success(request, f"已代表“{receipt.unit_name}”签收")
    return redirect(found.get_absolute_url())


@require_POST
@login_required
@never_cache
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    try:
        told = operations.remind(found, by=request.user)
    except Refused as refusal:
        return shown(request, find(request, pk), refusal.message, refused(request, refusal, found))
    messages.success(request, f"已催签，通知到 {told} 人")
    return redirect(found.get_absolute_url())


@require_POST
@login_required
@never_cache
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = find(request, pk), WithdrawForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    try:
        operations.withdraw(found, by=request.user, note=note)
    except Refused as refusal:
        if refusal.field != "note" or not form.errors:
            form.add_error("note" if refusal.field == "note" else None, refusal.message)
        status = refused(request, refusal, found)
        return shown(request, find(request, pk), "" if refusal.field else refusal.message, status, form)
    messages.success(request, "公文已撤回，各单位已收到通知")
    return redirect(found.get_absolute_url())


@require_POST
@login_required
@never_cache
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    try:
        operations.discard(found, by=request.user)
    except Refused as refusal:
        return shown(request, find(request, pk), refusal.message, refused(request, refusal, found))
    messages.success(request, f"草稿已作废：{found}")
    return redirect("desk:dispatches")


@require_safe
@login_required
@never_cache
def attachment(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    found = find(request, pk)
    receipts.note_read(found, by=request.user)
    stored = get_object_or_404(found.files.select_related("file"), pk=file).file
    return send(request, stored.file.name, etag=stored.sha256, as_attachment=True, filename=stored.name)


def find(request: HttpRequest, pk: int) -> Dispatch:
    """For whoever sends, looks on, or was sent it; for others it is not there."""
    found = get_object_or_404(
        Dispatch.objects.select_related("site", "issuer", "sent_by", "drafted_by"), pk=pk
    )
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "这件公文不是发给您单位的")
    return found


def shown(
    request: HttpRequest,
    found: Dispatch,
    refusal: str = "",
    status: int = 200,
    form: WithdrawForm | None = None,
) -> HttpResponse:
    sees_all = rules.may_see_receipts(request.user, found)
    rows = queries.sheet(found) if sees_all else []
    mine = found.receipts.filter(unit__in=rules.units_of(request.user)).select_related(
        "unit", "signed_by", "signed_for"
    )
    return render(request, "desk/dispatches/one.html", {
        "dispatch": found, "refusal": refusal, "sees_all": sees_all, "sheet": rows,
        "summary": summary(rows) if sees_all else "", "moves": {
            one.verb for one in open_moves(found, request.user, rules.why_not)
        },
        "mine": [(one, rules.standing(one, found.sign_by)) for one in mine] if found.sent_at else [],
        "files": found.files.select_related("file"), "form": form or WithdrawForm(),
        "entries": trail(found, *(row.receipt for row in rows)) if sees_all else [],
        "is_late": found.sign_by < clock.today(), "here": SENT if sees_all and not mine else INBOX,
    }, status=status)  # fmt: skip
