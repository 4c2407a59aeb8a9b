"""The buttons of an entry's page: validity, its text, what explains it. On a refusal the page comes back as it was."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from disclosure.forms.entries import ArticleForm, ChangeForm
from disclosure.models import CatalogueEntry, Office
from disclosure.operations import entries, interpretations, validity
from disclosure.views.catalogue.scope import find
from disclosure.views.catalogue.screen import entry_screen
from disclosure.workflow.catalogue import VALIDITY
from portal.refusals import refused
from portal.workflow import Refused
from publishing.models import Article

WITH_ARTICLES: dict[str, tuple[Callable, str]] = {
    "text": (entries.give_text, "已关联全文"),
    "interpret": (interpretations.link, "已关联政策解读"),
    "uninterpret": (interpretations.unlink, "已取消政策解读"),
}


@require_http_methods(["GET", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    address = reverse("desk:entry", args=[pk])
    if verb not in VALIDITY.transitions and verb not in WITH_ARTICLES:
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(address)
    if request.method == "GET":
        return redirect(address)
    entry, office = find(request, pk)
    return (_with_article if verb in WITH_ARTICLES else _change)(request, entry, office, verb)


def _change(request: HttpRequest, entry: CatalogueEntry, office: Office, verb: str) -> HttpResponse:
    form = ChangeForm(request.POST, entry=entry, verb=verb, auto_id=f"{verb}-%s")
    status = 422
    if form.is_valid():
        try:
            validity.change(entry, verb, by=request.user, **form.cleaned_data)
            messages.success(request, f"已登记：{VALIDITY[verb].label}")
            return redirect(entry.desk_url)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            status = refused(request, refusal, entry)
    entry, office = find(request, entry.pk)
    screen = entry_screen(request, entry, office, verb=verb, change_form=form)
    return render(request, "desk/catalogue/entry.html", screen, status=status)


def _with_article(request: HttpRequest, entry: CatalogueEntry, office: Office, verb: str) -> HttpResponse:
    operation, done = WITH_ARTICLES[verb]
    form, status = ArticleForm(request.POST), 422
    chosen = form.cleaned_data["article"] if form.is_valid() else None
    article = Article.objects.select_related("site").filter(pk=chosen).first()
    why = "请选择稿件" if article is None else ""
    if article is not None:
        try:
            operation(entry, article, by=request.user)
            messages.success(request, f"{done}：“{article.title}”")
            return redirect(entry.desk_url)
        except Refused as refusal:
            why, status = refusal.message, refused(request, refusal, entry)
    screen = entry_screen(request, *find(request, entry.pk), refusal=why)
    return render(request, "desk/catalogue/entry.html", screen, status=status)
