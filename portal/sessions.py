"""登录会话: how long a sign-in holds, and which of a person's hold now (GB/T 22239-2019 身份鉴别)."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from portal import clock, parameters
from portal.enums import Ending
from portal.models import AuditEntry, SignedIn, User

SIGN_IN_VERBS = ("sign_in", "sign_in_failed", "second_factor_failed")


def ending_due(row: SignedIn, now: datetime) -> Ending | None:
    """Which limit an open session has passed, the one reached first where both are; None while it holds."""
    limits = [
        (since + span, ending)
        for since, span, ending in (
            (row.seen_at, idle_limit(), Ending.IDLE),
            (row.started_at, whole_limit(), Ending.FULL),
        )
        if span is not None
    ]
    passed = [limit for limit in limits if limit[0] <= now]
    return min(passed)[1] if passed else None


def idle_limit() -> timedelta | None:
    minutes = parameters.value("session_idle_minutes")
    return timedelta(minutes=minutes) if minutes else None


def whole_limit() -> timedelta | None:
    hours = parameters.value("session_hours")
    return timedelta(hours=hours) if hours else None


def overdue(now: datetime) -> QuerySet[SignedIn]:
    """Open sessions past a limit that nobody has come back to."""
    passed = Q(pk__in=[])
    if span := idle_limit():
        passed |= Q(seen_at__lte=now - span)
    if span := whole_limit():
        passed |= Q(started_at__lte=now - span)
    return SignedIn.objects.filter(passed, ended_at=None)


def live_of(user: User) -> QuerySet[SignedIn]:
    """The person's sessions that hold now, last seen first."""
    now = clock.now()
    return SignedIn.objects.filter(user=user, ended_at=None).exclude(pk__in=overdue(now).filter(user=user))


def recent_sign_ins(user: User) -> QuerySet[AuditEntry]:
    """Sign-ins and failed attempts on the person's account, newest first."""
    about = AuditEntry.objects.filter(object_type=User._meta.label_lower, object_id=str(user.pk))
    return about.filter(verb__in=SIGN_IN_VERBS)


def why_out(row: SignedIn) -> str:
    """What the person reads who finds their sign-in ended; empty where they ended it here themselves."""
    sentences = {
        Ending.IDLE: f"您已 {parameters.value('session_idle_minutes')} 分钟没有操作，请重新登录。",
        Ending.FULL: f"本次登录已满 {parameters.value('session_hours')} 小时，请重新登录。",
        Ending.BY_OWNER: "这里的登录已由本人在“我的账号”中结束。如果不是您本人所为，请立即挂失。",
        Ending.PASSWORD: "密码已更改，请用新密码登录。",
        Ending.LOST: "登录凭证已挂失，全部登录都已结束。请联系网管重设密码。",
        Ending.BY_ADMINISTRATOR: "管理员结束了这里的登录，请重新登录。",
    }
    return sentences.get(Ending(row.ending), "") if row.ending else ""
