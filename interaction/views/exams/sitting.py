"""答题: the paper on the page, each answer saved as it is given, the whole page by its button, handed in.

The page's own script asks for JSON; without it the same addresses take the whole form and lead back to the page.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from interaction.enums.activities import ActivityKind
from interaction.models import Activity, Attempt, AttemptItem
from interaction.operations import attempts as operations
from interaction.operations.attempts import Saved, Sheet, Typed, in_milliseconds
from interaction.queries import attempts as queries
from interaction.rules import papers as paper_rules
from interaction.views.activities.public import page_of
from portal import clock
from portal.posting import stays_open
from portal.refusals import refused
from portal.workflow import NotAllowed, Refused, TooLate

NUMBER, MOMENT, SEEN = re.compile(r"[0-9]{1,4}"), re.compile(r"[0-9]{1,15}"), re.compile(r"seen-([0-9]{1,3})")
SIGNED_OUT = "登录已经失效：请在新窗口重新登录，再回到这里接着答，已保存的答案都在"


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
@page_of(ActivityKind.EXAM)
def sit(request: HttpRequest, activity: Activity) -> HttpResponse:
    """POST: 开始答题. GET: the paper that is being sat, as it was left."""
    if request.method == "POST":
        return _start(request, activity)
    attempt = queries.running(request.user, activity)
    if attempt is None:
        return redirect(activity)
    if clock.now() >= attempt.ends_at:
        return redirect(_beneath(activity, "result/"))
    return _page(request, attempt)


@stays_open
@require_POST
@never_cache
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """保存: one answer for the script, a whole page for its button."""
    if not request.user.is_authenticated:
        return _signed_out(request, pk)
    if "sequence" in request.POST or "look" in request.POST:
        return _save_one(request, pk)
    number = _number(request, "attempt", NUMBER)
    try:
        sheet = operations.save_all(pk, number, _typed(request), by=request.user)
    except Attempt.DoesNotExist as error:
        raise Http404 from error
    except TooLate as late:
        messages.warning(request, f"{late.message}。")
        return redirect("exam_result", pk)
    if sheet.refused:
        return _page(request, sheet.attempt, sheet)
    _tell(request, sheet)
    return redirect(_beneath(sheet.attempt.activity, "sit/"))


@stays_open
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """交卷: what the page holds is saved first, where there is still time. Twice leads to the same result."""
    if not request.user.is_authenticated:
        return _signed_out(request, pk)
    if request.method != "POST":
        return redirect("exam", pk)
    number = _number(request, "attempt", NUMBER)
    try:
        sheet = operations.save_all(pk, number, _typed(request), by=request.user)
        if sheet.refused:
            return _page(request, sheet.attempt, sheet)
    except Attempt.DoesNotExist as error:
        raise Http404 from error
    except TooLate:
        pass  # handed in already, or too late to save: what was saved in time counts
    rows = Attempt.objects.select_related("activity__site")
    attempt = rows.get(activity=pk, person=request.user, number=number)
    operations.hand_in(attempt, by=request.user)
    return redirect(f"{_beneath(attempt.activity, 'result/')}?attempt={number}")


def _start(request: HttpRequest, activity: Activity) -> HttpResponse:
    try:
        operations.start(activity, by=request.user)
    except Refused as refusal:
        messages.error(request, f"{refusal.message}。")
        status = refused(request, refusal, activity)
        if isinstance(refusal, NotAllowed):
            return render(request, "errors/403.html", {"reason": f"{refusal.message}。"}, status=status)
        return redirect(activity)
    return redirect(_beneath(activity, "sit/"))


def _beneath(activity: Activity, path: str) -> str:
    """An address beneath the exam's own, on its own site."""
    return activity.get_absolute_url() + path


def _save_one(request: HttpRequest, pk: int) -> JsonResponse:
    number = _number(request, "attempt", NUMBER)
    try:
        if "look" in request.POST:
            return _answer(operations.look(pk, number, by=request.user))
        return _answer(operations.save(
            pk, number, _number(request, "question", NUMBER), request.POST.getlist("answer"),
            _number(request, "sequence", MOMENT), by=request.user,
        ))  # fmt: skip
    except (Attempt.DoesNotExist, AttemptItem.DoesNotExist) as error:
        raise Http404 from error
    except TooLate as late:
        where = reverse("exam_result", args=[pk])
        return JsonResponse({"message": late.message, "where": where}, status=409)
    except Refused as refusal:
        return JsonResponse({"message": refusal.message}, status=422)


def _answer(saved: Saved) -> JsonResponse:
    now = clock.now()
    said: dict[str, Any] = {"now": in_milliseconds(now), "left": _left(saved.attempt, now)}
    if saved.item is not None:
        said |= {"kept": saved.is_kept, "sequence": saved.item.sequence, "answer": saved.item.answer}
    return JsonResponse(said)


def _left(attempt: Attempt, now: datetime) -> int:
    """Milliseconds until its time is over."""
    return max(in_milliseconds(attempt.ends_at) - in_milliseconds(now), 0)


def _typed(request: HttpRequest) -> dict[int, Typed]:
    """The answers of a whole page, by place: every place that the page showed says which moment's answer it showed."""
    found = {}
    for name in request.POST:
        if place := SEEN.fullmatch(name):
            seen = request.POST[name]
            answer = request.POST.getlist(f"q-{place[1]}")
            found[int(place[1])] = Typed(answer, int(seen) if MOMENT.fullmatch(seen) else None)
    return found


def _page(request: HttpRequest, attempt: Attempt, sheet: Sheet | None = None) -> HttpResponse:
    """The paper; after a refusal with the reasons, and with what was typed where it could not be saved."""
    items, now = queries.sheet(attempt), clock.now()
    left = _left(attempt, now)
    wrong = sheet.refused if sheet else {}
    for item in items:
        item.error = wrong.get(item.position, "")
        if item.error:
            item.answer = _as_typed(item, request.POST.getlist(f"q-{item.position}"))
    return render(request, "public/exams/sit.html", {
        "activity": attempt.activity, "attempt": attempt, "sections": paper_rules.sections(items),
        "items": items, "answered": sum(item.is_answered for item in items), "here": "exams",
        "now": in_milliseconds(now), "left": left, "seconds": left // 1000, "wrong": wrong,
    }, status=422 if wrong else 200)  # fmt: skip


def _as_typed(item: AttemptItem, typed: Sequence[str]) -> list:
    """What was refused, to be shown again; a choice that was never offered is not."""
    return [] if item.order else list(typed)


def _number(request: HttpRequest, name: str, form: re.Pattern) -> int:
    """404 for what no page of ours sends."""
    typed = request.POST.get(name, "")
    if not form.fullmatch(typed):
        raise Http404
    return int(typed)


def _tell(request: HttpRequest, sheet: Sheet) -> None:
    if sheet.newer:
        places = "、".join(str(place) for place in sheet.newer)
        messages.warning(request, f"已保存。第 {places} 题在别的窗口有更新的答案，保留了较新的，请看一下。")
    else:
        messages.success(request, "已保存。")


def _signed_out(request: HttpRequest, pk: int) -> HttpResponse:
    if "sequence" in request.POST or "look" in request.POST:
        return JsonResponse({"message": SIGNED_OUT, "where": reverse("login")}, status=401)
    return redirect_to_login(reverse("exam_sit", args=[pk]))
