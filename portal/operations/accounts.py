"""What people do with their own account: sign in and out, choose a password. Each is audited (办法第十四条)."""

from django.db import transaction

from portal import audit, clock, parameters
from portal.enums import Ending
from portal.models import PasswordRecord, User
from portal.operations.sessions import end_all_of
from portal.workflow import NotAllowed


def record_sign_in(user: User, note: str = "") -> None:
    audit.record("sign_in", "登录", user, actor=user, note=note)


@transaction.atomic
def change_password(user: User, password: str, *, here: str = "") -> User:
    """修改密码: `password` has been validated; from now on it is no longer the initial one.

    Every session of the person ends, but not the one with the key `here`.
    """
    if user.is_superuser:
        raise NotAllowed("应急账号的密码只能在服务器上重新封存")
    give_password(user, password, initial=False)
    user.save(update_fields=["password", "password_set_at", "has_initial_password"])
    audit.record("change_password", "修改密码", user, actor=user)
    end_all_of(user, Ending.PASSWORD, by=user, besides=here)
    return user


def give_password(user: User, password: str, *, initial: bool) -> None:
    """Set it on the person, who is still to be saved, and keep the hash it replaces (the last few of them)."""
    _keep_hash(user)
    user.has_initial_password = initial
    user.set_password(password)
    user.password_set_at = clock.now()


def take_password(user: User) -> None:
    """No password opens the account, whose person is still to be saved; the one taken away does not come back soon."""
    _keep_hash(user)
    user.set_unusable_password()


def _keep_hash(user: User) -> None:
    if user.pk is None or not user.has_usable_password():
        return
    PasswordRecord.objects.create(user=user, password=user.password, replaced_at=clock.now())
    kept = user.past_passwords.values_list("pk", flat=True)[: parameters.value("password_history") or 0]
    user.past_passwords.exclude(pk__in=list(kept)).delete()
