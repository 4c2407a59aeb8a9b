"""登录会话 begin, are seen, and end (GB/T 22239-2019 身份鉴别). An ended row is out at once, in every process."""

from collections.abc import Iterable
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction

from portal import audit, clock, devices, sessions
from portal.enums import Ending
from portal.models import SignedIn, User
from portal.sweeps import sweep

SEEN_EVERY = timedelta(minutes=1)
ACTS = {
    Ending.SIGNED_OUT: ("sign_out", "退出"),
    Ending.IDLE: ("session_timed_out", "登录超时"),
    Ending.FULL: ("session_timed_out", "登录超时"),
}
ENDED = ("session_ended", "结束登录")


def begin(user: User, key: str, *, agent: str) -> SignedIn:
    """Enter a session that has just been signed in; entering it twice changes nothing."""
    now = clock.now()
    row, _ = SignedIn.objects.get_or_create(
        session_key=key,
        defaults={
            "user": user,
            "address": audit.request_address.get(),
            "device": devices.words(agent),
            "started_at": now,
            "seen_at": now,
        },
    )
    return row


def touch(user: User, key: str, *, agent: str) -> SignedIn:
    """The session's row as it stands now: ended if its limit has passed, otherwise seen (written once a minute).

    A session without a row was signed in before there was a table; it is entered at first sight.
    """
    row = SignedIn.objects.filter(session_key=key).first() or begin(user, key, agent=agent)
    if row.ended_at is not None or _end_if_due(row):
        return row
    now = clock.now()
    if now - row.seen_at >= SEEN_EVERY:
        SignedIn.objects.filter(pk=row.pk, ended_at=None).update(seen_at=now)
    return row


def ended_with(key: str) -> SignedIn | None:
    """The ended row of a cookie that opens nothing any more; None where there was none."""
    row = SignedIn.objects.filter(session_key=key).first()
    if row is not None and row.ended_at is None:
        _end_if_due(row)
    return row if row is not None and row.ended_at is not None else None


def renew_key(old: str, new: str) -> None:
    """The browser's session goes on under another key: Django changes it with the password."""
    SignedIn.objects.filter(session_key=old).update(session_key=new)


def end(row: SignedIn, how: Ending, *, by: User, reason: str = "") -> None:
    """End one session; one that has ended already stays as it was."""
    _end([row.pk], how, by, reason)
    row.refresh_from_db()


def end_key(key: str, how: Ending, *, by: User) -> None:
    """End the session with this key."""
    _end(SignedIn.objects.filter(session_key=key).values_list("pk", flat=True), how, by)


def end_all_of(user: User, how: Ending, *, by: User, besides: str = "") -> int:
    """End every session of a person, but not the one with the key `besides`; returns how many there were."""
    rows = SignedIn.objects.filter(user=user, ended_at=None).exclude(session_key=besides)
    return _end(rows.values_list("pk", flat=True), how, by)


@sweep("close_sessions", every=timedelta(minutes=5), label="结束超时的登录")
def close_sessions() -> int:
    """End what nobody came back to, and clear the data of expired sessions. Returns how many were ended."""
    ended = 0
    for row in sessions.overdue(clock.now()):
        ended += _end_if_due(row)
    _store().clear_expired()
    return ended


def _end_if_due(row: SignedIn) -> bool:
    ending = sessions.ending_due(row, clock.now())
    if ending is None:
        return False
    end(row, ending, by=User.objects.system())
    return True


@transaction.atomic
def _end(pks: Iterable[int], how: Ending, by: User, reason: str = "") -> int:
    """Close the open ones of these rows, record each with its person, and drop their data."""
    rows = SignedIn.objects.select_for_update(of=("self",), no_key=True).select_related("user")
    rows = list(rows.filter(pk__in=list(pks), ended_at=None))
    verb, label = ACTS.get(how, ENDED)
    acts = []
    for row in rows:
        row.ended_at, row.ending = clock.now(), how
        row.save(update_fields=["ended_at", "ending"])
        where = f"{how.label}：{row.device} {row.address or ''}".strip()
        note = f"{where}；{reason}" if reason else where
        acts.append(audit.Act(verb, label, row.user, note, "GB/T 22239-2019 身份鉴别"))
    if acts:
        audit.record_all(acts, actor=by)
    for row in rows:
        _store()(row.session_key).delete()
    return len(rows)


def _store() -> type:
    return import_module(settings.SESSION_ENGINE).SessionStore
