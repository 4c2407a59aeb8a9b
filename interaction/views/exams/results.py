"""成绩 on the desk: by unit, by person, by question; sealed until nobody sits any more."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from columns import rules as column_rules
from interaction.enums.exams import AttemptState
from interaction.models import Activity
from interaction.queries import exam_results as queries
from interaction.queries import papers
from interaction.rules import banks as bank_rules
from interaction.rules import exams as rules
from interaction.rules import papers as paper_rules
from interaction.views.exams.desk import find
from interaction.workbook import exams as sheets
from portal import clock
from portal.models import User
from portal.refusals import unseen
from portal.spreadsheets import workbook

PAGE_SIZE = 50
PARTS = {"units": "各单位", "people": "个人", "questions": "试题"}


@require_safe
@login_required
@never_cache
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """`?part=` people or questions; 各单位 otherwise."""
    found, part = _handled(request, pk), _part(request)
    context = {"activity": found, "part": part, "parts": PARTS, "here": "activities"}
    if not rules.may_see_standings(request.user, found):
        running = found.attempts.filter(state=AttemptState.RUNNING).count()
        return render(request, "desk/exams/sealed.html", context | {"running": running})
    standings = queries.standings(found)
    context |= {
        "overview": queries.overview(found, standings), "whole": paper_rules.total(papers.rules_of(found)),
        "setup": papers.setup_of(found),
    }  # fmt: skip
    return render(request, "desk/exams/results.html", context | _shown(request, found, part, standings))


@require_safe
@login_required
@never_cache
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The part that is shown, whole, as a workbook."""
    found, part = _handled(request, pk), _part(request)
    if not rules.may_see_standings(request.user, found):
        return redirect("desk:exam_results", pk)
    if part == "questions" and _closed(request.user, found):
        return redirect("desk:exam_questions", pk)
    standings, title = queries.standings(found), f"{found}{PARTS[part]}成绩 {clock.today()}"
    if part == "questions":
        return workbook(title, sheets.ITEM_TITLES, sheets.items(queries.items(standings)), sheets.ITEM_WIDTHS)
    if part == "people":
        absentees = queries.absentees(found, standings)
        rows = sheets.people(standings, absentees)
        return workbook(title, sheets.PEOPLE_TITLES, rows, sheets.PEOPLE_WIDTHS)
    return workbook(
        title, sheets.UNIT_TITLES, sheets.units(queries.units(found, standings)), sheets.UNIT_WIDTHS
    )


def _shown(request: HttpRequest, found: Activity, part: str, standings: list) -> dict:
    if part == "people":
        listing = Paginator(standings, PAGE_SIZE).get_page(request.GET.get("page"))
        return {"listing": listing, "absentees": queries.absentees(found, standings)[:200]}
    if part == "questions":
        closed = _closed(request.user, found)
        rows = [] if closed else queries.items(standings)
        return {"closed": closed, "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))}
    return {"units": queries.units(found, standings)}


def _handled(request: HttpRequest, pk: int) -> Activity:
    found = find(request, pk)
    if found.site_id not in column_rules.powers_of(request.user).sites_with(*rules.HANDLES):
        raise unseen(request, found, "不能查看这场考试的成绩")
    return found


def _part(request: HttpRequest) -> str:
    part = request.GET.get("part") or "units"
    if part not in PARTS:
        raise Http404
    return part


def _closed(user: User, found: Activity) -> list:
    """Banks of the exam that the person has not opened: their questions do not show."""
    return [bank for bank in papers.banks_of(found) if not bank_rules.may_read(user, bank)]
