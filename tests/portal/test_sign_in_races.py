"""Sign-ins that fail or succeed at the same moment, on connections of their own."""

from django.test import Client

from portal import clock
from portal.models import AuditEntry, Notice, SignInFailure, SignInLock, User
from portal.operations import seal
from tests.portal.test_sign_in_guard import sign_in
from tests.races import RACING, at_once

pytestmark = RACING


def test_eight_failures_at_once_are_all_counted_and_lock_once(office):
    moment = clock.now()

    def wrong():
        return sign_in(Client(), "collector", "wrong", at=moment).status_code

    answers = at_once(*[wrong] * 8)
    assert set(answers) <= {200, 429}
    assert SignInFailure.objects.count() >= 5
    assert [str(lock) for lock in SignInLock.objects.all()] == ["工号 collector"]
    assert Notice.objects.filter(recipient=office.security).count() == 1
    assert AuditEntry.objects.filter(verb="lock").count() == 1
    assert wrong() == 429


def test_of_two_sign_ins_with_one_envelope_one_comes_in(office):
    password = seal()
    answers = at_once(*[lambda: sign_in(Client(), "yingji", password, at=clock.now()).status_code] * 2)
    assert sorted(answers) == [200, 302]
    assert AuditEntry.objects.filter(verb="unseal").count() == 1
    assert not User.objects.get(staff_number="yingji").has_usable_password()
