"""预审查询: whoever shows number and password follows their pre-review, corrects what was returned, withdraws it.

Guessing is hopeless and slow: a wrong number takes as long as a wrong password, tries are counted by address and number.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disclosure.enums.prereviews import PreReviewState
from disclosure.forms.prereviews import CorrectForm, TrackForm
from disclosure.models import PreReview
from disclosure.operations import applying
from disclosure.queries import prereviews as queries
from disclosure.rules import prereviews as rules
from disclosure.views.prereviews.public import signed_in
from portal import addresses, parameters, rates, receipts
from portal.posting import stays_open
from portal.uploads import UploadRefused
from portal.workflow import Refused, TooLate

SHOWN = "pre_reviews_shown"
MOST_SHOWN, QUARTER = 5, 15 * 60
WRONG = "预审编号或查询密码不对，请对照回执再填一次"
TOO_MANY = "查询次数太多，请过 15 分钟再试"


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
        found = PreReview.objects.select_related("site").filter(code=code).first()
        if receipts.is_password(found, code, form.cleaned_data["password"]):
            _remember(request, found)
            return redirect(_address(found))
        form.add_error(None, WRONG)
    return _track(request, form, 422 if request.method == "POST" else 200)


@require_safe
@never_cache
def tracked(request: HttpRequest, code: str) -> HttpResponse:
    return _tracked(request, _own(request, code))


@require_POST
@never_cache
def correct(request: HttpRequest, code: str) -> HttpResponse:
    """Files for what was returned; nothing else can be sent."""
    found = _own(request, code)
    form = _correct_form(found, request.POST, request.FILES)
    if form is None:
        messages.error(request, f"这次预审现在是“{found.get_state_display()}”，不能提交补正。")
        return _tracked(request, found, status=409)
    if form.is_valid() and (why_not := addresses.why_not_upload(request)):
        form.add_error(None, why_not)
    if not form.is_valid():
        return _tracked(request, found, form=form, status=422)
    try:
        applying.correct(found, form.sent, words=form.cleaned_data["words"], by=signed_in(request))
    except (Refused, UploadRefused) as refusal:
        field = getattr(refusal, "field", None)
        form.add_error(field if field in form.fields else None, refusal.message)
        return _tracked(request, found, form=form, status=409 if isinstance(refusal, TooLate) else 422)
    messages.success(request, "补正的材料已提交，请等待预审。")
    return redirect(_address(found))


@stays_open
@require_POST
@never_cache
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    found = _own(request, code)
    try:
        applying.withdraw(found, by=signed_in(request))
    except TooLate as refusal:
        messages.error(request, refusal.message)
        return _tracked(request, _own(request, code), status=409)
    messages.success(request, "已撤回。")
    return redirect(_address(found))


def _track(request: HttpRequest, form: TrackForm, status: int) -> HttpResponse:
    return render(request, "public/services/track.html", {"form": form, "here": "track"}, status=status)


def _tracked(
    request: HttpRequest, found: PreReview, *, form: CorrectForm | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "public/services/tracked.html", {
        "found": found, "news": found.news.all(), "limit": queries.clock_of(found), "here": "track",
        "materials": queries.materials(found), "form": form or _correct_form(found),
        "address": _address(found), "may_withdraw": found.state in (PreReviewState.SUBMITTED, PreReviewState.RETURNED),
    }, status=status)  # fmt: skip


def _correct_form(found: PreReview, *sent) -> CorrectForm | None:
    """None where nothing is to be corrected now."""
    if found.state != PreReviewState.RETURNED:
        return None
    faulty = [one.material for one in queries.materials(found) if rules.may_be_sent(one)]
    return CorrectForm(*sent, materials=faulty)


def _own(request: HttpRequest, code: str) -> PreReview:
    """The pre-review, for whoever has shown its password in this session; 404 for others."""
    rows = PreReview.objects.select_related("site", "item__site", "guide", "department")
    found = get_object_or_404(rows, code=code)
    if found.pk not in request.session.get(SHOWN, []):
        raise Http404
    return found


def _address(found: PreReview) -> str:
    return found.site.url(f"services/track/{found.code}/")


def _remember(request: HttpRequest, found: PreReview) -> None:
    known = [pk for pk in request.session.get(SHOWN, []) if pk != found.pk]
    request.session[SHOWN] = [*known, found.pk][-MOST_SHOWN:]


def _may_try(request: HttpRequest, code: str) -> bool:
    most = parameters.value("track_tries")
    keys = (rates.by_address("track_pre_review", request), f"track_pre_review|{code}")
    counted = [most is None or rates.allow(key, most=most, seconds=QUARTER) for key in keys]
    return all(counted)
