"""Signing in with the password of the office's directory (LDAP)."""

import logging
from typing import Any

import ldap
from django.conf import settings
from django.http import HttpRequest
from django_auth_ldap.backend import LDAPBackend
from django_auth_ldap.config import LDAPSearch, LDAPSettings

from portal import directory, operations
from portal.models import User
from portal.staff import number_of

log = logging.getLogger(__name__)


class DirectoryBackend(LDAPBackend):
    """The directory says whether the password is right, the register whether the person may sign in.

    Tells the request what a page should say: `is_directory_away`, `is_unregistered`.
    """

    request: HttpRequest | None = None

    @property
    def settings(self) -> LDAPSettings:
        """From LDAP_* alone: nothing is written into the register at sign-in, no group gives anything."""
        config = settings.LDAP
        search = LDAPSearch(config.user_base, ldap.SCOPE_SUBTREE, config.user_filter)
        return LDAPSettings(
            defaults={
                "SERVER_URI": config.url,
                "BIND_DN": config.bind_dn,
                "BIND_PASSWORD": config.bind_password,
                "START_TLS": config.starttls,
                "CONNECTION_OPTIONS": directory.options(),
                "USER_SEARCH": search,
                "ALWAYS_UPDATE_USER": False,
                "NO_NEW_USERS": True,
            }
        )

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        self.request = request
        return super().authenticate(request, username, password, **kwargs)

    def authenticate_ldap_user(self, ldap_user: Any, password: str) -> User | None:
        """Known to the directory by exactly this number? → right password? → in the register, and active?

        A directory takes ZHANG for zhang; the register, and whoever counts failures, do not.
        """
        try:
            typed = ldap_user._username
            if ldap_user.connection and self._number(ldap_user) != typed:
                return None
        except ldap.LDAPError as error:
            log.error("统一目录不可用：%s（%s）", directory.why(error), error)
            self._tell("is_directory_away")
            return None
        person = ldap_user.authenticate(password)
        return person if person is not None and person.is_active else None

    def get_or_build_user(self, username: str, ldap_user: Any) -> tuple[User, bool]:
        """Only asked once the password was right."""
        number = self._number(ldap_user)
        person = User.objects.filter(staff_number=number).first()
        if person is None and settings.LDAP.creates:
            person = operations.admit(directory.line_of(ldap_user.dn, ldap_user.attrs), directory.SOURCE)
        if person is None:
            log.warning("登录失败：统一目录认可 %r，但人员名册中没有", number[:40])
            self._tell("is_unregistered")
            return User(staff_number=number), True
        return person, False

    def get_user(self, user_id: int) -> User | None:
        """A person who was disabled is out with the next click, whoever vouched for them."""
        return User.objects.filter(pk=user_id, is_active=True).first()

    def get_group_permissions(self, user: Any, obj: Any = None) -> set[str]:
        return set()

    def _number(self, ldap_user: Any) -> str:
        if ldap_user.dn is None:
            return ""
        return number_of(directory.line_of(ldap_user.dn, ldap_user.attrs or {}).fields["staff_number"])

    def _tell(self, what: str) -> None:
        if self.request is not None:
            setattr(self.request, what, True)
