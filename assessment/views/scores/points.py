"""One point: the things behind it, the unit's evidence, an objection against it; and 改判 of one publication."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from assessment.forms.scores import ObjectionForm, OverruleForm
from assessment.models import IndicatorScore, Publication
from assessment.operations import facts, objections, scoring
from assessment.queries import evidence, rounds
from assessment.rules import scores as rules
from assessment.rules.facts import why_not_overrule
from portal.refusals import refused, unseen
from portal.workflow import NotAllowed, Refused
from publishing.views.files import send


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def point(request: HttpRequest, pk: int) -> HttpResponse:
    """The evidence, page by page; POST raises an objection."""
    found = find(request, pk)
    if request.method == "GET":
        return _page(request, found, ObjectionForm())
    form = ObjectionForm(request.POST)
    try:
        objections.raise_(found, request.POST.get("text", "")[:2000].replace("\x00", ""), by=request.user)
    except Refused as refusal:
        form.is_valid()
        if not form.errors:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, found, form, refused(request, refusal, found.unit_score))
    messages.success(request, "异议已提出，答复后会告知您。")
    return redirect(found.unit_score)


@require_safe
@login_required
@never_cache
def file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A piece of the unit's evidence, always saved, never shown in the browser."""
    stored = find(request, pk).files.order_by("pk")[file : file + 1].first() if file < 1000 else None
    if stored is None:
        raise Http404
    return send(
        request, stored.file.name, etag=stored.sha256, content_type=stored.content_type, filename=stored.name,
        as_attachment=True,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def overrule(request: HttpRequest, pk: int) -> HttpResponse:
    """改判: what one publication counts for, after all. Open rounds are computed at once, closed ones stay."""
    found = get_object_or_404(Publication.objects.select_related(*WITH), pk=pk)
    if not rules.may_see_evidence(request.user, found.unit_id):
        raise unseen(request, found.article, "不能查看该单位的发布记录")
    form = OverruleForm(request.POST or None, initial={"verdict": found.verdict})
    if request.method == "GET":
        return _overrule_page(request, found, form)
    if against := why_not_overrule(request.user, found):
        return _overrule_page(
            request, found, OverruleForm(), refused(request, NotAllowed(against), found.article)
        )
    if not form.is_valid():
        return _overrule_page(request, found, form, 422)
    try:
        facts.overrule(found, form.cleaned_data["verdict"], by=request.user, note=form.cleaned_data["note"])
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _overrule_page(request, found, form, refused(request, refusal, found.article))
    scoring.recompute_about(found)
    messages.success(request, "已改判。未公布的考核已重新计分，已公布的不变，列入封存后的变化。")
    return redirect("desk:publication", pk)


WITH = (
    "revision",
    "article__site",
    "unit",
    "column__site",
    "like__revision",
    "like__unit",
    "like__article__site",
    "overruled_by",
)


def find(request: HttpRequest, pk: int) -> IndicatorScore:
    rows = IndicatorScore.objects.select_related("unit_score__round__scheme", "unit_score__unit", "fixed_by")
    found = get_object_or_404(rows, pk=pk)
    if not rules.may_see(request.user, found.unit_score.unit_id):
        raise unseen(request, found.unit_score, "不能查看该单位的得分")
    return found


def _page(
    request: HttpRequest, found: IndicatorScore, form: ObjectionForm, status: int = 200
) -> HttpResponse:
    score = found.unit_score
    side = next((one for one in rounds.sides(score) if one.point.pk == found.pk), None)
    if side is None:
        raise Http404
    sees_all = rules.may_see_evidence(request.user, score.unit_id)
    return render(request, "desk/scores/point.html", {
        "point": side.point, "side": side, "score": score, "round": score.round, "form": form, "here": "scores",
        "listing": evidence.page(found, request.GET.get("page"), public=not sees_all),
        "may_object": score.round.state == "PUBLISHED" and not rules.why_not_object(request.user, score),
        "objections": list(rounds.objections(request.user).filter(point=found)),
        "is_publications": side.has_evidence and evidence.fact_of(side.rules).thing == evidence.PUBLICATION,
        "sees_all": sees_all,
    }, status=status)  # fmt: skip


def _overrule_page(
    request: HttpRequest, found: Publication, form: OverruleForm, status: int = 200
) -> HttpResponse:
    return render(request, "desk/scores/publication.html", {
        "publication": found, "form": form, "why_not": why_not_overrule(request.user, found), "here": "scores",
        "address": reverse("desk:publication", args=[found.pk]),
    }, status=status)  # fmt: skip
