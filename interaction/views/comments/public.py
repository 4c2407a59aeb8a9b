"""评论 under articles and questions: read by everybody who reads these, written by whoever is signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from columns.models import Column
from interaction.forms.comments import CommentForm
from interaction.models import Question
from interaction.operations import comments as operations
from interaction.rules import questions as question_rules
from interaction.views.comments.thread import thread
from portal import rates
from portal.refusals import refused
from portal.workflow import Refused
from publishing import below, queries
from publishing import rules as publishing_rules
from publishing.models import Article

MOST, SECONDS = 10, 600


@require_http_methods(["GET", "POST"])
@login_required
def on_article(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.articles_to_read().select_related("column"), pk=pk, site=request.site)
    found.site = found.column.site = request.site
    if not publishing_rules.may_read(request.user, found):
        raise Http404
    return _say(request, found)


@require_http_methods(["GET", "POST"])
@login_required
def on_question(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Question.objects.select_related("column"), pk=pk, site=request.site)
    found.site = found.column.site = request.site
    if not question_rules.may_see(request.user, found):
        raise Http404
    return _say(request, found)


def _say(request: HttpRequest, subject: Article | Question) -> HttpResponse:
    """Said once however often the button is pressed. On a refusal the page comes back with what was typed."""
    back = f"{subject.get_absolute_url()}#comments"
    if request.method == "GET":
        return redirect(back)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _again(request, subject, form, 422)
    if not rates.allow(f"comment|{request.user.pk}", most=MOST, seconds=SECONDS):
        form.add_error("body", "您发表得太快了，请过几分钟再发表。您写的内容还在下面。")
        return _again(request, subject, form, 429)
    try:
        operations.post(subject, form.cleaned_data["body"], by=request.user, key=form.cleaned_data["key"])
    except Refused as refusal:
        form.add_error("body", refusal.message)
        return _again(request, subject, form, refused(request, refusal, subject))
    messages.success(request, "已提交，版主审核后显示。审核前只有您自己能看到。")
    return redirect(back)


def _again(request: HttpRequest, subject: Article | Question, form: CommentForm, status: int) -> HttpResponse:
    context = {"subject": subject, "typed": form, **thread(request, subject, form)}
    return render(request, "public/interaction/comments/again.html", context, status=status)


def _under(request: HttpRequest, article: Article, column: Column) -> dict | None:
    if not column.takes_comments:
        return None
    article.site, article.column = request.site, column
    return thread(request, article)


below.register(below.Block("comments", 10, "public/interaction/comments/_under.html", _under))
