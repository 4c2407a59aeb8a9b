"""Passwords, codes, keys and what people wrote: in no log, in no report of an error, whatever goes wrong."""

import logging
from smtplib import SMTPRecipientsRefused

import pytest
from django.conf import settings as configured
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client, RequestFactory
from django.views.debug import ExceptionReporter, get_default_exception_reporter_filter

from portal import news, notices, sealing
from portal.models import Notice

PASSWORD, TYPED = "Geheim-9271-zu-lang", "13912345678身份证320102199001011234"
pytestmark = pytest.mark.django_db


@pytest.fixture
def logged(caplog):
    """All that any logger was told, tracebacks included."""
    caplog.set_level(logging.DEBUG)
    formatter = logging.Formatter("%(name)s %(message)s")
    return lambda: "\n".join(formatter.format(record) for record in caplog.records)


def test_signing_in_leaves_no_password_behind(office, logged):
    browser = Client()
    for number in ("collector", "nobody", PASSWORD):  # the last one typed into the wrong field
        browser.post("/login/", {"username": number, "password": PASSWORD})
    assert "登录失败" in logged()
    assert PASSWORD not in logged()


def test_asking_for_a_letter_leaves_neither_number_nor_password_behind(office, logged):
    Client().post("/mailbox/track/", {"code": "XJ20261126001", "password": PASSWORD})
    assert PASSWORD not in logged()


def test_a_view_that_breaks_tells_nothing_that_was_typed(office, logged, monkeypatch):
    def broken(*args, **kwargs):
        kept_in_a_frame = TYPED
        raise RuntimeError(f"broken with {len(kept_in_a_frame)} signs")

    monkeypatch.setattr("portal.views.accounts.SignIn.post", broken, raising=False)
    browser = Client(raise_request_exception=False)
    told = browser.post("/login/", {"username": TYPED, "password": PASSWORD})
    assert (told.status_code, "RuntimeError" in logged()) == (500, True)
    for secret in (PASSWORD, TYPED):
        assert secret not in logged() + told.content.decode()


def test_a_report_of_an_error_names_variables_and_fields_without_their_values(settings):
    request = RequestFactory().post(
        "/login/", {"username": "lilan", "reply": TYPED}, headers={"Cookie": f"a={PASSWORD}"}
    )

    def fails(typed: str) -> None:
        raise ValueError("fails")

    try:
        fails(TYPED)
    except ValueError as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
        report = reporter.get_traceback_text() + reporter.get_traceback_html()
    assert "reply" in report
    secrets = (
        TYPED, PASSWORD, configured.SECRET_KEY, *configured.DATA_KEYS,
    )  # fmt: skip
    assert [secret for secret in secrets if secret in report] == []


@pytest.mark.parametrize(
    "name",
    ["SECRET_KEY", "DATA_KEYS", "DATABASES", "CACHES", "CELERY_BROKER_URL", "EMAIL_HOST_PASSWORD", "LDAP", "OIDC",
     "REMINDER_WEBHOOK_URL", "ENV", "SESSION_COOKIE_NAME"],
)  # fmt: skip
def test_settings_that_hold_secrets_are_starred(name):
    shown = get_default_exception_reporter_filter().get_safe_settings()
    assert "*" in str(shown.get(name, "*"))


def test_a_seal_that_does_not_open_says_so_without_key_or_text(settings, logged):
    sealed = sealing.seal(TYPED)
    settings.DATA_KEYS = ("another-key-0123456789-abcdefghijklmnop",)
    with pytest.raises(sealing.SealBroken) as refused:
        sealing.unseal(sealed)
    said = str(refused.value) + repr(refused.value.__cause__)
    assert [one for one in (TYPED, sealed, *settings.DATA_KEYS) if one in said] == []


class Refusing(BaseEmailBackend):
    def send_messages(self, messages):
        raise SMTPRecipientsRefused(dict.fromkeys(messages[0].to, (550, b"no such person")))


def test_a_letter_that_is_refused_is_logged_without_its_address(office, logged, settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.security.test_secrets.Refusing"
    office.collector.email = "lilan@fenju.example"
    office.collector.save()
    notices.tell([office.collector], "您有一条信息待审核")
    notices.email_notices()
    assert Notice.objects.get().emailed_at is None
    assert "SMTPRecipientsRefused" in logged()
    assert "lilan@fenju.example" not in logged()
    assert news.log.name == "portal.news"
