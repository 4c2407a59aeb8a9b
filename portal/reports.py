"""What a report of an error may say: where it happened and what it was called, never what people typed or keys."""

import re
from smtplib import SMTPException
from types import FrameType, TracebackType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class SilentAboutSecrets(SafeExceptionReporterFilter):
    """Outside `make dev` no value that was sent, no variable of a frame, no setting with an address that has a password.

    个人信息保护法第五十一条: a report goes where the log goes, which is not where personal data is kept.
    """

    hidden_settings = re.compile(
        "API|AUTH|TOKEN|KEY|SECRET|PASS|SIGNATURE|COOKIE|DATABASES|CACHES|BROKER|REDIS|EMAIL|LDAP|OIDC|WEBHOOK|URL|ENV",
        flags=re.IGNORECASE,
    )

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        if request is None or not self.is_active(request):
            return super().get_post_parameters(request)
        return dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return dict.fromkeys(request.COOKIES, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType | TracebackType
    ) -> Any:
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]


def called(error: BaseException) -> str:
    """An error by its name; of a mail server's also its number, for its words repeat addresses of people."""
    code = getattr(error, "smtp_code", "") if isinstance(error, SMTPException) else ""
    return f"{type(error).__name__} {code}".strip()
