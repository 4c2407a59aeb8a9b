"""登录锁定 (GB/T 22239-2019 身份鉴别): what counts, what is locked and for how long. Writes nothing.

Five wrong tries with a number, or twenty from an address, lock it. A lock ends by itself; tries during a lock are
refused unread and neither count nor lengthen it, so that nobody can keep the honest owner out for ever. Each further
lock within `lock_count_hours` lasts twice as long as the one before, up to `lock_minutes_most`.
Signing in forgives a number its failures and locks, and its address the failures with that number; other failures
at the address stay, so that somebody who guesses passwords gains nothing by signing in with their own in between.
"""

import unicodedata
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db.models import Q, QuerySet

from portal import clock, parameters
from portal.enums import LockKind
from portal.models import SignInFailure, SignInLock

LIMITS = {LockKind.ACCOUNT: "lock_after_account", LockKind.ADDRESS: "lock_after_address"}
FIELDS = {LockKind.ACCOUNT: "number", LockKind.ADDRESS: "address"}
LONGEST = 40  # of a 工号
MOST_DOUBLINGS = 20
LOCKED = {LockKind.ACCOUNT: "这个工号", LockKind.ADDRESS: "您所在的网络地址"}


def number_key(number: str | None) -> str:
    """The number as it is counted: width and case of letters make no other number (a directory may ignore both)."""
    said = (number or "").replace("\0", "")[:LONGEST]
    return unicodedata.normalize("NFKC", said).strip().casefold()[:LONGEST]


def address_key(address: str | None) -> str:
    """The address as it is counted: of IPv6 the network of 64 bits, which one machine has to itself."""
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return ""
    if parsed.version == 6 and parsed.ipv4_mapped is None:
        return str(ip_network((int(parsed), 64), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def present() -> QuerySet[SignInLock]:
    """The locks that hold now."""
    return SignInLock.objects.filter(forgiven_at=None, until__gt=clock.now())


def in_force(number: str | None, address: str | None) -> SignInLock | None:
    """The lock that keeps this try out, the last to end if there are two; None where the door is open."""
    mine = Q(kind=LockKind.ACCOUNT, key=number_key(number)) | Q(
        kind=LockKind.ADDRESS, key=address_key(address)
    )
    return present().filter(mine).order_by("-until").first()


def failures_since(kind: LockKind, key: str, last: SignInLock | None) -> int:
    """How many tries have failed since the last lock, and not longer ago than failures count."""
    failures = SignInFailure.objects.filter(**{FIELDS[kind]: key})
    if since := _counting_since():
        failures = failures.filter(at__gt=since)
    return failures.filter(at__gt=last.at).count() if last else failures.count()


def minutes(kind: LockKind, key: str) -> int:
    """How long the next lock lasts: the first time, doubled for each lock that has not been forgiven or forgotten."""
    earlier = SignInLock.objects.filter(kind=kind, key=key, forgiven_at=None)
    if since := _counting_since():
        earlier = earlier.filter(until__gt=since)
    asked = parameters.value("lock_minutes") * 2 ** min(earlier.count(), MOST_DOUBLINGS)
    return min(asked, parameters.value("lock_minutes_most") or asked)


def limit(kind: LockKind) -> int | None:
    """After how many failures; None where no rule asks for a lock."""
    return (parameters.value("lock_minutes") and parameters.value(LIMITS[kind])) or None


def forgotten() -> tuple[QuerySet[SignInFailure], QuerySet[SignInLock]]:
    """Failures and locks that count for nothing any more; the audit trail keeps what it was told of them."""
    since = _counting_since() or datetime.min.replace(tzinfo=clock.now().tzinfo)
    return SignInFailure.objects.filter(at__lte=since), SignInLock.objects.filter(until__lte=since)


def words(lock: SignInLock) -> str:
    """What is locked, until when (in whole minutes, never too early), and what to do."""
    end = clock.local(lock.until + timedelta(seconds=59))
    when = f"{end:%H:%M}" if end.date() == clock.today() else f"{end.month}月{end.day}日 {end:%H:%M}"
    return (
        f"{LOCKED[LockKind(lock.kind)]}登录失败次数过多，已暂停登录，{when} 自动解除。"
        "请到时再试；急需登录，请联系安全管理员解除。"
    )


def _counting_since() -> datetime | None:
    hours = parameters.value("lock_count_hours")
    return clock.now() - timedelta(hours=hours) if hours else None
