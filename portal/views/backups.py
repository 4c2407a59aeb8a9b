"""备份与演练 on the desk: how the house stands, what runs now, every backup and every drill."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.backups import queries, rules, running, stores, timetable
from portal.enums import WHOLE_BACKUPS, BackupKind
from portal.refusals import refused
from portal.workflow import NotAllowed, Refused

NEWEST_DRILLS = 5
KEEPERS_ONLY = "备份由系统管理员办理"
OFFERED = (*WHOLE_BACKUPS, BackupKind.SYSTEM)


@require_safe
@login_required
@never_cache
def backups(request: HttpRequest) -> HttpResponse:
    if not rules.sees(request.user):
        raise PermissionDenied("备份情况由系统管理员、审计和检查人员查看。")
    return _page(request)


@require_POST
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """A backup at once, beside those of the timetable; the worker makes it."""
    if not rules.keeps(request.user):
        refused(request, NotAllowed(KEEPERS_ONLY), request.user)
        raise PermissionDenied(KEEPERS_ONLY)
    kind = request.POST.get("kind", "")
    if kind not in OFFERED:
        messages.error(request, "请选择备份的种类：全面、增量或系统备份。")
        return _page(request, 422)
    try:
        running.ask(BackupKind(kind), by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return _page(request, refused(request, refusal, request.user))
    transaction.on_commit(timetable.nudge)
    messages.success(request, f"{BackupKind(kind).label}已安排，后台马上开始；完成并核对后列在下面。")
    return redirect("desk:backups")


def _page(request: HttpRequest, status: int = 200) -> HttpResponse:
    return render(request, "desk/backups/board.html", {
        "here": "backups", "standing": queries.standing(), "current": queries.current(),
        "listing": queries.runs_page(request.GET.get("page")), "drills": queries.drills()[:NEWEST_DRILLS],
        "keeps": rules.keeps(request.user), "offered": OFFERED,
        "is_encrypted": stores.is_encrypted(), "has_offsite": bool(settings.BACKUP_OFFSITE),
    }, status=status)  # fmt: skip
