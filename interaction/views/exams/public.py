"""网上考试 as those meet it who sit: what there is, what it is about, what came of it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from interaction.enums.activities import ActivityKind
from interaction.models import Activity, Attempt
from interaction.queries import attempts as queries
from interaction.queries import exam_results, papers
from interaction.rules import activities as activity_rules
from interaction.rules import exams as rules
from interaction.rules import papers as paper_rules
from interaction.views.activities.public import listed, page_of
from portal import clock

LEAD = "登录后在规定时间内答题，随答随存，关了浏览器再打开可以接着答。"


@require_safe
def exams(request: HttpRequest) -> HttpResponse:
    return listed(request, (ActivityKind.EXAM,), here="exams", title="网上考试", lead=LEAD)


@require_safe
@never_cache
@page_of(ActivityKind.EXAM)
def exam(request: HttpRequest, activity: Activity) -> HttpResponse:
    """What it is, how it is sat, and the one next step for whoever looks."""
    setup, found = papers.setup_of(activity), papers.rules_of(activity)
    own = queries.own(request.user, activity) if request.user.is_authenticated else []
    running = next((one for one in own if one.is_running), None)
    return render(request, "public/exams/one.html", {
        "activity": activity, "setup": setup, "own": own, "running": running, "here": "exams",
        "whole": paper_rules.total(found), "size": sum(rule.count for rule in found),
        "kinds": _by_kind(found), "left": setup.attempts_allowed - len(own),
        "why_not": "" if running else rules.why_not_sit(request.user, activity),
        "shows_results": rules.may_see_published(request.user, activity),
        "may_see_work": activity_rules.may_see_work(request.user, activity),
    })  # fmt: skip


@require_safe
@login_required
@never_cache
@page_of(ActivityKind.EXAM)
def result(request: HttpRequest, activity: Activity) -> HttpResponse:
    """One's own papers: sealed until the exam is over; then the points and, where the exam says so, the answers."""
    own = queries.own(request.user, activity)
    if not own:
        raise Http404
    chosen, is_over = _chosen(own, request.GET.get("attempt", "")), rules.is_over(activity)
    setup = papers.setup_of(activity)
    shows_answers = is_over and setup.shows_answers and not chosen.is_running
    return render(request, "public/exams/result.html", {
        "activity": activity, "setup": setup, "own": own, "attempt": chosen, "is_over": is_over, "here": "exams",
        "whole": paper_rules.total(papers.rules_of(activity)),
        "has_time": chosen.is_running and clock.now() < chosen.ends_at,
        "is_passed": chosen.is_final and chosen.points >= setup.pass_mark,
        "sections": paper_rules.sections(queries.sheet(chosen)) if shows_answers else [],
        "answered": chosen.items.filter(sequence__gt=0).exclude(answer=[]).count(),
        "size": chosen.items.count(),
    })  # fmt: skip


@require_safe
@never_cache
@page_of(ActivityKind.EXAM)
def results(request: HttpRequest, activity: Activity) -> HttpResponse:
    """成绩公布: units, and names only where the exam says so; there only once it is published."""
    if not rules.may_see_published(request.user, activity):
        raise Http404
    found, setup = exam_results.standings(activity), papers.setup_of(activity)
    return render(request, "public/exams/results.html", {
        "activity": activity, "setup": setup, "here": "exams", "overview": exam_results.overview(activity, found),
        "units": exam_results.public_units(activity, found, names_people=setup.names_people),
        "whole": paper_rules.total(papers.rules_of(activity)),
        "people": found if setup.names_people else [],
    })  # fmt: skip


def _by_kind(found: list) -> list[tuple[str, int, int]]:
    """单选 10 题 20 分, in the order of the paper."""
    kinds: dict[str, tuple[int, int]] = {}
    for rule in found:
        count, points = kinds.get(rule.get_kind_display(), (0, 0))
        kinds[rule.get_kind_display()] = count + rule.count, points + rule.total
    return [(label, count, points) for label, (count, points) in kinds.items()]


def _chosen(own: list[Attempt], number: str) -> Attempt:
    """The paper asked for, otherwise the last one."""
    return next((one for one in own if str(one.number) == number), own[-1])
