"""网上考试 as it is prepared: settings, rules of the paper, the questions they may draw."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from interaction.enums.activities import ActivityKind
from interaction.forms.exams import (
    RULES,
    TOO_MANY_RULES,
    RuleForms,
    SetupForm,
    initial_of,
    initial_rules,
    paper_of,
)
from interaction.models import Activity
from interaction.operations import exams as operations
from interaction.queries import papers
from interaction.rules import banks as bank_rules
from interaction.rules import papers as paper_rules
from interaction.views.activities import desk as activities
from portal.refusals import refused
from portal.workflow import Refused

PAGE_SIZE = 30


@require_safe
@login_required
def exams(request: HttpRequest) -> HttpResponse:
    """Exams among the activities."""
    return redirect(f"{reverse('desk:activities')}?kind={ActivityKind.EXAM}")


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """考试设置与组卷规则; 保存 leads to the exam's page, which says what is missing."""
    found = find(request, pk, editing=True)
    if request.method == "GET" and not found.is_editable:
        return redirect("desk:activity", pk)
    setup, rules = papers.setup_of(found), papers.rules_of(found)
    setup.activity = found
    form = SetupForm(request.POST or None, initial=initial_of(setup))
    lines = RULES(request.POST or None, initial=initial_rules(rules), form_kwargs={"activity": found})
    if request.method != "POST" or not (form.is_valid() & lines.is_valid()):
        return _form(request, found, form, lines)
    try:
        paper = paper_of(form, lines)
        operations.save_setup(found, paper, by=request.user, version=form.cleaned_data["version"])
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _form(request, found, form, lines, refused(request, refusal, found))
    messages.success(request, f"已保存考试设置：{found}")
    return redirect("desk:exam_edit" if "again" in request.POST else "desk:activity", pk)


@require_safe
@login_required
@never_cache
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """The questions that the rules may draw, with their answers; for whoever has opened all of the banks."""
    found = find(request, pk)
    banks, opened = papers.banks_of(found), bank_rules.opened(request.user)
    context = {"activity": found, "here": "activities"}
    may_open = {bank.pk for bank in banks if bank_rules.may_see(request.user, bank)}
    closed = [(bank, bank.pk in may_open) for bank in banks if bank.pk not in may_open & opened]
    if closed:
        return render(request, "desk/exams/closed.html", context | {"closed": closed})
    rules = papers.rules_of(found)
    there = papers.availability(rules, papers.fixed_at(found))
    rule = rules[_place(request, len(rules))] if rules else None
    pool = papers.pool([rule], papers.fixed_at(found)) if rule else []
    drawable = [one for one in pool if paper_rules.matches(rule, one)] if rule else []
    return render(request, "desk/exams/questions.html", context | {
        "rules": [(one, there[place]) for place, one in enumerate(rules)], "rule": rule,
        "listing": Paginator(drawable, PAGE_SIZE).get_page(request.GET.get("page")),
    })  # fmt: skip


def find(request: HttpRequest, pk: int, *, editing: bool = False) -> Activity:
    """The exam for a page of the desk; 404 as `activities.find`, and for what is no exam."""
    found = activities.find(request, pk, editing=editing)
    if found.kind != ActivityKind.EXAM:
        raise Http404
    return found


def _place(request: HttpRequest, many: int) -> int:
    """Which rule's questions are shown: by its number, the first for anything else."""
    typed = request.GET.get("rule", "")
    return int(typed) - 1 if typed.isascii() and typed.isdigit() and 1 <= int(typed[:9]) <= many else 0


def _form(
    request: HttpRequest, found: Activity, form: SetupForm, lines: RuleForms, status: int = 0
) -> HttpResponse:
    if lines.is_bound and lines.non_form_errors():
        form.add_error(None, TOO_MANY_RULES)
    is_wrong = bool(form.errors) or (lines.is_bound and lines.total_error_count() > 0)
    rules = papers.rules_of(found)
    there = papers.availability(rules, papers.fixed_at(found))
    context = {
        "activity": found, "form": form, "lines": lines, "here": "activities", "whole": paper_rules.total(rules),
        "size": sum(rule.count for rule in rules), "is_wrong": is_wrong, "there": there,
        "issues": [] if lines.is_bound else paper_rules.faults(rules, there),
        "topics": papers.topics(found),
    }  # fmt: skip
    return render(request, "desk/exams/edit.html", context, status=status or (422 if is_wrong else 200))
