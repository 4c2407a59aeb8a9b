"""办理结果 entered by hand, entered from a pre-review that passed, corrected while it waits to be published."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from disclosure.enums.prereviews import ApplicantType
from disclosure.enums.result_notices import NoticeState
from disclosure.forms.result_notices import EntryForm, ResultForm
from disclosure.models import ResultNotice
from disclosure.operations import result_notices as operations
from disclosure.queries import result_notices as queries
from disclosure.rules import result_notices as rules
from disclosure.views.prereviews.desk import find as find_pre_review
from portal.refusals import refused, unseen
from portal.workflow import NotAllowed, Refused


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    items = enterable(request)
    form = EntryForm(request.POST or None, items=items)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form)
    try:
        notice = operations.enter(form.entry, by=request.user)
    except Refused as refusal:
        return _form(request, form, refusal=refusal, about=form.cleaned_data["item"])
    messages.success(request, f"已录入：{notice.number}，待别人审核发布。")
    return redirect("desk:result_new" if "again" in request.POST else notice.get_absolute_url())


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def from_pre_review(request: HttpRequest, pk: int) -> HttpResponse:
    """The result of one that passed: item and applicant are known, and masked."""
    found = find_pre_review(request, pk)
    if found.department_id not in rules.enters_for(request.user, found.site_id):
        return _looking_on(request, found)
    form = ResultForm(request.POST or None, initial={"number": found.code})
    context = {
        "found": found, "masked": rules.masked_name(found.name, is_person=found.kind == ApplicantType.PERSON)
    }  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, **context)
    entry = operations.entry_of(found, **form.cleaned_data)
    try:
        notice = operations.enter_from(found, entry, by=request.user)
    except Refused as refusal:
        return _form(request, form, refusal=refusal, about=found, **context)
    messages.success(request, f"已录入：{notice.number}，待别人审核发布。")
    return redirect(notice)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """改录入; what was published is taken down instead."""
    found = find(request, pk)
    if not may_edit(request, found):
        return _looking_on(request, found)
    initial = {name: getattr(found, name) for name in ("item", "number", "result", "decided_on", "remark")}
    form = EntryForm(
        request.POST or None, items=queries.items_of(request.user), is_new=False, initial=initial
    )
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, notice=found)
    try:
        operations.amend(found, form.entry, by=request.user)
    except Refused as refusal:
        return _form(request, form, refusal=refusal, about=found, notice=found)
    messages.success(request, "已保存。")
    return redirect(found)


def find(request: HttpRequest, pk: int) -> ResultNotice:
    rows = ResultNotice.objects.select_related("site", "item", "department", "entered_by", "published_by")
    found = get_object_or_404(rows, pk=pk)
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "不能查看这条办理结果")
    return found


def enterable(request: HttpRequest):
    """The items whose results the person enters; 404 for whoever enters none."""
    if not rules.sites_entered(request.user):
        raise Http404
    return queries.items_of(request.user)


def may_edit(request: HttpRequest, found: ResultNotice) -> bool:
    return found.state == NoticeState.DRAFT and found.department_id in rules.enters_for(
        request.user, found.site_id
    )


def _looking_on(request: HttpRequest, about) -> HttpResponse:
    """Whoever sees a thing and may not enter for it."""
    reason = f"只有{about.department}的答复人员可以录入，且发布之后不再修改"
    if request.method == "POST":
        refused(request, NotAllowed(reason), about)
    context = {"why": reason, "back": about.get_absolute_url(), "here": "results_board"}
    return render(request, "desk/results/no_entry.html", context, status=403)


def _form(
    request: HttpRequest,
    form: forms.Form,
    *,
    refusal: Refused | None = None,
    about: Any = None,
    **context: Any,
) -> HttpResponse:
    status = 422 if form.errors else 200
    if refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        status = refused(request, refusal, about)
    context |= {"form": form, "here": "results_board"}
    return render(request, "desk/results/form.html", context, status=status)
