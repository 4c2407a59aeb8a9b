"""登录锁定 (GB/T 22239-2019 身份鉴别): too many wrong tries lock the number or the address; the door opens again."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.contrib import admin
from django.contrib.auth import SESSION_KEY, authenticate
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import make_aware

from portal import clock, locks, operations, parameters
from portal.enums import LockKind
from portal.models import AuditEntry, Notice, Parameter, SignInFailure, SignInLock
from portal.workflow import Refused, TooLate

pytestmark = pytest.mark.django_db
PASSWORD = "test-Portal-2026"
NOON = make_aware(datetime(2026, 11, 24, 12, 0))
HERE, THERE = "10.1.2.3", "10.1.2.4"


def sign_in(client, number="collector", password=PASSWORD, *, at=NOON, address=HERE):
    with clock.at(at):
        return client.post("/login/", {"username": number, "password": password}, REMOTE_ADDR=address)


def fail(client, number="collector", times=5, **where):
    for _ in range(times):
        page = sign_in(client, number, "wrong", **where)
    return page


def set_parameter(key: str, value: int | None) -> None:
    row = parameters.standard()[key]
    words = {name: row[name] for name in ("label", "unit", "clause")}
    Parameter.objects.update_or_create(key=key, defaults={**words, "value": value})
    parameters.changed()


def is_in(client) -> bool:
    return SESSION_KEY in client.session


# --- the lock -------------------------------------------------------------------------------------------


def test_the_fifth_wrong_try_locks_the_number_and_even_the_right_password_waits(client, office):
    assert fail(client, times=4).status_code == 200
    page = fail(client, times=1)
    assert page.status_code == 429
    assert sign_in(client).status_code == 429
    assert not is_in(client)


def test_the_page_says_until_when_what_to_do_and_keeps_the_number(client, office):
    page = fail(client)
    assert page.context["form"].non_field_errors() == [
        "这个工号登录失败次数过多，已暂停登录，12:05 自动解除。请到时再试；急需登录，请联系安全管理员解除。"
    ]
    assert 'value="collector"' in page.content.decode()


def test_the_time_told_is_never_too_early(client, office):
    page = fail(client, at=NOON + timedelta(seconds=10))
    assert "12:06 自动解除" in page.content.decode()


def test_an_unknown_number_hears_the_same_words(client, office):
    known, unknown = fail(client, address=HERE), fail(client, "nobody", address=THERE)
    assert unknown.status_code == known.status_code
    assert unknown.context["form"].errors == known.context["form"].errors


def test_the_lock_ends_by_itself(client, office):
    fail(client)
    assert sign_in(client, at=NOON + timedelta(minutes=5)).status_code == 302
    assert is_in(client)


def test_tries_during_a_lock_do_not_lengthen_it(client, office):
    fail(client)
    fail(client, times=30, at=NOON + timedelta(minutes=4))
    assert SignInLock.objects.get().until == NOON + timedelta(minutes=5)
    assert SignInFailure.objects.count() == 5
    assert sign_in(client, at=NOON + timedelta(minutes=5)).status_code == 302


def test_each_further_lock_lasts_twice_as_long_up_to_the_most(client, office):
    moment, minutes = NOON, []
    set_parameter("lock_after_address", None)
    for _ in range(8):
        fail(client, at=moment)
        lock = SignInLock.objects.first()
        minutes.append((lock.until - lock.at) // timedelta(minutes=1))
        moment = lock.until
    assert minutes == [5, 10, 20, 40, 80, 160, 240, 240]


def test_after_a_lock_it_takes_five_new_failures(client, office):
    fail(client)
    after = NOON + timedelta(minutes=5)
    assert fail(client, times=4, at=after).status_code == 200
    assert fail(client, times=1, at=after).status_code == 429


def test_signing_in_starts_the_count_and_the_delay_anew(client, office):
    fail(client)
    later = NOON + timedelta(minutes=6)
    sign_in(client, at=later)
    client.post("/logout/")
    fail(client, at=later + timedelta(minutes=1))
    lock = SignInLock.objects.first()
    assert (SignInLock.objects.count(), lock.until - lock.at) == (2, timedelta(minutes=5))


def test_failures_of_the_day_before_count_no_longer(client, office):
    fail(client, times=4)
    assert fail(client, times=4, at=NOON + timedelta(hours=24)).status_code == 200


def test_the_numbers_are_parameters_and_null_switches_a_rule_off(client, office):
    set_parameter("lock_after_account", 2)
    assert fail(client, times=2).status_code == 429
    set_parameter("lock_after_account", None)
    set_parameter("lock_after_address", None)
    assert fail(client, "head", times=30).status_code == 200


def test_without_minutes_nothing_is_locked(client, office):
    set_parameter("lock_minutes", None)
    assert fail(client, times=25).status_code == 200
    assert sign_in(client).status_code == 302


# --- number and address ---------------------------------------------------------------------------------


def test_a_locked_number_leaves_its_address_open_to_others(client, office):
    fail(client)
    assert sign_in(client, "head").status_code == 302


def test_a_number_is_locked_wherever_it_is_tried(client, office):
    for place in range(5):
        fail(client, times=1, address=f"10.1.2.{place}")
    assert sign_in(client, address=THERE).status_code == 429


def test_a_thousand_numbers_from_one_address_are_twenty_failures_and_one_lock(office):
    with clock.at(NOON):
        for number in range(1_000):
            request = RequestFactory().post("/login/", REMOTE_ADDR=HERE)
            assert authenticate(request, username=f"n{number}", password="wrong") is None
    assert SignInFailure.objects.count() == 20
    assert [str(lock) for lock in SignInLock.objects.all()] == [f"地址 {HERE}"]
    assert Notice.objects.filter(title=f"登录锁定：地址 {HERE}").count() == 1


def test_a_locked_address_says_so_and_others_come_in(client, office):
    for number in range(20):
        page = fail(client, f"n{number}", times=1)
    assert page.context["form"].non_field_errors()[0].startswith("您所在的网络地址登录失败次数过多")
    assert sign_in(client).status_code == 429
    assert sign_in(client, address=THERE).status_code == 302


def test_signing_in_oneself_in_between_does_not_open_the_address_to_guessing(client, office):
    for number in range(20):
        if number % 3 == 0:
            sign_in(client, "head")
            client.post("/logout/")
        page = fail(client, f"n{number}", times=1)
    assert page.status_code == 429


def test_mistyping_and_then_signing_in_costs_the_address_nothing(client, office):
    for _ in range(10):
        fail(client, times=2)
        assert sign_in(client).status_code == 302
        client.post("/logout/")
    assert SignInFailure.objects.count() == 0


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("10.1.2.3", "10.1.2.3"),
        ("::ffff:10.1.2.3", "10.1.2.3"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_addresses_are_counted_by_what_one_machine_has(address, key):
    assert locks.address_key(address) == key


# --- odd numbers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["李岚", "Ｃollector", "zoë", "'; DROP TABLE --", "%", "_", "a" * 40])
def test_odd_numbers_fail_and_lock_like_others(client, office, number):
    assert fail(client, number).status_code == 429


def test_width_and_case_of_letters_make_no_second_number(client, office):
    for number in ("collector", "COLLECTOR", "Collector", "ｃollector", "cOllector"):
        page = fail(client, number, times=1)
    assert page.status_code == 429


def test_a_number_longer_than_any_is_counted_by_its_beginning(client, office):
    assert sign_in(client, "长" * 1_000_000).status_code == 200
    assert SignInFailure.objects.get().number == "长" * 40


def test_a_zero_byte_is_refused_at_the_field(client, office):
    assert "username" in sign_in(client, "a\0b").context["form"].errors
    assert SignInFailure.objects.count() == 0


def test_a_zero_byte_from_another_caller_harms_nothing(office):
    request = RequestFactory().post("/login/", REMOTE_ADDR=HERE)
    assert authenticate(request, username="a\0b", password="wrong") is None
    assert SignInFailure.objects.get().number == "ab"


def test_a_very_long_password_is_just_a_wrong_one(client, office):
    assert sign_in(client, password="密" * 1_000_000).status_code == 200
    assert SignInFailure.objects.count() == 1


def test_other_callers_of_authenticate_are_counted_under_the_models_own_name(office):
    request = RequestFactory().post("/api/", REMOTE_ADDR=HERE)
    for _ in range(5):
        authenticate(request, staff_number="collector", password="wrong")
    fresh = RequestFactory().post("/api/", REMOTE_ADDR=HERE)
    assert authenticate(fresh, staff_number="collector", password=PASSWORD) is None


# --- who hears of it ------------------------------------------------------------------------------------


def test_a_lock_is_audited_and_told_to_the_security_administrators_once(client, office):
    fail(client, times=12)
    entry = AuditEntry.objects.get(verb="lock")
    assert (str(entry.actor), entry.object_label) == ("系统", "工号 collector")
    assert entry.note == "连续失败 5 次，锁定 5 分钟，至 11-24 12:05"
    told = Notice.objects.filter(title="登录锁定：工号 collector")
    assert [notice.recipient for notice in told] == [office.security]
    assert told[0].url == reverse("admin:portal_signinlock_changelist")


def test_axes_own_pages_are_not_there():
    assert not [model for model in admin.site._registry if model._meta.app_label == "axes"]


# --- recovery -------------------------------------------------------------------------------------------


@pytest.fixture
def locked(client, office) -> SignInLock:
    return fail(client, at=clock.now()) and SignInLock.objects.get()


LIST = "admin:portal_signinlock_changelist"


def test_security_administrator_sees_the_present_locks_with_names(client, office, locked):
    fail(client, "nobody", at=clock.now())
    fail(client, "head", at=clock.now() - timedelta(minutes=10))
    client.force_login(office.security)
    page = client.get(reverse(LIST)).content.decode()
    assert [
        word in page for word in ("工号 collector（信息员）", "工号 nobody（没有此工号）", "工号 head")
    ] == [
        True,
        True,
        False,
    ]


def test_lifting_asks_for_a_reason_and_lets_the_person_in(client, office, locked):
    client.force_login(office.security)
    address = reverse("admin:portal_signinlock_lift", args=[locked.pk])
    assert client.post(address, {"reason": " "}).context["form"].errors == {"reason": ["请写明解除的理由"]}
    assert client.post(address, {"reason": "已当面核实"}).headers["Location"] == reverse(LIST)
    entry = AuditEntry.objects.get(verb="lift_lock")
    assert (entry.actor, entry.note) == (office.security, "已当面核实")
    client.logout()
    assert sign_in(client, at=clock.now()).status_code == 302


def test_lifting_what_has_ended_says_so(client, office, locked):
    operations.lift_lock(locked, by=office.security, reason="已核实")
    with pytest.raises(TooLate):
        operations.lift_lock(locked, by=office.security, reason="再次")
    client.force_login(office.security)
    address = reverse("admin:portal_signinlock_lift", args=[locked.pk])
    page = client.post(address, {"reason": "再次"}, follow=True)
    assert [str(message) for message in page.context["messages"]] == ["这一锁定已经结束，不必再解除"]


def test_an_empty_reason_is_refused_by_the_operation_too(office, locked):
    with pytest.raises(Refused, match="请写明解除的理由"):
        operations.lift_lock(locked, by=office.security, reason="  ")


def test_an_empty_list_says_what_would_be_here(client, office):
    client.force_login(office.security)
    assert "现在没有被锁定的工号或地址。" in client.get(reverse(LIST)).content.decode()


def test_auditor_looks_and_lifts_nothing(client, office, locked):
    client.force_login(office.auditor)
    address = reverse("admin:portal_signinlock_lift", args=[locked.pk])
    assert address not in client.get(reverse(LIST)).content.decode()
    assert client.post(address, {"reason": "代劳"}).status_code == 403


def test_list_asks_as_often_for_thirty_locks_as_for_one(client, office, locked):
    client.force_login(office.security)
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as with_one:
        client.get(reverse(LIST))
    for number in range(29):
        SignInLock.objects.create(
            kind=LockKind.ACCOUNT, key=f"n{number}", failures=5, at=locked.at, until=locked.until
        )
    with CaptureQueriesContext(connection) as with_thirty:
        assert client.get(reverse(LIST)).context["cl"].result_count == 30
    assert len(with_thirty) == len(with_one)


@pytest.mark.parametrize("said", ["collector", "COLLECTOR"])
def test_operator_unlocks_a_number_at_the_console(client, office, locked, said):
    out = StringIO()
    call_command("unlock", said, "--why", "本人来电核实", stdout=out)
    assert out.getvalue() == "已解除：工号 collector\n"
    assert AuditEntry.objects.get(verb="lift_lock").note == "本人来电核实"
    assert sign_in(client, at=clock.now()).status_code == 302


@pytest.mark.parametrize(
    ("said", "from_where"),
    [(HERE, HERE), ("2001:db8::7", "2001:db8::8"), ("2001:db8::/64", "2001:db8::9")],
)
def test_operator_unlocks_an_address_at_the_console(client, office, said, from_where):
    for number in range(20):
        fail(client, f"n{number}", times=1, at=clock.now(), address=from_where)
    call_command("unlock", said, "--why", "误锁", stdout=StringIO())
    assert sign_in(client, at=clock.now(), address=from_where).status_code == 302


def test_unlocking_what_is_not_locked_fails_with_words(office):
    with pytest.raises(CommandError, match="“collector”现在没有被锁定"):
        call_command("unlock", "collector", "--why", "核实")


def test_the_sweep_forgets_what_counts_no_longer_and_may_run_twice(client, office):
    fail(client)
    with clock.at(NOON + timedelta(hours=23)):
        assert operations.forget_sign_ins() == 0
    with clock.at(NOON + timedelta(hours=25)):
        assert (operations.forget_sign_ins(), operations.forget_sign_ins()) == (6, 0)
