"""The analysis of a survey, for those who handle it: sealed until it is over, for them too."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interaction.enums.activities import ActivityKind
from interaction.enums.surveys import QuestionKind
from interaction.forms.surveys import CommentForm, ShownTextForm
from interaction.models import Activity, SurveyAnswer, SurveyQuestion
from interaction.operations import survey_results as operations
from interaction.queries import surveys as queries
from interaction.rules import activities as rules
from interaction.rules import surveys as survey_rules
from interaction.rules.polls import least_voters
from interaction.views.activities.desk import find
from interaction.workbook import surveys as workbook
from portal.masking import masked
from portal.refusals import refused
from portal.workflow import Refused

PAGE_SIZE = 20
TEXTS = (QuestionKind.SHORT, QuestionKind.LONG)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Figures, texts and the 分析说明; writing it is a POST to the same address."""
    activity, is_open = _find(request, pk)
    initial = {"comment": activity.survey.comment}
    form = CommentForm(request.POST or None, initial=initial)
    status = 200 if is_open else 403
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                operations.comment(activity, form.cleaned_data["comment"], by=request.user)
                messages.success(request, "已保存分析说明")
                return redirect("desk:survey_results", pk)
            except Refused as refusal:
                form.add_error(None, refusal.message)
                status = refused(request, refusal, activity)
    context: dict[str, Any] = {
        "activity": activity, "here": "activities", "form": form, "least": least_voters(),
        "may_comment": survey_rules.may_comment(request.user, activity),
    }  # fmt: skip
    if is_open:
        context["results"] = queries.results_of(activity, publicly=False)
    return render(request, "desk/surveys/results.html", context, status=status)


@require_safe
@login_required
@never_cache
def export(request: HttpRequest, pk: int) -> HttpResponse:
    activity, is_open = _find(request, pk)
    if not is_open:
        raise Http404
    results = queries.results_of(activity, publicly=False)
    return workbook.of(activity, results, queries.sheets_of(activity))


@require_safe
@login_required
@never_cache
def texts(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Everything that was written to one question; each may be published, masked, by whoever publishes."""
    return _texts(request, *_question(request, pk, number))


@require_POST
@login_required
@never_cache
def publish_text(request: HttpRequest, pk: int, number: int, answer: str) -> HttpResponse:
    """公布 a text as edited, or 收回 it."""
    activity, question = _question(request, pk, number)
    found = get_object_or_404(SurveyAnswer.objects.exclude(text=""), question=question, pk=answer)
    form = ShownTextForm(request.POST)
    is_taken_back = "hide" in request.POST
    if not is_taken_back and not form.is_valid():
        return _texts(request, activity, question, typed=(found, form), status=422)
    try:
        if is_taken_back:
            operations.hide_text(activity, found, by=request.user)
        else:
            operations.show_text(activity, found, form.cleaned_data["text"], by=request.user)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        status = refused(request, refusal, activity)
        return _texts(request, activity, question, typed=(found, form), status=status)
    messages.success(request, "已收回这一条" if is_taken_back else "已公布这一条")
    return redirect("desk:survey_texts", pk, number)


def _texts(
    request: HttpRequest,
    activity: Activity,
    question: SurveyQuestion,
    *,
    typed: tuple[SurveyAnswer, ShownTextForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    listing = Paginator(queries.texts_of(question), PAGE_SIZE).get_page(request.GET.get("page"))
    names = _names(activity)
    for answer in listing:
        answer.proposed = answer.shown_text or masked(answer.text, names)
        if typed and typed[0].pk == answer.pk:
            answer.proposed, answer.form = typed[1]["text"].value() or "", typed[1]
    return render(request, "desk/surveys/texts.html", {
        "activity": activity, "question": question, "listing": listing, "here": "activities",
        "may_publish": survey_rules.may_publish_texts(request.user, activity),
    }, status=status)  # fmt: skip


def _names(activity: Activity) -> list[str]:
    """Of a signed survey those who answered: their names are masked in texts."""
    if activity.survey.is_anonymous:
        return []
    return list(activity.sheets.exclude(voter=None).values_list("voter__name", flat=True).distinct())


def _find(request: HttpRequest, pk: int) -> tuple[Activity, bool]:
    """The survey, and whether its results are there for this person."""
    activity = find(request, pk)
    if activity.kind != ActivityKind.SURVEY or activity.site_id not in rules.sites_seen(request.user):
        raise Http404
    return activity, rules.may_see_results(request.user, activity)


def _question(request: HttpRequest, pk: int, number: int) -> tuple[Activity, SurveyQuestion]:
    activity, is_open = _find(request, pk)
    if not is_open:
        raise Http404
    return activity, get_object_or_404(SurveyQuestion, section__survey=pk, pk=number, kind__in=TEXTS)
