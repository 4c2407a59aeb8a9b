"""One version of a guide on the desk: as readers will see it, with its buttons; written anew, edited."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from disclosure.enums.services import IN_WORK
from disclosure.forms.services import EmptyForm, GuideEditor, NoteForm
from disclosure.models import Guide
from disclosure.operations import service_texts as texts
from disclosure.operations import services as operations
from disclosure.queries import services as queries
from disclosure.rules import guides as guide_rules
from disclosure.rules import services as rules
from disclosure.views.services.public import download
from disclosure.views.services.rooms import entries
from portal import addresses
from portal.models import Site
from portal.refusals import refused, unseen
from portal.uploads import UploadRefused
from portal.workflow import NotAllowed, Refused, open_moves

NOTED = {"return_"}
DONE = {
    "submit": "已提交审核",
    "recall": "已收回",
    "approve": "已发布",
    "return_": "已退回",
    "discard": "已作废",
}
ACTS: dict[str, Callable[..., Any]] = {
    "submit": lambda guide, by, typed: operations.submit(guide, by=by),
    "recall": lambda guide, by, typed: operations.recall(guide, by=by),
    "approve": lambda guide, by, typed: operations.approve(guide, by=by, version=typed["version"]),
    "return_": lambda guide, by, typed: operations.return_(guide, note=typed["note"], by=by),
    "discard": lambda guide, by, typed: operations.discard(guide, by=by),
}


class ApproveForm(forms.Form):
    """The version that was looked at: another one is not approved unseen."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


FORMS: dict[str, type[forms.Form]] = {"approve": ApproveForm, "return_": NoteForm}


@require_safe
@login_required
@never_cache
def guide(request: HttpRequest, pk: int) -> HttpResponse:
    return _screen(request, find(request, pk))


@require_safe
@login_required
@never_cache
def file(request: HttpRequest, pk: int, material: int, which: str) -> FileResponse:
    """A form of a version that readers do not see yet, or no longer."""
    found = find(request, pk)
    return download(
        get_object_or_404(found.materials.select_related("blank_form", "sample"), pk=material), which
    )


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """建立事项 on one of the sites for which the person collects."""
    sites = sites_to_write(request)
    wanted = request.POST.get("site") or request.GET.get("site") or request.site.key
    site = next((one for one in sites if one.key == wanted), sites[0])
    editor = GuideEditor(None, request.POST or None, request.FILES or None)
    context = {"sites": sites, "chosen": site}
    if request.method != "POST" or not editor.is_valid() or _station(request, editor):
        return _editor(request, editor, 422 if request.method == "POST" else 200, **context)
    try:
        made = texts.create(site, editor.text, by=request.user)
    except (Refused, UploadRefused) as refusal:
        return _editor(request, editor, _complain(request, editor, refusal, site), **context)
    messages.success(request, f"已建立“{made.name}”，尚未提交审核。")
    return redirect(made)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    if request.method == "GET" and (reason := rules.why_not_edit(request.user, found)):
        messages.error(request, reason)
        return redirect(found)
    if not rules.may_write(request.user, found.item.site_id):
        return _screen(request, found, refusal=_not_allowed(request, found), status=403)
    editor = GuideEditor(found, request.POST or None, request.FILES or None)
    if request.method != "POST" or not editor.is_valid() or _station(request, editor):
        return _editor(request, editor, 422 if request.method == "POST" else 200, guide=found)
    try:
        texts.save(found, editor.text, version=editor.version, by=request.user)
    except (Refused, UploadRefused) as refusal:
        return _editor(request, editor, _complain(request, editor, refusal, found), guide=found)
    messages.success(request, "已保存。请看下面读者将看到的样子，无误再提交审核。")
    return redirect(found)


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """A button was pressed. On a refusal the page comes back with the reason and what was typed."""
    address = reverse("desk:guide", args=[pk])
    if verb not in ACTS:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(address)
    if request.method == "GET":
        return redirect(address)
    found = find(request, pk)
    if reason := rules.why_not_guide(request.user, verb, found):
        return _screen(request, found, refusal=reason, status=refused(request, NotAllowed(reason), found))
    form = FORMS.get(verb, EmptyForm)(request.POST, auto_id=f"{verb}-%s")
    if not form.is_valid():
        return _screen(request, found, typed=(verb, form), status=422)
    try:
        ACTS[verb](found, request.user, form.cleaned_data)
    except Refused as refusal:
        status = refused(request, refusal, found)
        return _screen(request, find(request, pk), typed=(verb, form), refusal=refusal.message, status=status)
    messages.success(request, f"{found.name}：{DONE[verb]}。")
    following = queries.to_approve(request.user).first() if verb in ("approve", "return_") else None
    return redirect(following or address)


def find(request: HttpRequest, pk: int) -> Guide:
    """The version for a page; 404 for whoever holds no power on its site."""
    found = get_object_or_404(queries.with_parts(Guide.objects.filter(pk=pk)))
    if not rules.may_see(request.user, found.item.site_id):
        raise unseen(request, found.item, "不能查看这份办事指南")
    return found


def sites_to_write(request: HttpRequest) -> list[Site]:
    """Where the person writes items; 404 for whoever does so nowhere."""
    sites = [one for one in Site.objects.all() if rules.may_write(request.user, one.pk)]
    if not sites:
        raise Http404
    return sites


def _station(request: HttpRequest, editor: GuideEditor) -> bool:
    """Whether files were sent from where none are taken; the form says so."""
    why_not = addresses.why_not_upload(request) if editor.has_files else ""
    if why_not:
        editor.form.add_error(None, why_not)
    return bool(why_not)


def _not_allowed(request: HttpRequest, found: Guide) -> str:
    reason = rules.why_not_write(request.user, found.item.site)
    refused(request, NotAllowed(reason), found.item)
    return reason


def _complain(request: HttpRequest, editor: GuideEditor, refusal: Refused | UploadRefused, about: Any) -> int:
    field = getattr(refusal, "field", None)
    editor.form.add_error(field if field in editor.form.fields else None, refusal.message)
    return refused(request, refusal, about) if isinstance(refusal, Refused) else 422


def _editor(request: HttpRequest, editor: GuideEditor, status: int, **context: Any) -> HttpResponse:
    context |= {"editor": editor, "form": editor.form, "here": "services"}
    return render(request, "desk/services/edit.html", context, status=status)


def _screen(
    request: HttpRequest,
    found: Guide,
    *,
    typed: tuple[str, forms.Form] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    user, is_open = request.user, found.state in IN_WORK
    moves = [
        {"move": move, "form": _form(found, move.verb, typed), "is_noted": move.verb in NOTED}
        for move in open_moves(found, user, rules.why_not_guide, ACTS)
        if move.verb != "discard" or found.item.guide_id
    ]
    return render(request, "desk/services/guide.html", {
        "guide": found, "item": found.item, "moves": moves, "opened": typed[0] if typed else "", "refusal": refusal,
        "issues": queries.issues(found) if is_open else [], "advised": guide_rules.lacks(found, vetoed=False),
        "may_edit": not rules.why_not_edit(user, found), "own": is_open and rules.wrote(user, found),
        "entries": entries(found), "here": "services",
    }, status=status)  # fmt: skip


def _form(found: Guide, verb: str, typed: tuple[str, forms.Form] | None) -> forms.Form:
    if typed and typed[0] == verb:
        return typed[1]
    return FORMS.get(verb, EmptyForm)(auto_id=f"{verb}-%s", initial={"version": found.version})
