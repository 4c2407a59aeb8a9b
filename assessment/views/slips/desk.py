"""提醒单: a unit's own, all of them for whoever assesses; signed for, excused, printed (石家庄第十五条)."""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.forms.slips import NoteForm, ReplyForm, SlipFilter
from assessment.models import ReminderSlip
from assessment.operations import slips as operations
from assessment.queries import slips as queries
from assessment.rules import slips as rules
from assessment.views.slips.answering import run
from interaction.queries.trails import trail
from portal import clock
from portal.spreadsheets import workbook
from portal.workflow import open_moves

PAGE_SIZE = 20
HEADINGS = [
    "编号",
    "第几次",
    "责任单位",
    "站点",
    "栏目",
    "要求",
    "依据",
    "自何日起未更新",
    "签发时间",
    "改进期限",
    "状态",
]
HEADINGS += ["签收人", "签收时间", "签收说明", "了结时间", "不予追究的理由"]


@require_safe
@login_required
@never_cache
def slips(request: HttpRequest) -> HttpResponse:
    form = SlipFilter(request.GET)
    rows = form.rows(queries.visible_to(request.user)).select_related(*queries.SHOWN_WITH)
    if request.GET.get("format") == "xlsx":
        return workbook(f"提醒单{clock.today():%Y%m%d}", HEADINGS, _sheet(rows.iterator(chunk_size=500)))
    return render(request, "desk/slips/list.html", {
        "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")), "form": form,
        "is_narrowed": any(request.GET.get(name) for name in form.fields), "here": "slips",
        "sees_all": rules.may_see_all(request.user),
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def slip(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _find(request, pk))


@require_POST
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """签收, 不予追究."""
    found = _find(request, pk)
    if verb == "acknowledge":
        form: ReplyForm | NoteForm = ReplyForm(request.POST)
        status = run(
            request, form, found,
            lambda: operations.acknowledge(found, by=request.user, reply=form.cleaned_data["reply"]),
        )  # fmt: skip
    elif verb == "excuse":
        form = NoteForm(request.POST)
        status = run(
            request,
            form,
            found,
            lambda: operations.excuse(found, by=request.user, note=form.cleaned_data["note"]),
        )
    else:
        raise Http404
    if status:
        return _shown(request, _find(request, pk), **{verb: form}, status=status)
    messages.success(
        request, f"已签收：{found}" if verb == "acknowledge" else f"{found}不予追究，静默期从今日重新计算"
    )
    return redirect(found.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip as it is printed; pressing 打印 is on record."""
    found = _find(request, pk)
    if request.method == "POST":
        operations.printed(found, by=request.user)
        return redirect("desk:slip_print", pk)
    return render(request, "desk/slips/print.html", {
        "slip": found, "recipients": found.recipients.select_related("department"), "here": "slips",
    })  # fmt: skip


def _find(request: HttpRequest, pk: int) -> ReminderSlip:
    rows = queries.visible_to(request.user).select_related(
        *queries.SHOWN_WITH, "site__parent", "unit__head", "earlier", "improved_by__article__site"
    )
    return get_object_or_404(rows, pk=pk)


def _shown(
    request: HttpRequest, found: ReminderSlip, acknowledge: ReplyForm | None = None, excuse: NoteForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    moves = {one.verb for one in open_moves(found, request.user, rules.why_not)}
    return render(request, "desk/slips/one.html", {
        "slip": found, "moves": moves, "acknowledge": acknowledge or ReplyForm(), "excuse": excuse or NoteForm(),
        "refusal": _refusal(acknowledge or excuse), "entries": trail(found),
        "recipients": found.recipients.select_related("department"), "days_left": (found.due_on - clock.today()).days,
        "following": ReminderSlip.objects.filter(earlier=found).first(), "here": "slips",
    }, status=status)  # fmt: skip


def _refusal(form) -> str:
    return next(iter(form.non_field_errors()), "") if form else ""


def _sheet(rows) -> Iterator[list]:
    for one in rows:
        yield [
            one.number, one.level, one.unit.name, one.site.name, one.column.name if one.column else "", one.rule,
            one.clause, one.since, one.issued_at, one.due_on, one.get_state_display(),
            one.acknowledged_by.name if one.acknowledged_by else "", one.acknowledged_at, one.reply, one.ended_at,
            one.excuse,
        ]  # fmt: skip
