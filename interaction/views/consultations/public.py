"""民意征集 as people read it: a draft clause by clause, a form to each, what was made of what they said."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from interaction.enums.activities import ActivityKind
from interaction.forms.opinions import OpinionForm
from interaction.models import Activity, ConsultationClause
from interaction.operations import opinions as operations
from interaction.operations.replays import AnotherThing
from interaction.queries import opinions as queries
from interaction.rules import activities as activity_rules
from interaction.rules import opinions as rules
from interaction.views.activities.public import listed, page_of
from portal import parameters, rates
from portal.workflow import Refused, TooLate

KIND = ActivityKind.CONSULTATION
HERE, PAGE_SIZE, DECIDED_SIZE, HOUR = "consultations", 10, 20, 60 * 60
TOO_MANY = "这个地址一小时内提的意见太多，请稍后再提交；内容都还在，不要关闭本页"
LEAD = "与公众利益密切相关的文件在定稿以前公开征求意见。意见逐条研究，采纳情况在征集结束后反馈。"


@dataclass(frozen=True)
class Section:
    """One clause (None: the whole) with its form; `form` None where nothing is asked."""

    clause: ConsultationClause | None
    form: OpinionForm | None = None


@require_safe
@never_cache
def consultations(request: HttpRequest) -> HttpResponse:
    return listed(request, (KIND,), here=HERE, title="民意征集", lead=LEAD)


@require_safe
@never_cache
@page_of(KIND, reads="consultation")
def consultation(request: HttpRequest, activity: Activity) -> HttpResponse:
    return _page(request, activity)


@require_http_methods(["GET", "POST"])
@never_cache
@page_of(KIND, reads="consultation")
def opinion(request: HttpRequest, activity: Activity) -> HttpResponse:
    """提意见. The receipt is the answer to the form itself: its code stands in no address and in no session."""
    if request.method == "GET":
        return redirect(activity.get_absolute_url())
    form = _form(request, activity, request.POST)
    if not form.is_valid():
        return _page(request, activity, form, 422)
    if not _may_send(request):
        form.add_error(None, TOO_MANY)
        return _page(request, activity, form, 429)
    try:
        receipt = operations.send(activity, form.draft, nonce=form.nonce, by=_signed_in(request))
    except Refused as refusal:
        if isinstance(refusal, AnotherThing):
            form.hand_out_anew()
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, activity, form, 409 if isinstance(refusal, TooLate) else 422)
    if not receipt.code:
        messages.success(request, f"您的意见已收到，编号 {receipt.opinion.number}。处理结果在本页查看。")
        return redirect(f"{activity.get_absolute_url()}#mine")
    return render(request, "public/consultations/receipt.html", {
        "activity": activity, "receipt": receipt, "clause": form.draft.clause, "here": HERE,
    })  # fmt: skip


@require_safe
@never_cache
@page_of(KIND, reads="consultation")
def feedback(request: HttpRequest, activity: Activity) -> HttpResponse:
    """征集情况反馈, once published; before that for those who prepare it."""
    is_published = bool(activity.results_published_at)
    if not activity_rules.may_see_results(request.user, activity):
        raise Http404
    if not is_published and not rules.may_read(request.user, activity):
        raise Http404
    return render(request, "public/consultations/feedback.html", {
        **feedback_of(activity, request.GET.get("page")), "activity": activity, "here": HERE,
        "is_published": is_published,
    })  # fmt: skip


def feedback_of(activity: Activity, page: Any) -> dict[str, Any]:
    """Figures by clause and what was decided, for readers and for those who prepare it."""
    counts = queries.counts(activity.consultation)
    names = ("total", "adopted", "partly", "declined", "undecided")
    return {
        "consultation": activity.consultation,
        "counts": [one for one in counts if one.total],
        "silent": sum(not one.total for one in counts if one.clause),
        "sums": {name: sum(getattr(one, name) for one in counts) for name in names},
        "most": max((one.total for one in counts), default=0),
        "listing": Paginator(queries.decided(activity.consultation), DECIDED_SIZE).get_page(page),
    }


def _page(
    request: HttpRequest, activity: Activity, typed: OpinionForm | None = None, status: int = 200
) -> HttpResponse:
    """`typed` is the form that was refused: it stands at its clause, with what was typed."""
    why_not = activity_rules.why_not_take_part(request.user, activity)
    clauses = list(activity.consultation.clauses.all())
    listing = Paginator(queries.shown(activity.consultation), PAGE_SIZE).get_page(request.GET.get("page"))
    forms = _forms(request, activity, clauses, typed) if not why_not else {}
    return render(request, "public/consultations/one.html", {
        "activity": activity, "consultation": activity.consultation, "here": HERE, "why_not": why_not,
        "sections": [Section(one, forms.get(one.pk)) for one in clauses], "whole": forms.get(None),
        "typed": typed, "files": activity.files.select_related("file"), "listing": listing,
        "mine": queries.sent_by(request.user, activity)[:PAGE_SIZE],
        "may_work": rules.may_read(request.user, activity),
    }, status=status)  # fmt: skip


def _forms(
    request: HttpRequest,
    activity: Activity,
    clauses: list[ConsultationClause],
    typed: OpinionForm | None,
) -> dict[int | None, OpinionForm]:
    """A form to the whole and to every clause, each with its own stamp."""
    asked = [None, *(one for one in clauses if not one.is_chapter)]
    forms = {one.pk if one else None: _form(request, activity, clause=one) for one in asked}
    if typed is not None:
        chosen = typed.cleaned_data.get("clause") if hasattr(typed, "cleaned_data") else None
        forms[chosen.pk if chosen else None] = typed
    return forms


def _form(
    request: HttpRequest, activity: Activity, data: Any = None, clause: ConsultationClause | None = None
) -> OpinionForm:
    return OpinionForm(
        data, consultation=activity.consultation, user=request.user, initial={"clause": clause},
        auto_id=f"c{clause.pk if clause else 0}_%s" if data is None else "typed_%s",
    )  # fmt: skip


def _may_send(request: HttpRequest) -> bool:
    most = parameters.value("opinions_an_hour")
    who = (
        f"opinions|{request.user.pk}"
        if request.user.is_authenticated
        else rates.by_address("opinions", request)
    )
    return most is None or rates.allow(who, most=most, seconds=HOUR)


def _signed_in(request: HttpRequest):
    return request.user if request.user.is_authenticated else None
