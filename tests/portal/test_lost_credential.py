"""凭证挂失 (慈溪第二十六条: 如有遗失，应及时通知): from every door, at once, and the way back."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal import audit, operations
from portal.enums import Ending, NoticeKind
from portal.models import AuditEntry, Notice, SignedIn, SignInLock, User
from portal.notices import email_notices
from portal.views.lost import RECEIVED
from portal.workflow import NotAllowed

pytestmark = pytest.mark.django_db
PASSWORD = "test-Portal-2026"
NEW = "zhuanqiang-8842"


def enter(number: str = "collector", password: str = PASSWORD) -> Client:
    browser = Client()
    browser.post("/login/", {"username": number, "password": password})
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/desk/").status_code == 200


def person(office) -> User:
    return User.objects.get(pk=office.collector.pk)


def admin_page(office, name: str = "change") -> str:
    return reverse(f"admin:portal_user_{name}", args=[office.collector.pk])


# --- by oneself, signed in ------------------------------------------------------------------------------


def test_the_page_says_what_will_happen_and_a_look_changes_nothing(office):
    browser = enter()
    said = browser.get("/account/lost/").content.decode()
    for sentence in (
        "密码立即作废",
        "所有设备上的登录立即结束，包括本机",
        "安全管理员立即得到通知",
        "网管当面为您重设密码",
    ):
        assert sentence in said
    assert is_in(browser)
    assert person(office).credential_lost_at is None


def test_reporting_the_loss_cuts_every_session_at_once(office):
    here, there, other = enter(), enter(), enter("moderator")
    page = here.post("/account/lost/", follow=True)
    assert page.redirect_chain == [("/login/", 302)]
    assert "登录凭证已挂失，全部登录都已结束。请联系网管当面重设密码。" in page.content.decode()
    assert [is_in(one) for one in (here, there, other)] == [False, False, True]
    assert set(SignedIn.objects.filter(user=office.collector).values_list("ending", flat=True)) == {
        Ending.LOST
    }
    assert "登录凭证已挂失，全部登录都已结束。请联系网管重设密码。" in there.get("/").content.decode()


def test_the_password_opens_nothing_any_more(office):
    enter().post("/account/lost/")
    assert person(office).has_usable_password() is False
    assert not is_in(enter())
    assert AuditEntry.objects.filter(verb="sign_in_failed").count() == 1


def test_the_loss_is_recorded_with_who_and_why(office):
    enter().post("/account/lost/")
    entry = AuditEntry.objects.get(verb="report_lost")
    assert (entry.actor, entry.object_id, entry.label, entry.clause, entry.note) == (
        office.collector, str(office.collector.pk), "凭证挂失", "慈溪第二十六条", "本人在“我的账号”挂失",
    )  # fmt: skip
    assert AuditEntry.objects.filter(verb="session_ended").count() == 1
    assert audit.verify().reason == ""


def test_security_administrators_are_told_at_once_and_by_mail(office):
    User.objects.filter(pk=office.security.pk).update(email="anquan@example.cn")
    enter().post("/account/lost/")
    notice = Notice.objects.get(kind=NoticeKind.TODO)
    assert (notice.recipient, notice.title, notice.url) == (
        office.security, "信息员（collector）的登录凭证已挂失，请核实", admin_page(office),
    )  # fmt: skip
    assert email_notices() == 1
    assert [letter.to for letter in mail.outbox] == [["anquan@example.cn"]]
    assert enter("security").get(notice.url).status_code == 200


def test_the_person_is_told_too_in_case_it_was_somebody_else(office):
    enter().post("/account/lost/")
    assert Notice.objects.get(recipient=office.collector).title == "您的登录凭证已挂失"


# --- by oneself, without being signed in ----------------------------------------------------------------


def report(number: str, password: str) -> Client:
    browser = Client()
    browser.answer = browser.post("/login/lost/", {"username": number, "password": password}, follow=True)
    return browser


@pytest.mark.parametrize(
    ("number", "password"),
    [("collector", PASSWORD), ("collector", "wrong"), ("nobody", PASSWORD), ("system", "x"), ("blocked", PASSWORD)],
)  # fmt: skip
def test_the_answer_is_the_same_whether_right_or_wrong(office, number, password):
    User.objects.create_user("blocked", PASSWORD, name="停用", is_active=False)
    browser = report(number, password)
    assert browser.answer.redirect_chain == [("/login/", 302)]
    assert [str(one) for one in browser.answer.context["messages"]] == [RECEIVED]
    is_lost = (number, password) == ("collector", PASSWORD)
    assert (person(office).credential_lost_at is not None) is is_lost


def test_from_the_sign_in_page_it_cuts_the_sessions_of_whoever_stole_the_password(office):
    thief = enter()
    report("collector", PASSWORD)
    assert not is_in(thief)
    assert AuditEntry.objects.get(verb="report_lost").note == "本人在登录页挂失"


def test_nobody_is_signed_in_by_reporting_a_loss(office):
    assert not is_in(report("collector", PASSWORD))


def test_a_wrong_password_counts_as_a_failed_sign_in(office):
    report("collector", "wrong")
    assert AuditEntry.objects.get(verb="sign_in_failed").object_id == str(office.collector.pk)


def test_it_is_asked_at_the_door_like_a_sign_in(office, monkeypatch):
    """Through `authenticate`, so that whatever locks the door locks this one."""
    monkeypatch.setattr("portal.views.lost.authenticate", lambda request, **typed: None)
    report("collector", PASSWORD)
    assert person(office).credential_lost_at is None


def test_reporting_twice_changes_nothing_more(office):
    for _ in range(2):
        report("collector", PASSWORD)
    assert operations.report_lost(office.collector, by=office.security, reason="又一次") is False
    assert AuditEntry.objects.filter(verb="report_lost").count() == 1
    assert Notice.objects.filter(kind=NoticeKind.TODO).count() == 1


def test_nothing_typed_is_told_at_the_fields(office):
    page = Client().post("/login/lost/", {"username": "collector", "password": ""})
    assert page.context["form"].errors == {"password": ["请填写密码"]}
    assert 'value="collector"' in page.content.decode()


def test_whoever_is_signed_in_is_led_to_the_page_of_the_account(office):
    assert enter().get("/login/lost/").headers["Location"] == "/account/lost/"


# --- by an administrator --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["security", "granter"])
def test_administrators_report_it_for_a_person_who_telephones(office, who):
    theirs, keeper = enter(), enter(who)
    assert admin_page(office, "lost") in keeper.get(admin_page(office)).content.decode()
    assert "密码立即作废" in keeper.get(admin_page(office, "lost")).content.decode()
    keeper.post(admin_page(office, "lost"), {"reason": "本人来电，已回拨核实"})
    assert not is_in(theirs)
    entry = AuditEntry.objects.get(verb="report_lost")
    assert (entry.actor, entry.note) == (getattr(office, who), "本人来电，已回拨核实")
    assert "已挂失（" in keeper.get(admin_page(office)).content.decode()
    assert "已挂失" in keeper.get("/admin/portal/user/").content.decode()


def test_a_reason_is_required_and_a_second_report_refused_with_it_kept(office):
    keeper = enter("security")
    empty = keeper.post(admin_page(office, "lost"), {"reason": " "})
    assert empty.context["form"].errors == {"reason": ["请写明理由"]}
    assert person(office).credential_lost_at is None
    operations.report_lost(office.collector, by=office.security, reason="来电")
    page = keeper.post(admin_page(office, "lost"), {"reason": "再挂一次"})
    assert page.context["form"].errors == {"reason": ["此人的登录凭证已经挂失"]}
    assert "再挂一次</textarea>" in page.content.decode()


@pytest.mark.parametrize("who", ["auditor", "moderator"])
def test_nobody_else_reports_it_for_others(office, who):
    assert enter(who).post(admin_page(office, "lost"), {"reason": "玩笑"}).status_code == 403
    assert person(office).credential_lost_at is None


# --- the way back ---------------------------------------------------------------------------------------


def test_a_new_initial_password_brings_the_account_back_and_settles_the_todo(office):
    operations.report_lost(office.collector, by=office.security, reason="来电")
    keeper = enter("granter")
    typed = {
        "name": "信息员", "department": office.section.pk, "is_active": "on", "is_staff": "on",
        "initial_password": NEW,
    }  # fmt: skip
    assert keeper.post(admin_page(office), typed).status_code == 302
    found = person(office)
    assert (found.credential_lost_at, found.has_initial_password) == (None, True)
    assert enter(password=NEW).get("/desk/")["Location"].startswith("/password/")  # in, and to set their own
    assert Notice.objects.get(kind=NoticeKind.TODO).read_at is not None


def test_changing_the_telephone_number_does_not_bring_it_back(office):
    operations.report_lost(office.collector, by=office.security, reason="来电")
    found = person(office)
    found.phone = "88880001"
    operations.save_person(found, by=office.granter)
    assert person(office).credential_lost_at is not None
    assert not is_in(enter())


def test_the_password_that_was_lost_is_not_chosen_again(office):
    operations.report_lost(office.collector, by=office.security, reason="来电")
    operations.save_person(person(office), by=office.granter, initial_password=NEW)
    browser = enter(password=NEW)
    typed = {"old_password": NEW, "new_password1": PASSWORD, "new_password2": PASSWORD}
    errors = browser.post("/password/", typed).context["form"].errors
    assert errors == {"new_password1": ["不能与最近 5 次用过的密码相同。"]}


def test_the_sealed_account_is_not_reported_lost_by_any_door(office):
    """Its seal is broken on the server alone; the answer at the door tells nothing."""
    password = operations.seal()
    sealed = User.objects.get(is_superuser=True)
    assert [str(one) for one in report(sealed.staff_number, password).answer.context["messages"]] == [
        RECEIVED
    ]
    with pytest.raises(NotAllowed, match="应急账号不挂失"):
        operations.report_lost(sealed, by=office.security, reason="来电")
    sealed.refresh_from_db()
    assert (sealed.credential_lost_at, sealed.check_password(password)) == (None, True)


def test_guessing_here_locks_the_number_like_guessing_at_the_sign_in(office):
    for _ in range(5):
        assert report("collector", "wrong").answer.redirect_chain == [("/login/", 302)]
    assert [str(one) for one in report("collector", PASSWORD).answer.context["messages"]] == [RECEIVED]
    assert person(office).credential_lost_at is None
    assert SignInLock.objects.get().key == "collector"
