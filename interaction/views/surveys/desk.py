"""Where a survey's sections, questions and conditions are edited."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from interaction.enums.activities import ActivityKind
from interaction.forms import surveys as forms
from interaction.models import Activity, SurveyQuestion, SurveySection
from interaction.operations import surveys as operations
from interaction.rules import activities as rules
from interaction.views.activities.desk import find
from portal.refusals import refused
from portal.workflow import Refused

EDIT = "desk:survey_edit"


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The promise, and the sections with their questions in order."""
    activity = _find(request, pk)
    form = forms.PromiseForm(request.POST or None, initial=forms.promise_of(activity))

    def run(typed: dict[str, Any]) -> None:
        operations.promise(activity, **form.promise, by=request.user, version=typed["version"])

    return _answer(
        request, activity, form, run, "desk/surveys/edit.html", "已保存填写方式", **_parts(activity)
    )


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def section(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """The heading of a section; a new one where no number is given."""
    activity = _find(request, pk)
    found = _section(activity, number) if number is not None else None
    initial = {"version": activity.version}
    if found:
        initial |= {"title": found.title, "note": found.note}
    form = forms.SectionForm(request.POST or None, initial=initial)

    def run(typed: dict[str, Any]) -> None:
        operations.put_section(activity, **typed, by=request.user, section=found)

    return _answer(request, activity, form, run, "desk/surveys/section.html", "已保存这个部分", section=found)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new_question(request: HttpRequest, pk: int, section: int) -> HttpResponse:
    """A new question at the end of a section."""
    activity = _find(request, pk)
    found = _section(activity, section)
    earlier = [
        one
        for one in activity.survey.asked()
        if (one.section.position, one.section_id) <= (found.position, found.pk)
    ]
    return _question_page(request, activity, None, found, earlier)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def question(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    activity = _find(request, pk)
    asked = activity.survey.asked()
    found = next((one for one in asked if one.pk == number), None)
    if found is None:
        raise Http404
    return _question_page(request, activity, found, found.section, asked[: found.number - 1])


@require_POST
@login_required
def move_section(request: HttpRequest, pk: int, number: int, way: str) -> HttpResponse:
    activity = _find(request, pk)
    return _moved(request, activity, _section(activity, number), way)


@require_POST
@login_required
def move_question(request: HttpRequest, pk: int, number: int, way: str) -> HttpResponse:
    activity = _find(request, pk)
    rows = SurveyQuestion.objects.select_related("section")
    return _moved(request, activity, get_object_or_404(rows, section__survey=pk, pk=number), way)


def _question_page(
    request: HttpRequest,
    activity: Activity,
    found: SurveyQuestion | None,
    section: SurveySection,
    earlier: list[SurveyQuestion],
) -> HttpResponse:
    initial = forms.question_of(found, activity)
    form = forms.QuestionForm(request.POST or None, initial=initial, earlier=earlier)

    def run(typed: dict[str, Any]) -> None:
        operations.put_question(
            activity, form.asked, by=request.user, section=section, question=found, version=typed["version"]
        )

    context = {"question": found, "section": section, "earlier": earlier}
    return _answer(request, activity, form, run, "desk/surveys/question.html", "已保存题目", **context)


def _answer(
    request: HttpRequest,
    activity: Activity,
    form: django_forms.Form,
    run: Callable[[dict[str, Any]], None],
    template: str,
    done: str,
    **context: Any,
) -> HttpResponse:
    """Show the form; when it is sent run the operation, whose refusal comes back with what was typed."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                run(form.cleaned_data)
                messages.success(request, done)
                return redirect(EDIT, activity.pk)
            except Refused as refusal:
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
                status = refused(request, refusal, activity)
    shown = {"form": form, "activity": activity, "here": "activities", "is_open": activity.is_editable}
    return render(request, template, shown | context, status=status)


def _moved(
    request: HttpRequest, activity: Activity, thing: SurveySection | SurveyQuestion, way: str
) -> HttpResponse:
    """上移、下移、删除."""
    if way not in ("up", "down", "drop"):
        raise Http404
    try:
        if way == "drop":
            operations.drop(activity, thing, by=request.user)
            messages.success(request, "已删除")
        else:
            operations.move(activity, thing, up=way == "up", by=request.user)
    except Refused as refusal:
        refused(request, refusal, activity)
        messages.error(request, refusal.message)
    return redirect(EDIT, activity.pk)


def _find(request: HttpRequest, pk: int) -> Activity:
    activity = find(request, pk, editing=True)
    if activity.kind != ActivityKind.SURVEY:
        raise Http404
    return activity


def _section(activity: Activity, number: int) -> SurveySection:
    return get_object_or_404(SurveySection, survey=activity.pk, pk=number)


def _parts(activity: Activity) -> dict[str, Any]:
    """The sections with their questions, empty ones too."""
    asked = activity.survey.asked()
    parts = [
        (one, [question for question in asked if question.section_id == one.pk])
        for one in activity.survey.sections.all()
    ]
    return {
        "parts": parts, "number": len(asked), "issues": rules.issues(activity) if activity.is_editable else [],
    }  # fmt: skip
