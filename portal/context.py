"""What the frame of every page shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal import addresses, clock
from portal.kept import kept
from portal.models import User


def page_frame(request: HttpRequest) -> dict[str, Any]:
    """The site, its neighbours, today, whether sample passwords are in use, whether 管理后台 is open here."""
    return {
        "site": getattr(request, "site", None),
        "sites": getattr(request, "sites", []),
        "today": clock.today(),
        "admin_start": f"/{settings.ADMIN_PATH}/",
        "opens_admin": lambda: addresses.opens_admin(request),
        "sign_on_name": settings.OIDC.name if settings.OIDC else "",
        "has_sample_passwords": has_sample_passwords(),
    }


def has_sample_passwords() -> bool:
    """Whether a sample person still has the published password."""
    return kept("sample-passwords", _is_some_sample_password_left)


def _is_some_sample_password_left() -> bool:
    return User.objects.filter(is_sample=True, has_initial_password=True, is_active=True).exists()
