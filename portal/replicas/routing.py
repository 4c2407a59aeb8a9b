"""Which connection a query takes."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connections, models

PRIMARY = "default"
SIGN_IN = {"sessions", "axes", "guardian", "otp_totp", "otp_static", "admin", "auth"}
"""Who is signed in, who is locked out: never a second late."""
SIGN_IN_MODELS = {
    "portal.user",
    "portal.signedin",
    "portal.signinlock",
    "portal.registerednetwork",
    "portal.tally",
}


@dataclass
class Reading:
    """What one request reads from, and whether it has written."""

    alias: str
    has_written: bool = False


reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


class Router:
    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        now = reading.get()
        if now is None or now.has_written or _is_of_sign_in(model):
            return PRIMARY
        return PRIMARY if connections[PRIMARY].in_atomic_block else now.alias

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        if (now := reading.get()) is not None:
            now.has_written = True
        return PRIMARY

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


def _is_of_sign_in(model: type[models.Model]) -> bool:
    return model._meta.app_label in SIGN_IN or model._meta.label_lower in SIGN_IN_MODELS
