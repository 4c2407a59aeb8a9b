"""指标与收紧: the national numbers, the office's own, and the form that sets a stricter one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from assessment.forms.radar import TightenForm
from assessment.models import Threshold
from assessment.operations import radar as operations
from assessment.rules import looking_on
from assessment.rules.standard import numbers, standard
from assessment.views.radar.access import for_lookers_on
from portal import clock
from portal.workflow import Refused

PAGE_SIZE = 20


@require_http_methods(["GET", "POST"])
@for_lookers_on
def limits(request: HttpRequest) -> HttpResponse:
    form = TightenForm(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return _page(request, form)
    if not looking_on.may_tighten(request.user):
        return _page(request, TightenForm(), 403)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        operations.tighten(**form.cleaned_data, by=request.user)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, form, 422)
    messages.success(request, "已收紧，从生效日期起按新的数检查")
    return redirect("desk:radar_limits")


@require_POST
@login_required
@never_cache
def end(request: HttpRequest, pk: int) -> HttpResponse:
    if not looking_on.may_tighten(request.user):
        raise Http404
    operations.loosen(get_object_or_404(Threshold, pk=pk), by=request.user)
    messages.success(request, "已停用，今天起按国家指标检查")
    return redirect("desk:radar_limits")


def _page(request: HttpRequest, form: TightenForm, status: int = 200) -> HttpResponse:
    known, today = numbers(), clock.today()
    rows = Threshold.objects.select_related("site", "by")
    listing = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    own = [
        {"row": row, "number": known.get(row.key), "is_over": row.until is not None and row.until <= today}
        for row in listing
    ]
    return render(request, "desk/self_check/limits.html", {
        "here": "radar", "numbers": known.values(), "standard": standard()["standard"], "own": own, "form": form,
        "listing": listing,
        "may_tighten": looking_on.may_tighten(request.user), "today": today,
    }, status=status)  # fmt: skip
