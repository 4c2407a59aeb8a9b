"""The only writers of the sealed account (应急账号, GB/T 22239-2019 访问控制): seal, open with an alarm, end."""

import logging
import secrets

from django.db import transaction
from django.urls import reverse

from portal import audit, break_glass, clock, notices
from portal.enums import Ending
from portal.models import User
from portal.operations import sessions, sign_in
from portal.workflow import Refused

CLAUSE = "GB/T 22239-2019 访问控制"
LETTERS = (
    "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789"  # none that a reader mistakes for another
)
GROUPS, LETTERS_IN_GROUP = 6, 4
log = logging.getLogger(__name__)


@transaction.atomic
def seal() -> str:
    """Make the account or seal it anew; returns its new password, which nobody can read again.

    Whatever session it had ends: the old password is gone. So does a lock that somebody provoked.
    """
    user, is_new = User.objects.select_for_update(no_key=True).get_or_create(
        staff_number=break_glass.NUMBER, defaults={"name": "应急账号", "is_superuser": True}
    )
    if not user.is_superuser:
        raise Refused(f"工号 {break_glass.NUMBER} 已由{user.name}使用，不能作为应急账号")
    password = "-".join(
        "".join(secrets.choice(LETTERS) for _ in range(LETTERS_IN_GROUP)) for _ in range(GROUPS)
    )
    user.set_password(password)
    user.is_staff = user.is_active = True
    user.password_set_at = user.sealed_at = clock.now()
    user.unsealed_at, user.has_initial_password = None, False
    user.save()
    sign_in.forgive(user)
    sessions.end_all_of(user, Ending.PASSWORD, by=User.objects.system())
    label = "建立并封存应急账号" if is_new else "重新封存应急账号"
    audit.record("seal", label, user, actor=User.objects.system(), clause=CLAUSE)
    return password


@transaction.atomic
def open_seal(user: User) -> bool:
    """启用: use the password up and raise the alarm. False when somebody else has opened it meanwhile."""
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not break_glass.is_sealed(row) or row.password != user.password:
        return False
    user.set_unusable_password()
    user.unsealed_at = clock.now()
    user.save(update_fields=["password", "unsealed_at"])
    audit.record("unseal", "启用应急账号", user, actor=user, clause=CLAUSE)
    _alarm(user)
    return True


def _alarm(user: User) -> None:
    end = break_glass.ends_at(user)
    until = f"，最迟 {clock.local(end):%m-%d %H:%M} 自动退出" if end else ""
    address = audit.request_address.get()
    from_where = f"，来自 {address}" if address else ""
    said = f"{clock.local(user.unsealed_at):%Y-%m-%d %H:%M}{from_where}{until}"
    log.critical("应急账号已启用：%s", said)
    notices.tell(
        notices.holders(*break_glass.ALARMED), "报警：应急账号已启用", url=reverse("admin:portal_auditentry_changelist"),
        body=f"应急账号于 {said}。如不知情，请立即查看审计记录，并请运维人员重新封存。",
    )  # fmt: skip


def refuse_superuser(user: User) -> None:
    """A superuser who is not the sealed account tries to come in, or has a session: neither is allowed."""
    log.warning("拒绝超级用户登录：%s", user.staff_number)
    audit.record(
        "superuser_refused", "拒绝超级用户登录", user, actor=User.objects.system(), clause=CLAUSE,
        note="应急账号尚未封存或密码已用过" if break_glass.is_break_glass(user) else "超级用户只许用封存的应急账号",
    )  # fmt: skip


def end_session(user: User) -> None:
    """The opened account's time is up."""
    audit.record("session_ended", "应急账号到时退出", user, actor=User.objects.system(), clause=CLAUSE)
