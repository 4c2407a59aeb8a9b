"""One drawn column on the spot: its items one after another, each saved by itself, made for the phone.

With script only the item is exchanged; without it the page comes back at the next item.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assessment.enums.inspections import InspectionState
from assessment.forms.inspections import AnswerForm, DaysForm
from assessment.models import InspectionCheck
from assessment.operations import inspections as operations
from assessment.queries import inspections as queries
from assessment.rules import inspections as rules
from assessment.views.inspections.plan import HERE, find
from portal import addresses
from portal.models import StoredFile
from portal.refusals import refused, unseen
from portal.workflow import Refused, TooLate
from publishing.views.files import send

PART = "X-Part"
WITH_ALL = ("inspection", "column__site", "unit", "picture", "checked_by", "rectification")


@require_safe
@login_required
@never_cache
def sheet(request: HttpRequest, pk: int, column: int) -> HttpResponse:
    """What is looked at in one column; 404 unless it is under way and may be seen."""
    inspection = find(request, pk)
    if inspection.state != InspectionState.UNDER_WAY:
        return redirect(inspection)
    return _page(request, inspection, column)


@require_POST
@login_required
@never_cache
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One button of one item."""
    check = _check(request, pk)
    form = AnswerForm(request.POST, request.FILES, check=check)
    status = 422
    if form.is_valid():
        try:
            if request.FILES and (against := addresses.why_not_upload(request)):
                raise Refused(against, "picture")
            check = operations.answer(
                check, form.answer, by=request.user, version=form.cleaned_data["version"]
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            status = refused(request, refusal, check)
            if isinstance(refusal, TooLate):
                form.go_on_from(_check(request, pk))
        else:
            return _saved(request, _check(request, check.pk))
    if PART in request.headers:
        return _item(request, form.check, form, status)
    return _page(request, check.inspection, check.column_id, {check.pk: form}, status)


@require_safe
@login_required
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    """The screenshot of one item, for whoever may see what was found."""
    stored: StoredFile | None = _check(request, pk).picture
    if stored is None:
        raise Http404
    return send(
        request, stored.file.name, etag=stored.sha256, content_type=stored.content_type, filename=stored.name
    )


@require_POST
@login_required
@never_cache
def rectify(request: HttpRequest, pk: int) -> HttpResponse:
    """责令整改 of a fault after the inspection."""
    check = _check(request, pk)
    where = f"{reverse('desk:inspection', args=[check.inspection_id])}#check-{check.pk}"
    form = DaysForm(request.POST)
    try:
        if not form.is_valid():
            raise Refused(next(iter(form.errors.values()))[0])
        done = operations.order_rectification(
            check, working_days=form.cleaned_data["working_days"], by=request.user
        )
    except Refused as refusal:
        status = refused(request, refusal, check)
        context = {"inspection": check.inspection, "check": check, "reason": refusal.message, "where": where}
        return render(request, "desk/inspections/not_ordered.html", context, status=status)
    messages.success(request, f"已责令{check.unit}整改，{done.rectification.due_on:%-m月%-d日}前完成。")
    return redirect(where)


def _saved(request: HttpRequest, check: InspectionCheck) -> HttpResponse:
    if PART in request.headers:
        return _item(request, check, AnswerForm(check=check), 200)
    rows = queries.checks_for(check.inspection, request.user).filter(column=check.column_id)
    waiting = [one for one in rows if not one.is_answered]
    where = reverse("desk:inspection_sheet", args=[check.inspection_id, check.column_id])
    return redirect(f"{where}#item-{waiting[0].pk if waiting else check.pk}")


def _check(request: HttpRequest, pk: int) -> InspectionCheck:
    """404 to whoever may not know of it."""
    found = get_object_or_404(InspectionCheck.objects.select_related(*WITH_ALL), pk=pk)
    inspection = found.inspection
    if not rules.may_see(request.user, inspection):
        raise unseen(request, inspection, "不能查看这项检查")
    if not queries.checks_for(inspection, request.user).filter(pk=pk).exists():
        raise Http404
    return found


def _item(request: HttpRequest, check: InspectionCheck, form: AnswerForm, status: int) -> HttpResponse:
    context = {"check": check, "form": form, "inspection": check.inspection}
    return render(request, "desk/inspections/_item.html", context, status=status)


def _page(
    request: HttpRequest,
    inspection,
    column: int,
    typed: dict[int, AnswerForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`typed`: by check, the form that was refused."""
    sheets = queries.sheets(inspection, request.user)
    place = next((at for at, one in enumerate(sheets) if one.column.pk == column), None)
    if place is None:
        raise Http404
    found = sheets[place]
    for check in found.checks:
        check.inspection = inspection
    forms = [(one, (typed or {}).get(one.pk) or AnswerForm(check=one)) for one in found.checks]
    later = [one for one in sheets[place + 1 :] + sheets[:place] if not one.is_done and not one.barred]
    return render(request, "desk/inspections/sheet.html", {
        "inspection": inspection, "sheet": found, "forms": forms, "next": later[0] if later else None,
        "here": HERE, "number": place + 1, "all": len(sheets),
    }, status=status)  # fmt: skip
