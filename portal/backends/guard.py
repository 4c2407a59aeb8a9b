"""What stands before the backends that know passwords, whichever they are: the lock, and the door for superusers."""

from typing import Any

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from portal import break_glass, locks, operations
from portal.models import User


class SignInGuard(AbstractAxesHandler, AxesBaseHandler):
    """django-axes' handler with our own book: two limits, growing locks, parameters read when they are needed.

    Axes calls it before every backend (`is_locked`) and on Django's own signals, so a directory or single sign-on
    is guarded as well. `request.sign_in_lock` tells the form what keeps the person out.
    """

    def is_locked(self, request: HttpRequest, credentials: dict | None = None) -> bool:
        request.sign_in_lock = locks.in_force(typed_number(request, credentials), request.axes_ip_address)
        return request.sign_in_lock is not None

    def user_login_failed(self, sender: Any, credentials: dict, request: HttpRequest | None = None, **more):
        """A try during a lock was not looked at and does not count."""
        if request is None or getattr(request, "sign_in_lock", None):
            return
        number = typed_number(request, credentials)
        request.sign_in_lock = operations.record_failed_sign_in(number, request.axes_ip_address)

    def user_logged_in(self, sender: Any, request: HttpRequest, user: User, **more) -> None:
        operations.forgive(user)

    def user_logged_out(self, sender: Any, request: HttpRequest, user: User | None, **more) -> None:
        """Nothing is counted."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """What axes' own commands may ask: the present lock's failures."""
        return request.sign_in_lock.failures if self.is_locked(request, credentials) else 0


def typed_number(request: HttpRequest, credentials: dict | None) -> str:
    """The 工号 of a try, under either of the names that callers of `authenticate` use."""
    said = credentials or {}
    return said.get("username") or said.get(User.USERNAME_FIELD) or ""


class SuperuserDoor:
    """No superuser comes in by a password but the sealed account; every refusal is audited."""

    def authenticate(self, request: HttpRequest, username: str | None = None, **credentials: Any) -> None:
        number = username or credentials.get(User.USERNAME_FIELD) or ""
        user = User.objects.filter(staff_number=number.replace("\0", ""), is_superuser=True).first()
        if user and not break_glass.is_sealed(user):
            make_password(credentials.get("password"))  # takes as long as looking at the password would
            operations.refuse_superuser(user)
            raise PermissionDenied
