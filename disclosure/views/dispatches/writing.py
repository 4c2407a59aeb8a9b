"""拟写公文: the words, the files, the units; saved as a draft or sent at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from disclosure.enums.dispatches import DispatchState
from disclosure.forms.dispatches import DispatchForm
from disclosure.models import Dispatch
from disclosure.operations import dispatches as operations
from disclosure.rules import dispatches as rules
from disclosure.views.dispatches.desk import SENT, find, shown
from portal import addresses
from portal.models import Site
from portal.refusals import refused, unseen
from portal.uploads import UploadRefused
from portal.workflow import NotAllowed, Refused


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """`?site=` for one of several; the main one by itself."""
    sites = list(Site.objects.filter(pk__in=rules.sending_sites(request.user)).order_by("position", "pk"))
    if not sites:
        raise unseen(request, Dispatch(), "您不办理公文发送")
    site = next((one for one in sites if one.key == request.GET.get("site")), sites[0])
    given = {"site": site, "issuer_id": request.user.department_id or site.department_id}
    if request.method == "GET":
        return _form(request, DispatchForm(**given), sites=sites, site=site)
    form = DispatchForm(request.POST, request.FILES, **given)
    if _is_good(request, form):
        try:
            found = operations.draft(site, form.words, by=request.user, files=form.cleaned_data["files"])
            return _sent(request, found) or redirect("desk:dispatch_edit", found.pk)
        except Refused as refusal:
            _told(form, refusal)
            return _form(request, form, sites=sites, site=site, status=refused(request, refusal, Dispatch()))
        except UploadRefused as refusal:
            form.add_error("files", refusal.message)
    return _form(request, form, sites=sites, site=site, status=422)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft. `send` pressed saves and sends; what cannot be sent stays saved, and is told why."""
    found = find(request, pk)
    if found.state != DispatchState.DRAFT:
        if request.method == "POST":
            return shown(request, found, f"公文{found.get_state_display()}，不能再修改", 409)
        return redirect(found.get_absolute_url())
    if reason := rules.why_not(request.user, "save", found):
        raise unseen(request, found, reason)
    if request.method == "GET":
        return _form(request, DispatchForm.of(found), found=found)
    form = DispatchForm(request.POST, request.FILES, site=found.site, issuer_id=found.issuer_id)
    if not _is_good(request, form):
        return _form(request, form, found=found, status=422)
    try:
        found = operations.save(
            found, form.words, by=request.user, version=form.cleaned_data["version"] or 0,
            files=form.cleaned_data["files"], dropped=_numbers(request.POST.getlist("drops")),
        )  # fmt: skip
        return _sent(request, found) or redirect("desk:dispatch_edit", found.pk)
    except Refused as refusal:
        _told(form, refusal)
        return _form(request, form, found=found, status=refused(request, refusal, found))
    except UploadRefused as refusal:
        form.add_error("files", refusal.message)
        return _form(request, form, found=found, status=422)


def _sent(request: HttpRequest, found: Dispatch) -> HttpResponse | None:
    """Send what was just saved where that was asked for; a draft that cannot go out yet says why on its own page."""
    if "send" not in request.POST:
        messages.success(request, "草稿已保存，还没有发出")
        return None
    try:
        operations.send(found, by=request.user, version=found.version)
    except Refused as refusal:
        if isinstance(refusal, NotAllowed):
            raise
        form = DispatchForm.of(found)
        form = DispatchForm(
            {**form.initial, "version": found.version}, site=found.site, issuer_id=found.issuer_id
        )
        form.is_valid()
        _told(form, refusal)
        return _form(request, form, found=found, status=refused(request, refusal, found), kept=True)
    messages.success(request, f"已发送：{found}")
    return redirect(found.get_absolute_url())


def _told(form: DispatchForm, refusal: Refused) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


def _is_good(request: HttpRequest, form: DispatchForm) -> bool:
    if not form.is_valid():
        return False
    if form.cleaned_data["files"] and (why_not := addresses.why_not_upload(request)):
        form.add_error("files", why_not)
        return False
    return True


def _numbers(typed: list[str]) -> set[int]:
    return {int(one) for one in typed if one.isascii() and one.isdigit() and len(one) < 10}


def _form(
    request: HttpRequest, form: DispatchForm, *, found: Dispatch | None = None, sites: list[Site] | None = None,
    site: Site | None = None, status: int = 200, kept: bool = False,
) -> HttpResponse:  # fmt: skip
    return render(request, "desk/dispatches/edit.html", {
        "form": form, "dispatch": found, "sites": sites or [], "site": site or found.site, "here": SENT, "kept": kept,
        "files": found.files.select_related("file") if found else [],
        "action": found and found.get_absolute_url() + "edit/",
    }, status=status)  # fmt: skip
