"""问答 as staff read and ask: lists, one question with its answer and what is said below, asking, similar ones."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from columns.enums import ColumnKind
from columns.models import Column
from interaction.forms.questions import AskForm
from interaction.models import Question
from interaction.operations import items
from interaction.operations import questions as operations
from interaction.queries import clocks
from interaction.queries import questions as queries
from interaction.queries.trails import trail
from interaction.rules import questions as rules
from interaction.views.comments.thread import thread
from interaction.views.questions.listing import WORDS, listing
from portal import rates, richtext
from portal.refusals import refused
from portal.workflow import Refused
from publishing import kinds
from publishing import queries as publishing_queries
from publishing.views.public import column_of_articles, place, readable

MOST, SECONDS = 6, 3600
MOST_LOOKS, LOOK_SECONDS = 60, 60
RELATED = 5
TOLD = {"ask", "refer", "refuse", "answered", "close"}


def column_of_questions(request: HttpRequest, here: dict[str, Any]) -> HttpResponse:
    """The page of a 问答 column: its questions, and below them the column's articles where it has any."""
    if request.GET.get("show") == "articles":
        return column_of_articles(request, here)
    related = publishing_queries.column_page(here["column"], here["columns"], 1)
    context = {"related": related.object_list[:RELATED], "related_count": related.paginator.count}
    context |= listing(request, [here["column"]])
    return render(request, "public/interaction/questions/column.html", here | context)


kinds.register(ColumnKind.QUESTIONS, column_of_questions)


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """All questions of the site that the visitor may read."""
    columns = queries.question_columns(readable(request))
    return render(request, "public/interaction/questions/list.html", listing(request, columns))


@require_safe
def similar(request: HttpRequest) -> HttpResponse:
    """What was answered before and reads like `?q=`: a piece of a page, shown while somebody types."""
    words = richtext.one_line(request.GET.get("q", ""))[:WORDS]
    if not rates.allow(rates.by_address("similar", request), most=MOST_LOOKS, seconds=LOOK_SECONDS):
        return HttpResponse(
            "查询太频繁了，请稍后再试。", status=429, content_type="text/plain; charset=utf-8"
        )
    found = queries.similar(queries.question_columns(readable(request)), words) if len(words) > 1 else []
    context = {"found": found, "words": words}
    return HttpResponse(render_to_string("public/interaction/questions/_similar.html", context))


@require_safe
def question(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.with_marks(Question.objects.select_related(*queries.SHOWN_WITH)), pk=pk)
    if found.site_id != request.site.pk:
        if not rules.may_see(request.user, found):
            raise Http404
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    columns, user = readable(request), request.user
    found.site = found.column.site = request.site
    if not rules.may_see(user, found):
        raise Http404
    shown = columns.get(found.column_id)
    is_own = user.is_authenticated and found.asked_by_id == user.pk
    return render(request, "public/interaction/questions/one.html", {
        **(place(columns, shown) if shown else {"columns": columns, "column": found.column, "path": [found.column]}),
        "question": found, "answers": queries.answers_to(found) if found.is_shown else [],
        "is_own": is_own, "is_marked": user.is_authenticated and found.marks.filter(user=user).exists(),
        "news": [one for one in trail(found) if one.verb in TOLD] if is_own else [],
        "handles": rules.handles(user, found),
        "alike": [one for one in queries.similar([found.column], found.title) if one.pk != found.pk],
        **(clocks.standing(found) if is_own and found.is_open else {}),
        **(thread(request, found) if found.is_shown else {}),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """提问. Where the site has several columns of questions, one is chosen first. What was typed is never lost."""
    columns = [
        one for one in queries.question_columns(readable(request)) if not rules.why_not_ask(request.user, one)
    ]
    column = _chosen(columns, request.GET.get("column", ""))
    if column is None:
        return render(request, "public/interaction/questions/choose.html", {"asks_in": columns})
    departments = queries.answering_departments(column)
    if request.method == "GET":
        title = richtext.one_line(request.GET.get("title", ""))[:80]
        return _form(request, column, AskForm(departments=departments, initial={"title": title}))
    form = AskForm(request.POST, departments=departments)
    if not form.is_valid():
        return _form(request, column, form, 422)
    if not rates.allow(f"question|{request.user.pk}", most=MOST, seconds=SECONDS):
        form.add_error(None, "您提问太频繁了，请过一会儿再提交。您写的内容还在下面。")
        return _form(request, column, form, 429)
    try:
        asked = operations.ask(column, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _form(request, column, form, refused(request, refusal, column))
    messages.success(request, f"提问已提交，由{asked.department}答复，答复后会有消息告诉您。")
    return redirect(asked.get_absolute_url())


@require_POST
@login_required
def useful(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Question.objects.select_related("column"), pk=pk, site=request.site)
    found.site = found.column.site = request.site
    if not rules.may_see(request.user, found):
        raise Http404
    try:
        is_first = operations.mark_useful(found, by=request.user)
    except Refused as refusal:
        refused(request, refusal, found)
        messages.error(request, refusal.message)
    else:
        messages.success(request, "谢谢，已记下这个答复对您有用。" if is_first else "您已经标记过“有用”。")
    return redirect(found.get_absolute_url())


def _chosen(columns: list[Column], slug: str) -> Column | None:
    """By its address, or the only one; 404 for one that is not offered."""
    if slug:
        found = next((one for one in columns if one.slug == slug), None)
        if found is None:
            raise Http404
        return found
    return columns[0] if len(columns) == 1 else None


def _form(request: HttpRequest, column: Column, form: AskForm, status: int = 200) -> HttpResponse:
    here = place(readable(request), column)
    context = here | {"form": form, "days": items.days()}
    return render(request, "public/interaction/questions/ask.html", context, status=status)
