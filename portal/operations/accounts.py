"""What people do with their own account: sign in and out, choose a password. Each is audited (办法第十四条)."""

from django.db import transaction

from portal import audit, clock, parameters
from portal.models import PasswordRecord, User
from portal.workflow import NotAllowed


def record_sign_in(user: User) -> None:
    audit.record("sign_in", "登录", user, actor=user)


def record_sign_out(user: User) -> None:
    audit.record("sign_out", "退出", user, actor=user)


@transaction.atomic
def change_password(user: User, password: str) -> User:
    """修改密码: `password` has been validated; from now on it is no longer the initial one."""
    if user.is_superuser:
        raise NotAllowed("应急账号的密码只能在服务器上重新封存")
    give_password(user, password, initial=False)
    user.save(update_fields=["password", "password_set_at", "has_initial_password"])
    audit.record("change_password", "修改密码", user, actor=user)
    return user


def give_password(user: User, password: str, *, initial: bool) -> None:
    """Set it on the person, who is still to be saved, and keep the hash it replaces (the last few of them)."""
    before, user.has_initial_password = user.password, initial
    was_usable = user.pk is not None and user.has_usable_password()
    user.set_password(password)
    user.password_set_at = clock.now()
    if was_usable:
        PasswordRecord.objects.create(user=user, password=before, replaced_at=clock.now())
        kept = user.past_passwords.values_list("pk", flat=True)[: parameters.value("password_history") or 0]
        user.past_passwords.exclude(pk__in=list(kept)).delete()
