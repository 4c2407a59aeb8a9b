"""What people do with their own account: sign in and out, choose a password. Each is audited (办法第十四条)."""

import logging

from django.db import transaction

from portal import audit
from portal.models import User

log = logging.getLogger(__name__)


def record_sign_in(user: User) -> None:
    audit.record("sign_in", "登录", user, actor=user)


def record_sign_out(user: User) -> None:
    audit.record("sign_out", "退出", user, actor=user)


def record_failed_sign_in(staff_number: str) -> None:
    """A known number: an audit entry by 系统 about that person; an unknown one: a line in the log."""
    user = User.objects.filter(staff_number=staff_number).first()
    if user is None:
        log.warning("登录失败：没有工号 %r", staff_number[:40])
        return
    audit.record("sign_in_failed", "登录失败", user, actor=User.objects.system())


@transaction.atomic
def change_password(user: User, password: str) -> User:
    """修改密码: `password` has been validated; from now on it is no longer the initial one."""
    user.set_password(password)
    user.has_initial_password = False
    user.save(update_fields=["password", "has_initial_password"])
    audit.record("change_password", "修改密码", user, actor=user)
    return user
