"""The banks of a person's sites, and one bank with its questions, once the person has opened it.

Whoever holds no power there is answered 404; the questions show to nobody who has not opened the bank.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from columns import rules as column_rules
from interaction.enums.banks import Difficulty, ExamQuestionKind
from interaction.forms.banks import BankForm, QuestionFilter
from interaction.models import QuestionBank
from interaction.operations import banks as operations
from interaction.queries import banks as queries
from interaction.rules import banks as rules
from portal import parameters
from portal.enums import Power
from portal.refusals import refused, unseen
from portal.workflow import Refused

PAGE_SIZE = 30


@require_safe
@login_required
@never_cache
def banks(request: HttpRequest) -> HttpResponse:
    """All banks of the person's sites, and how each stands this month."""
    if not rules.sites_seen(request.user):
        raise Http404
    listing = Paginator(queries.seen_by(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    opened = rules.opened(request.user)
    return render(request, "desk/banks/list.html", {
        "listing": listing, "here": "banks", "wanted": parameters.value(queries.UPDATES),
        "rows": [(bank, queries.renewal(bank), bank.pk in opened) for bank in listing],
        "may_make": column_rules.powers_of(request.user).on_some_site(Power.COLLECT),
    })  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def add(request: HttpRequest) -> HttpResponse:
    """建立题库; only for whoever collects for some site."""
    sites = column_rules.powers_of(request.user).sites_with(Power.COLLECT)
    if not sites:
        raise Http404
    initial = {"site": request.site.pk if request.site.pk in sites else min(sites)}
    form = BankForm(request.POST or None, user=request.user, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form)
    typed = form.cleaned_data
    try:
        bank = operations.make(typed["site"], typed["name"], note=typed["note"], by=request.user)
    except Refused as refusal:
        return _refused_form(request, form, refusal, typed["site"])
    messages.success(request, f"已建立题库：{bank}。可以添加或导入试题了。")
    return redirect("desk:bank", bank.pk)


@require_safe
@login_required
@never_cache
def bank(request: HttpRequest, pk: int) -> HttpResponse:
    """Its questions by topic, kind and difficulty; whoever has not opened it is asked first."""
    found = find(request, pk)
    context = {"bank": found, "here": "banks", "renewal": queries.renewal(found)}
    if not rules.may_read(request.user, found):
        return render(request, "desk/banks/closed.html", context)
    form = QuestionFilter(request.GET, topics=queries.topics(found))
    rows = form.narrow(found.questions.select_related("made_by"))
    return render(request, "desk/banks/one.html", context | {
        "form": form, "listing": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "composition": queries.composition(found), "levels": Difficulty, "kinds": ExamQuestionKind,
        "readers": found.readers.select_related("person__department"),
        "may_keep": rules.may_keep(request.user, found),
    })  # fmt: skip


@require_POST
@login_required
def open_(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(request, pk)
    try:
        operations.open_(found, by=request.user)
    except Refused as refusal:
        refused(request, refusal, found)
        messages.error(request, refusal.message)
        return redirect(found)
    messages.success(request, f"已打开题库“{found}”。从它抽题的考试，您不再参加。")
    return redirect(found)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """名称、说明、停用."""
    found = keep(request, pk)
    initial = {"name": found.name, "note": found.note, "is_active": found.is_active}
    form = BankForm(request.POST or None, user=request.user, bank=found, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _form(request, form, found)
    try:
        operations.save(found, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _refused_form(request, form, refusal, found, found)
    messages.success(request, f"已保存：{form.cleaned_data['name']}")
    return redirect(found)


def find(request: HttpRequest, pk: int) -> QuestionBank:
    """The bank for a page; 404 for whoever holds no power on its site."""
    found = get_object_or_404(queries.with_updates(QuestionBank.objects.select_related("site")), pk=pk)
    if not rules.may_see(request.user, found):
        raise unseen(request, found, "不能查看这个题库")
    return found


def keep(request: HttpRequest, pk: int) -> QuestionBank:
    """The bank for a page that changes it; 404 for whoever may not."""
    found = find(request, pk)
    if reason := rules.why_not_keep(request.user, found):
        raise unseen(request, found, reason)
    return found


def _form(
    request: HttpRequest, form: BankForm, found: QuestionBank | None = None, status: int = 0
) -> HttpResponse:
    context = {"form": form, "bank": found, "here": "banks"}
    return render(request, "desk/banks/form.html", context, status=status or (422 if form.errors else 200))


def _refused_form(
    request: HttpRequest, form: BankForm, refusal: Refused, about, found: QuestionBank | None = None
) -> HttpResponse:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    return _form(request, form, found, refused(request, refusal, about))
