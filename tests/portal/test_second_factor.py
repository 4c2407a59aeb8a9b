"""二次验证 (GB/T 22239-2019 三级 身份鉴别): enrolling, the second page of the sign-in, recovery codes, the reset."""

import time
from base64 import b32decode
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal import operations, parameters, second_factor
from portal.models import AuditEntry, Notice, Parameter, SignedIn, User
from portal.views.second_factor import PENDING
from portal.workflow import NotAllowed

pytestmark = pytest.mark.django_db
PASSWORD = "test-Portal-2026"
MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=get_current_timezone())
PAGE, STEP = "/account/second-factor/", "/login/code/"
WRONG = "验证码不正确。请看一下手机上的时间是否准确，等出现新的验证码再输入。"


@pytest.fixture(autouse=True)
def morning():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def code_of(key: str, ahead: int = 0) -> str:
    """What the telephone shows now; `ahead` steps of half a minute later."""
    totp = TOTP(bytes.fromhex(key))
    totp.time = time.time() + 30 * ahead
    return f"{totp.token():06d}"


def wrong_code(key: str) -> str:
    right = {code_of(key, ahead) for ahead in (-1, 0, 1)}
    return next(code for code in ("000000", "111111", "222222", "333333") if code not in right)


def with_password(number: str = "collector", **typed) -> Client:
    browser = Client()
    browser.answer = browser.post("/login/", {"username": number, "password": PASSWORD, **typed})
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/desk/").status_code == 200


@pytest.fixture
def enrolled(office, morning):
    """The collector's telephone has the secret; the code that showed it lies behind. `.key`, `.codes`."""
    key = "0123456789abcdef0123456789abcdef01234567"
    codes = operations.second_factor.turn_on(office.collector, key, code_of(key))
    morning.shift(timedelta(minutes=5))
    Notice.objects.all().delete()
    device = TOTPDevice.objects.get(user=office.collector)
    device.codes = codes
    return device


# --- enrolling ------------------------------------------------------------------------------------------


def test_enrolling_shows_picture_and_secret_and_ends_with_one_right_code(office):
    browser = with_password()
    page = browser.get(PAGE)
    said = page.content.decode()
    secret = page.context["secret"]
    assert 'src="data:image/svg+xml' in said
    assert secret in said
    key = b32decode(secret.replace(" ", "")).hex()
    done = browser.post(PAGE, {"code": code_of(key)})
    assert len(set(done.context["codes"])) == 10
    assert second_factor.is_on(office.collector)
    assert AuditEntry.objects.get(verb="second_factor_on").actor == office.collector
    assert Notice.objects.get(recipient=office.collector).title == "您的账号已启用二次验证"


def test_the_secret_stays_the_same_while_the_page_is_read_again(office):
    browser = with_password()
    first, again = (browser.get(PAGE).context["secret"] for _ in range(2))
    assert first == again
    assert with_password().get(PAGE).context["secret"] != first


def test_a_wrong_code_turns_nothing_on_and_is_told_at_the_field(office):
    browser = with_password()
    key = b32decode(browser.get(PAGE).context["secret"].replace(" ", "")).hex()
    page = browser.post(PAGE, {"code": wrong_code(key)})
    assert page.context["form"].errors == {"code": [WRONG]}
    assert f'value="{wrong_code(key)}"' in page.content.decode()
    assert not second_factor.is_on(office.collector)


@pytest.mark.parametrize("typed", ["", "abc", "12345", "一二三四五六", "１２３４５６", "9" * 21, "\x00"])
def test_odd_codes_are_refused_in_chinese(office, typed):
    browser = with_password()
    browser.get(PAGE)
    errors = browser.post(PAGE, {"code": typed}).context["form"].errors
    assert list(errors) == ["code"]
    assert not second_factor.is_on(office.collector)


def test_the_recovery_codes_are_shown_once(office):
    browser = with_password()
    key = b32decode(browser.get(PAGE).context["secret"].replace(" ", "")).hex()
    shown = browser.post(PAGE, {"code": code_of(key)}).context["codes"]
    again = browser.get(PAGE).content.decode() + browser.post(PAGE, {"code": code_of(key)}).content.decode()
    assert [code for code in shown if code in again or code.replace(" ", "") in again] == []


def test_turning_it_on_ends_sessions_that_never_showed_a_code(office):
    here, there = with_password(), with_password()
    key = b32decode(here.get(PAGE).context["secret"].replace(" ", "")).hex()
    here.post(PAGE, {"code": code_of(key)})
    assert (is_in(here), is_in(there)) == (True, False)


# --- signing in -----------------------------------------------------------------------------------------


def test_the_right_password_leads_to_the_second_page_and_opens_nothing(enrolled):
    browser = with_password()
    assert browser.answer.headers["Location"] == STEP
    assert SESSION_KEY not in browser.session
    for address in ("/desk/", "/account/", PAGE, "/admin/portal/user/", "/password/", "/account/lost/"):
        answer = browser.get(address)
        assert (answer.status_code, "/login/" in answer.headers["Location"]) == (302, True), address
    assert not SignedIn.objects.exists()
    assert not AuditEntry.objects.filter(verb="sign_in").exists()


def test_the_right_code_signs_in_and_leads_where_one_wanted(enrolled):
    browser = with_password(next="/desk/reviews/")
    before = browser.session.session_key
    answer = browser.post(STEP, {"code": code_of(enrolled.key)})
    assert answer.headers["Location"] == "/desk/reviews/"
    assert is_in(browser)
    assert browser.session.session_key != before
    assert PENDING not in browser.session
    assert AuditEntry.objects.get(verb="sign_in").note == "二次验证：手机验证码"


def test_next_never_leads_to_another_host(enrolled):
    browser = with_password(next="https://evil.example/")
    assert browser.post(STEP, {"code": code_of(enrolled.key)}).headers["Location"] == "/desk/"


def test_the_session_key_changes_with_the_password_and_again_with_the_code(enrolled):
    """Whoever planted a cookie before owns neither the waiting sign-in nor the session."""
    browser = Client()
    session = browser.session
    session["seen"] = "before"
    session.save()
    browser.post("/login/", {"username": "collector", "password": PASSWORD})
    planted = Client()
    planted.cookies["sessionid"] = session.session_key
    assert browser.session.session_key != session.session_key
    assert planted.post(STEP, {"code": code_of(enrolled.key)}).headers["Location"] == "/login/"


def test_a_code_opens_once(enrolled):
    first, second = with_password(), with_password()
    code = code_of(enrolled.key)
    first.post(STEP, {"code": code})
    page = second.post(STEP, {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)
    assert page.context["form"].errors == {"code": [WRONG]}


def test_the_code_that_turned_it_on_does_not_sign_in(office):
    key = "ff" * 20
    code = code_of(key)
    operations.second_factor.turn_on(office.collector, key, code)
    browser = with_password()
    browser.post(STEP, {"code": code})
    assert not is_in(browser)


def test_a_wrong_code_is_recorded_as_what_it_is(enrolled, office):
    page = with_password().post(STEP, {"code": wrong_code(enrolled.key)})
    assert page.context["form"].errors == {"code": [WRONG]}
    entry = AuditEntry.objects.get(verb="second_factor_failed")
    assert (str(entry.actor), entry.object_id, entry.address) == (
        "系统",
        str(office.collector.pk),
        "127.0.0.1",
    )
    assert not AuditEntry.objects.filter(verb="sign_in_failed").exists()


def test_wrong_codes_lock_the_number_like_wrong_passwords(enrolled, morning):
    browser = with_password()
    for wait in (1, 2, 4, 8, 16):
        page = browser.post(STEP, {"code": wrong_code(enrolled.key)})
        morning.shift(timedelta(seconds=wait))
    locked = page.context["form"].errors["code"]
    assert locked[0].startswith("这个工号登录失败次数过多，已暂停登录，")
    assert browser.post(STEP, {"code": code_of(enrolled.key)}).context["form"].errors["code"] == locked
    assert SESSION_KEY not in browser.session
    assert with_password().answer.status_code == 429
    morning.shift(timedelta(minutes=5))
    browser = with_password()
    assert browser.post(STEP, {"code": code_of(enrolled.key)}).status_code == 302


def test_a_right_password_in_between_forgives_no_wrong_code(enrolled, morning):
    for wait in (1, 2, 4, 8, 16):
        with_password().post(STEP, {"code": wrong_code(enrolled.key)})
        morning.shift(timedelta(seconds=wait))
    assert with_password().answer.status_code == 429


def test_the_sealed_account_has_no_second_factor(office):
    browser = Client()
    browser.post("/login/", {"username": "yingji", "password": operations.seal()})
    assert [browser.get(PAGE).status_code, browser.get("/account/lost/").status_code] == [403, 403]


def test_whoever_guesses_waits_longer_each_time(enrolled, morning):
    browser = with_password()
    wrong = wrong_code(enrolled.key)
    for wait in (1, 2, 4, 8):
        assert browser.post(STEP, {"code": wrong}).context["form"].errors == {"code": [WRONG]}
        said = browser.post(STEP, {"code": code_of(enrolled.key)}).context["form"].errors["code"]
        assert said == [f"输错次数较多，请 {wait} 秒后再试。"]
        morning.shift(timedelta(seconds=wait))
    assert browser.post(STEP, {"code": code_of(enrolled.key)}).status_code == 302


def test_after_five_minutes_the_password_is_asked_again(enrolled, morning):
    browser = with_password()
    morning.shift(timedelta(seconds=301))
    page = browser.post(STEP, {"code": code_of(enrolled.key)}, follow=True)
    assert page.redirect_chain == [("/login/", 302)]
    assert "验证已失效（须在 5 分钟内完成），请重新输入工号和密码。" in page.content.decode()
    assert not is_in(browser)


def test_a_password_changed_meanwhile_leads_nowhere(enrolled, office):
    browser = with_password()
    operations.report_lost(office.collector, by=office.security, reason="电话")
    assert browser.post(STEP, {"code": code_of(enrolled.key)}).headers["Location"] == "/login/"
    assert not is_in(browser)


def test_a_person_blocked_meanwhile_stays_out(enrolled, office):
    browser = with_password()
    User.objects.filter(pk=office.collector.pk).update(is_active=False)
    browser.post(STEP, {"code": code_of(enrolled.key)})
    assert SESSION_KEY not in browser.session


def test_the_second_page_is_nobodys_without_a_password(office):
    assert [Client().get(STEP).headers["Location"], Client().post(STEP).headers["Location"]] == [
        "/login/"
    ] * 2


def test_somebody_elses_code_does_not_open(enrolled, office):
    key = "ab" * 20
    operations.second_factor.turn_on(office.moderator, key, code_of(key))
    browser = with_password()
    browser.post(STEP, {"code": code_of(key, ahead=1)})
    assert not is_in(browser)


# --- recovery codes -------------------------------------------------------------------------------------


def test_a_recovery_code_signs_in_once_written_as_people_write_it(enrolled, office):
    code = enrolled.codes[3]
    first, second = with_password(), with_password()
    assert first.post(STEP, {"code": f" {code[:4].upper()}-{code[4:]} "}).status_code == 302
    page = second.post(STEP, {"code": code})
    assert (is_in(first), is_in(second)) == (True, False)
    assert page.context["form"].errors == {"code": [WRONG]}
    assert second_factor.codes_left(office.collector) == 9
    assert Notice.objects.get(recipient=office.collector).title == "您用恢复码登录了一次，还剩 9 个"
    assert AuditEntry.objects.get(verb="sign_in").note == "二次验证：恢复码"


def test_new_recovery_codes_take_the_place_of_the_old(enrolled, office):
    browser = with_password()
    browser.post(STEP, {"code": code_of(enrolled.key)})
    page = browser.post(PAGE, {"password": PASSWORD, "codes": "1"})
    fresh = {code.replace(" ", "") for code in page.context["codes"]}
    assert set(StaticToken.objects.values_list("token", flat=True)) == fresh
    assert fresh.isdisjoint(enrolled.codes)


# --- turning it off -------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", [{}, {"codes": "1"}])
def test_nothing_is_changed_without_the_password(enrolled, office, act):
    browser = with_password()
    browser.post(STEP, {"code": code_of(enrolled.key)})
    page = browser.post(PAGE, {"password": "wrong", **act})
    assert page.context["form"].errors == {"password": ["密码不正确，请重新输入。"]}
    assert second_factor.is_on(office.collector)
    assert set(StaticToken.objects.values_list("token", flat=True)) == set(enrolled.codes)
    assert AuditEntry.objects.filter(verb="sign_in_failed", object_id=str(office.collector.pk)).count() == 1


def test_turned_off_the_password_alone_signs_in(enrolled, office):
    browser = with_password()
    browser.post(STEP, {"code": code_of(enrolled.key)})
    assert browser.post(PAGE, {"password": PASSWORD}).headers["Location"] == "/account/"
    assert is_in(with_password())
    assert not StaticToken.objects.exists()
    assert AuditEntry.objects.get(verb="second_factor_off").actor == office.collector


# --- the reset ------------------------------------------------------------------------------------------


def test_the_security_administrator_resets_it_with_a_reason_and_the_person_is_told(enrolled, office):
    keeper = with_password("security")
    address = reverse("admin:portal_user_second_factor", args=[office.collector.pk])
    assert (
        address
        in keeper.get(reverse("admin:portal_user_change", args=[office.collector.pk])).content.decode()
    )
    assert keeper.post(address, {"reason": ""}).context["form"].errors == {"reason": ["请写明理由"]}
    keeper.post(address, {"reason": "手机遗失，已当面核实"})
    assert is_in(with_password())
    entry = AuditEntry.objects.get(verb="second_factor_reset")
    assert (entry.actor, entry.note) == (office.security, "手机遗失，已当面核实")
    notice = Notice.objects.get(recipient=office.collector)
    assert (notice.title, notice.body) == (
        "安全管理员为您重设了二次验证，请登录后重新启用", "理由：手机遗失，已当面核实",
    )  # fmt: skip


@pytest.mark.parametrize("who", ["granter", "auditor", "moderator"])
def test_nobody_else_resets_it(enrolled, office, who):
    address = reverse("admin:portal_user_second_factor", args=[office.collector.pk])
    assert with_password(who).post(address, {"reason": "想试试"}).status_code == 403
    assert second_factor.is_on(office.collector)


def test_nobody_resets_their_own(office):
    key = "cd" * 20
    operations.second_factor.turn_on(office.security, key, code_of(key))
    with pytest.raises(NotAllowed, match="另一位安全管理员"):
        operations.second_factor.reset(office.security, by=office.security, reason="嫌麻烦")
    assert second_factor.is_on(office.security)


def test_secrets_have_no_page_in_the_admin(office):
    browser = Client()  # whoever may do everything
    browser.post("/login/", {"username": "yingji", "password": operations.seal()})
    assert browser.get("/admin/portal/user/").status_code == 200
    for address in ("/admin/otp_totp/totpdevice/", "/admin/otp_static/staticdevice/"):
        assert browser.get(address).status_code == 404


# --- when it is required --------------------------------------------------------------------------------


def require(value: int | None) -> None:
    Parameter.objects.create(key="second_factor_required", label="须启用", value=value, clause="三级")
    parameters.changed()


@pytest.mark.parametrize("who", ["granter", "security", "auditor"])
def test_required_the_admin_leads_administrators_to_enrolment(office, who):
    require(1)
    browser = with_password(who)
    page = browser.get("/admin/portal/user/", follow=True)
    assert page.redirect_chain == [(PAGE, 302)]
    assert "您的权限要求启用二次验证，设置后即可进入管理后台。" in page.content.decode()
    assert browser.post(f"/admin/portal/user/{office.staff.pk}/change/").headers["Location"] == PAGE
    key = b32decode(page.context["secret"].replace(" ", "")).hex()
    browser.post(PAGE, {"code": code_of(key)})
    assert browser.get("/admin/portal/user/").status_code == 200


@pytest.mark.parametrize("value", [None, 0])
def test_not_required_the_admin_opens_as_ever(office, value):
    require(value)
    assert with_password("granter").get("/admin/portal/user/").status_code == 200


def test_required_it_does_not_concern_whoever_has_no_such_power(office):
    require(1)
    assert with_password("moderator").get("/admin/publishing/article/").status_code == 200
