"""The only writers of failed sign-ins and locks (登录锁定, GB/T 22239-2019 身份鉴别)."""

import logging
from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from portal import audit, clock, locks, notices
from portal.enums import LockKind, Power
from portal.models import SignInFailure, SignInLock, User
from portal.sweeps import sweep
from portal.workflow import Refused, TooLate

CLAUSE = "GB/T 22239-2019 身份鉴别"
WRONG_PASSWORD, WRONG_CODE = ("sign_in_failed", "登录失败"), ("second_factor_failed", "二次验证失败")
log = logging.getLogger(__name__)


def record_failed_sign_in(
    number: str, address: str, what: tuple[str, str] = WRONG_PASSWORD
) -> SignInLock | None:
    """Audit it, count it, and lock what has failed too often; returns the lock that this try brought about.

    A known number: an audit entry by 系统 about that person; an unknown one: a line in the log. The failure is saved
    before it is counted: of two at once, whoever counts last sees both.
    """
    user = User.objects.filter(staff_number=number.replace("\0", "")).first()
    if user is None:
        # A password typed into the wrong field must not come to lie in a log.
        log.warning("登录失败：没有工号 %r（%s 字）", f"{number[:2]}…", len(number))
    else:
        audit.record(*what, user, actor=User.objects.system())
    keys = {LockKind.ACCOUNT: locks.number_key(number), LockKind.ADDRESS: locks.address_key(address)}
    SignInFailure.objects.create(
        number=keys[LockKind.ACCOUNT], address=keys[LockKind.ADDRESS], at=clock.now()
    )
    made = [lock for kind, key in keys.items() if key and (lock := _lock_if_due(kind, key))]
    return max(made, key=lambda lock: lock.until, default=None)


@transaction.atomic
def _lock_if_due(kind: LockKind, key: str) -> SignInLock | None:
    """The next lock in the row of this key; of two made at once there is one, told once."""
    limit = locks.limit(kind)
    last = SignInLock.objects.filter(kind=kind, key=key).first()
    failures = locks.failures_since(kind, key, last)
    if limit is None or failures < limit:
        return None
    now, minutes = clock.now(), locks.minutes(kind, key)
    lock, is_new = SignInLock.objects.get_or_create(
        kind=kind, key=key, previous=last.pk if last else 0,
        defaults={"failures": failures, "at": now, "until": now + timedelta(minutes=minutes)},
    )  # fmt: skip
    if is_new:
        said = f"连续失败 {failures} 次，锁定 {minutes} 分钟，至 {clock.local(lock.until):%m-%d %H:%M}"
        audit.record("lock", "登录锁定", lock, actor=User.objects.system(), note=said, clause=CLAUSE)
        notices.tell(
            notices.holders(Power.SECURITY), f"登录锁定：{lock}", body=f"{said}。如系误锁，可在“登录锁定”中解除。",
            url=reverse("admin:portal_signinlock_changelist"), key=f"sign-in-lock:{lock.pk}",
        )  # fmt: skip
    return lock


@transaction.atomic
def forgive(user: User) -> None:
    """Whoever has signed in starts anew: the failures and locks of their number count no longer."""
    key = locks.number_key(user.staff_number)
    SignInFailure.objects.filter(number=key).delete()
    _forgive(LockKind.ACCOUNT, key)


@transaction.atomic
def lift_lock(lock: SignInLock, *, by: User, reason: str) -> SignInLock:
    """解除锁定, with the reason: the door is open at once, and what comes after counts from the start."""
    if not reason.strip():
        raise Refused("请写明解除的理由", "reason")
    row = SignInLock.objects.select_for_update(no_key=True).get(pk=lock.pk)
    if row.forgiven_at is not None or row.until <= clock.now():
        raise TooLate("这一锁定已经结束，不必再解除")
    row.forgiven_at, row.lifted_by, row.reason = clock.now(), by, reason.strip()
    row.save()
    _forgive(LockKind(row.kind), row.key)
    audit.record("lift_lock", "解除登录锁定", row, actor=by, note=row.reason, clause=CLAUSE)
    return row


def _forgive(kind: LockKind, key: str) -> None:
    SignInLock.objects.filter(kind=kind, key=key, forgiven_at=None).update(forgiven_at=clock.now())


@sweep("forget_sign_ins", every=timedelta(hours=1), label="清理过期的登录失败记录")
def forget_sign_ins() -> int:
    """Delete failures and locks that count for nothing any more; returns how many rows went."""
    return sum(rows.delete()[0] for rows in locks.forgotten())
