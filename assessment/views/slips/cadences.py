"""更新时限: how every limit stands now, the rules, filing one's own, pauses (石家庄第十五条; 大庆第五条)."""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessment.forms.cadences import LIGHTS, FilingForm, RuleFilter, StandingFilter, light_of
from assessment.forms.slips import NoteForm
from assessment.queries import limits as queries
from assessment.queries.cadences import Row
from assessment.queries.lateness import Late
from assessment.rules.slips import may_see_all
from assessment.views.slips.answering import run
from columns import rules as column_rules
from columns.models import Cadence
from columns.operations import cadences as operations
from columns.rules import cadences as may
from interaction.queries.trails import trail
from portal import clock
from portal.spreadsheets import workbook
from portal.workflow import open_moves

PAGE_SIZE = 20
HEADINGS = ["站点", "栏目", "责任单位", "要求", "依据", "状态", "情况", "最近更新", "期限", "剩余天数"]
LATE_HEADINGS = [
    "标题",
    "站点",
    "栏目",
    "单位",
    "要求",
    "依据",
    "起算",
    "应在此前上网",
    "实际发布",
    "迟多少小时",
]
ACTS = {
    "accept": (operations.accept, "已备案，自今日起按此计算：{}"),
    "refuse": (operations.refuse, "已答复不予备案：{}"),
    "end": (operations.end, "已停用：{}"),
}


@require_safe
@login_required
@never_cache
def standings(request: HttpRequest) -> HttpResponse:
    asked = {"site": request.site.key} | request.GET.dict()
    form = StandingFilter(asked)
    rows = form.rows(queries.seen(request.user, clock.today(), form.chosen.get("site")))
    if request.GET.get("format") == "xlsx":
        return workbook(f"更新时限{clock.today():%Y%m%d}", HEADINGS, _sheet(rows))
    lights = [light_of(one.standing) for one in rows]
    return render(request, "desk/cadences/standings.html", {
        "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")), "form": form,
        "numbers": {light: lights.count(light) for light in ("red", "amber", "ok", "paused")},
        "is_narrowed": bool(asked.get("state") or asked.get("unit")), "tab": "standings", **frame(request),
    })  # fmt: skip


@require_safe
@login_required
@never_cache
def late(request: HttpRequest) -> HttpResponse:
    """迟发: of the last quarter of a year, one's unit's own or all."""
    rows = queries.late_seen(request.user, clock.today())
    if request.GET.get("format") == "xlsx":
        return workbook(f"迟发信息{clock.today():%Y%m%d}", LATE_HEADINGS, _late_sheet(rows))
    listing = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "desk/cadences/late.html", {"listing": listing, "tab": "late", **frame(request)})


@require_safe
@login_required
@never_cache
def rules(request: HttpRequest) -> HttpResponse:
    form = RuleFilter(request.GET)
    form.is_valid()
    rows = queries.rules_seen(request.user)
    if state := form.cleaned_data.get("state"):
        rows = rows.filter(state=state)
    listing = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/cadences/rules.html",
        {"listing": listing, "form": form, "tab": "rules", **frame(request)},
    )


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def file(request: HttpRequest) -> HttpResponse:
    """申报: the unit's own."""
    departments = may.filing_departments(request.user)
    if not departments:
        raise PermissionDenied("更新时限由单位负责人或从事采编的人员为本单位申报")
    form, status = FilingForm(request.POST or None, departments=departments), 200
    if request.method == "POST":
        status = run(
            request, form, departments[0],
            lambda: operations.file(form.filing(), by=request.user, note=form.cleaned_data["note"]),
        )  # fmt: skip
        if not status:
            messages.success(request, "已申报，备案后生效；备案前仍按现行时限计算")
            return redirect("desk:cadence_rules")
    return render(request, "desk/cadences/file.html", {"form": form, **frame(request)}, status=status)


@require_safe
@login_required
@never_cache
def one(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _find(request, pk), NoteForm())


@require_POST
@login_required
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """备案, 不予备案, 停用."""
    if verb not in ACTS:
        raise Http404
    cadence, form = _find(request, pk), NoteForm(request.POST)
    operation, said = ACTS[verb]
    status = run(
        request, form, cadence, lambda: operation(cadence, by=request.user, note=form.cleaned_data["note"])
    )
    if status:
        cadence.refresh_from_db()
        return _shown(request, cadence, form, status)
    messages.success(request, said.format(cadence))
    return redirect("desk:cadence", pk)


def frame(request: HttpRequest) -> dict:
    return {
        "here": "cadences",
        "sees_all": may_see_all(request.user),
        "may_file": bool(may.filing_departments(request.user)),
        "may_pause": column_rules.accepts_cadences(request.user),
    }


def _find(request: HttpRequest, pk: int) -> Cadence:
    return get_object_or_404(queries.rules_seen(request.user), pk=pk)


def _shown(request: HttpRequest, cadence: Cadence, form: NoteForm, status: int = 200) -> HttpResponse:
    moves = {one.verb: one for one in open_moves(cadence, request.user, column_rules.why_not_cadence)}
    context = {"cadence": cadence, "form": form, "moves": moves, "entries": trail(cadence), **frame(request)}
    return render(request, "desk/cadences/one.html", context, status=status)


def _sheet(rows: list[Row]) -> Iterator[list]:
    labels = dict(LIGHTS)
    for row in rows:
        standing, cadence = row.standing, row.bound.cadence
        yield [
            row.site.name, row.what, row.unit.name, str(cadence), cadence.clause, labels[light_of(standing)],
            standing.words, row.bound.record.last, standing.due, standing.days_left,
        ]  # fmt: skip


def _late_sheet(rows: list[Late]) -> Iterator[list]:
    for one in rows:
        row = one.publication
        yield [
            row.article.title, row.site.name, row.column.name, row.unit.name, one.rule, one.clause, one.began, one.due_at,
            row.at, one.hours,
        ]  # fmt: skip
