"""我的账号: who I am, where I am signed in, and the buttons that end it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal import operations, parameters, second_factor, sessions
from portal.enums import Ending
from portal.models import SignedIn, User

SHOWN_SESSIONS, SHOWN_SIGN_INS = 30, 8


def enter(request: HttpRequest, note: str = "") -> None:
    """Right after Django's own `login`: the session gets its row and the trail its entry."""
    if span := sessions.whole_limit():
        request.session.set_expiry(int(span.total_seconds()))
    agent = request.headers.get("User-Agent", "")
    operations.sessions.begin(request.user, request.session.session_key, agent=agent)
    operations.record_sign_in(request.user, note)


@require_safe
@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """One screen about oneself; everybody sees their own and nobody else's."""
    user = request.user
    live = list(sessions.live_of(user)[: SHOWN_SESSIONS + 1])
    is_on = second_factor.is_on(user)
    return render(request, "desk/account.html", {
        "live": live[:SHOWN_SESSIONS], "has_more": len(live) > SHOWN_SESSIONS, "has_others": len(live) > 1,
        "here": request.session.session_key,
        "sign_ins": sessions.recent_sign_ins(user)[:SHOWN_SIGN_INS],
        "has_second_factor": is_on,
        "codes_left": second_factor.codes_left(user) if is_on else 0,
        "must_have_second_factor": not is_on and second_factor.is_required_of(user),
        "idle_minutes": parameters.value("session_idle_minutes"),
        "whole_hours": parameters.value("session_hours"),
    })  # fmt: skip


@require_POST
@login_required
def end(request: HttpRequest, row: int) -> HttpResponse:
    """End one of one's own sessions, as often as asked; for the one here there is 退出."""
    found = get_object_or_404(SignedIn, pk=row, user=request.user)
    if found.session_key != request.session.session_key:
        operations.sessions.end(found, Ending.BY_OWNER, by=request.user)
        messages.success(request, f"已退出“{found.device}”上的登录。")
    return redirect("account")


@require_POST
@login_required
def end_others(request: HttpRequest) -> HttpResponse:
    count = end_all_but_here(request, request.user)
    messages.success(request, f"已退出其他 {count} 处登录。" if count else "没有其他登录。")
    return redirect("account")


def end_all_but_here(request: HttpRequest, user: User) -> int:
    here = request.session.session_key
    return operations.sessions.end_all_of(user, Ending.BY_OWNER, by=user, besides=here)
