"""来信查询: whoever shows query code and password, or wrote while signed in, follows their letter, rates, asks again.

Guessing is hopeless and slow: a wrong code takes as long as a wrong password, and tries are counted by address and by
code.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interaction.forms.letters import RateForm, ReopenForm, TrackForm
from interaction.models import Letter
from interaction.operations import writers
from interaction.queries import letterboxes as queries
from interaction.queries.letters import own_letters
from portal import parameters, rates, receipts
from portal.posting import stays_open
from portal.workflow import Refused

SHOWN = "letters_shown"
MOST_SHOWN, PAGE_SIZE, QUARTER = 5, 20, 15 * 60
WRONG = "查询码或查询密码不对，请对照回执再填一次"
TOO_MANY = "查询次数太多，请过 15 分钟再试"
WITH_ALL = ("site", "letterbox", "matter", "department", "merged_into")


@stays_open
@require_http_methods(["GET", "POST"])
@never_cache
def track(request: HttpRequest) -> HttpResponse:
    form = TrackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        if not _may_try(request, code):
            form.add_error(None, TOO_MANY)
            return _track(request, form, 429)
        letter = Letter.objects.filter(code=code).first()
        if receipts.is_password(letter, code, form.cleaned_data["password"]):
            _remember(request, letter)
            return redirect(letter.site.url(f"mailbox/track/{code}/"))
        form.add_error(None, WRONG)
    return _track(request, form, 422 if request.method == "POST" else 200)


@require_safe
@never_cache
def tracked(request: HttpRequest, code: str) -> HttpResponse:
    return _tracked(request, _own(request, code))


@require_POST
def rate(request: HttpRequest, code: str) -> HttpResponse:
    letter, form = _own(request, code), RateForm(request.POST)
    if not form.is_valid():
        return _tracked(request, letter, rating=form, status=422)
    try:
        writers.rate(
            letter, form.cleaned_data["satisfaction"], note=form.cleaned_data["note"], by=_signed_in(request)
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return _tracked(request, letter, rating=form, status=409)
    messages.success(request, "谢谢您的评价。")
    return redirect(letter.site.url(f"mailbox/track/{code}/"))


@require_POST
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    letter, form = _own(request, code), ReopenForm(request.POST)
    if form.is_valid():
        try:
            writers.reopen(letter, note=form.cleaned_data["note"], by=_signed_in(request))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, "已转承办部门再次办理，时限重新计算。")
            return redirect(letter.site.url(f"mailbox/track/{code}/"))
    return _tracked(request, letter, again=form, status=422)


@require_safe
@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """我的来信: what one wrote while signed in."""
    listing = Paginator(own_letters(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "public/letters/mine.html", {"listing": listing, "here": "letters"})


def _track(request: HttpRequest, form: TrackForm, status: int) -> HttpResponse:
    return render(request, "public/letters/track.html", {"form": form, "here": "track"}, status=status)


def _tracked(
    request: HttpRequest, letter: Letter, *, rating=None, again=None, status: int = 200
) -> HttpResponse:
    answered = letter.merged_into or letter
    return render(request, "public/letters/tracked.html", {
        "letter": letter, "news": letter.news.all(), "limit": queries.clock_of(letter), "here": "track",
        "answers": queries.sent_answers(answered), "rating": rating or RateForm(), "again": again or ReopenForm(),
        "may_rate": letter.answered_at and not letter.rated_at and not letter.is_owed,
        "why_not_reopen": writers.why_not_reopen(letter),
    }, status=status)  # fmt: skip


def _own(request: HttpRequest, code: str) -> Letter:
    """The letter, for whoever has shown its password in this session or wrote it while signed in; 404 for others."""
    letter = get_object_or_404(Letter.objects.select_related(*WITH_ALL), code=code)
    is_writer = request.user.is_authenticated and letter.writer_id == request.user.pk
    if not is_writer and letter.pk not in request.session.get(SHOWN, []):
        raise Http404
    return letter


def _remember(request: HttpRequest, letter: Letter) -> None:
    known = [pk for pk in request.session.get(SHOWN, []) if pk != letter.pk]
    request.session[SHOWN] = [*known, letter.pk][-MOST_SHOWN:]


def _may_try(request: HttpRequest, code: str) -> bool:
    most = parameters.value("track_tries")
    keys = (rates.by_address("track", request), f"track|{code}")
    counted = [most is None or rates.allow(key, most=most, seconds=QUARTER) for key in keys]
    return all(counted)


def _signed_in(request: HttpRequest):
    return request.user if request.user.is_authenticated else None
