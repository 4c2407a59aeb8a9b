"""编目: a new entry, from an article or without one, and the changing of one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from disclosure.forms.entries import GENRES, EntryForm, of_article, of_entry, of_nothing
from disclosure.models import CatalogueEntry, Office
from disclosure.operations import entries as operations
from disclosure.queries.catalogue import whole
from disclosure.queries.categories import CategoryTree
from disclosure.rules import cataloguing as rules
from disclosure.rules.entries import why_not_text
from disclosure.views.catalogue.scope import HERE, Scope, find, scope
from portal.refusals import refused, unseen
from portal.workflow import NotAllowed, Refused
from publishing.models import Article


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """编入公开目录: filled in from `?article=`; without one for what is given on request or closed."""
    seen = scope(request)
    office, tree = seen.office, CategoryTree(seen.office.site)
    _require_cataloguer(request, seen)
    article = _article(request)
    if request.method == "GET":
        if article and (why := why_not_text(office, article)):
            messages.error(request, why)
            return redirect("desk:uncatalogued")
        initial = of_article(article, tree, office) if article else of_nothing(office)
        return _form(request, office, EntryForm(office=office, tree=tree, initial=initial), article)
    form, status = EntryForm(request.POST, office=office, tree=tree), 422
    if form.is_valid():
        try:
            entry = operations.register(office, form.facts, article=article, by=request.user)
            messages.success(request, f"已编入公开目录，索引号 {entry.index_number}")
            return redirect(entry.desk_url)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            status = refused(request, refusal, office)
    return _form(request, office, form, article, status=status)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    entry, office = find(request, pk)
    tree = CategoryTree(office.site)
    if why := rules.why_not_edit(request.user, office, entry):
        return _refusal(request, entry, why)
    if request.method == "GET":
        form = EntryForm(office=office, tree=tree, initial=of_entry(entry))
        return _form(request, office, form, entry.article, entry)
    form, status = EntryForm(request.POST, office=office, tree=tree, initial=of_entry(entry)), 422
    if form.is_valid():
        try:
            operations.save(entry, form.facts, by=request.user, version=form.cleaned_data["version"] or 0)
            messages.success(request, "已保存")
            return redirect(entry.desk_url)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            status = refused(request, refusal, entry)
    return _form(request, office, form, entry.article, entry, status)


def _require_cataloguer(request: HttpRequest, seen: Scope) -> None:
    if not rules.catalogues(request.user, seen.office):
        raise unseen(request, seen.office, "您不编制这个站点的公开目录")


def _article(request: HttpRequest) -> Article | None:
    """The article named in the address or in the form that came from it; 404 where there is none such."""
    typed = request.POST.get("article") if request.method == "POST" else request.GET.get("article")
    if not typed:
        return None
    pk = whole(typed)
    rows = Article.objects.select_related("site", "column", "published_revision")
    article = rows.filter(pk=pk).first() if pk else None
    if article is None:
        raise Http404
    return article


def _form(
    request: HttpRequest, office: Office, form: EntryForm, article: Article | None, entry: CatalogueEntry | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    return render(request, "desk/catalogue/form.html", {
        "form": form, "office": office, "article": article, "entry": entry, "genres": GENRES, "here": HERE,
    }, status=status)  # fmt: skip


def _refusal(request: HttpRequest, entry: CatalogueEntry, why: str) -> HttpResponse:
    status = 403
    if request.method == "POST":
        status = refused(request, NotAllowed(why), entry)
    return render(
        request, "desk/catalogue/no_edit.html", {"entry": entry, "why": why, "here": HERE}, status=status
    )
