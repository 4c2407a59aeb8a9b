"""登录会话 (GB/T 22239-2019 身份鉴别): how long a sign-in holds, who can end it, and that its end is at once."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import SESSION_KEY
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from portal import audit, clock, devices, operations, parameters, sessions
from portal.enums import Ending
from portal.models import AuditEntry, Parameter, SignedIn, User
from publishing.views.desk import KEPT

pytestmark = pytest.mark.django_db
PASSWORD = "test-Portal-2026"
NEW = "zhuanqiang-8842"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130 Mobile MicroMessenger/8.0.50"
MORNING = datetime(2026, 11, 24, 8, 30, tzinfo=get_current_timezone())
IDLE_LINE = "您已 60 分钟没有操作，请重新登录"


@pytest.fixture
def morning():
    """The clock of everything stands at half past eight; `morning.shift(…)` moves it."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def minutes(traveller, number: float) -> None:
    traveller.shift(timedelta(minutes=number))


def enter(number: str = "collector", agent: str = CHROME) -> Client:
    """A browser of its own, signed in through the door."""
    browser = Client(headers={"user-agent": agent})
    assert browser.post("/login/", {"username": number, "password": PASSWORD}).status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/desk/").status_code == 200


def row_of(browser: Client) -> SignedIn:
    return SignedIn.objects.get(session_key=browser.cookies["sessionid"].value)


def told(browser: Client) -> list[str]:
    """What the sign-in page says to whoever is led there from the desk."""
    page = browser.get("/desk/", follow=True)
    assert page.redirect_chain == [("/login/?next=/desk/", 302)]
    return [str(one) for one in get_messages(page.wsgi_request)] or [
        str(one) for one in page.context["messages"]
    ]


# --- beginning ------------------------------------------------------------------------------------------


def test_signing_in_enters_who_from_where_with_what_since_when(office, morning):
    row = row_of(enter())
    assert (row.user, row.address, row.device, row.started_at, row.seen_at, row.ended_at) == (
        office.collector, "127.0.0.1", "电脑 · Chrome", MORNING, MORNING, None,
    )  # fmt: skip


def test_a_session_signed_in_before_there_was_a_table_is_entered_at_first_sight(client, office):
    client.force_login(office.collector)
    assert SignedIn.objects.count() == 0
    assert is_in(client)
    assert is_in(client)
    assert row_of(client).user == office.collector


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (CHROME, "电脑 · Chrome"),
        (CHROME + " Edg/142.0", "电脑 · Edge"),
        (PHONE, "手机 · 微信"),
        ("Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "平板 · Safari"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) CriOS/130 Safari/604.1", "手机 · Chrome"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "电脑 · Firefox"),
        ("Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko", "电脑 · IE"),
        ("<script>alert(1)</script>", "未知设备"),
        ("", "未知设备"),
    ],
)
def test_a_device_is_named_as_people_name_it(agent, said):
    assert devices.words(agent) == said


# --- limits ---------------------------------------------------------------------------------------------


def test_whoever_keeps_working_stays_in(office, morning):
    browser = enter()
    for _ in range(5):
        minutes(morning, 59)
        assert is_in(browser)


def test_after_an_idle_hour_the_sign_in_page_says_why_and_leads_back(office, morning):
    browser = enter()
    minutes(morning, 60)
    page = browser.get("/desk/reviews/?kind=review", follow=True)
    assert page.redirect_chain == [("/login/?next=/desk/reviews/%3Fkind%3Dreview", 302)]
    assert f"{IDLE_LINE}。" in page.content.decode()
    typed = {"username": "collector", "password": PASSWORD, "next": "/desk/reviews/?kind=review"}
    assert browser.post("/login/", typed).headers["Location"] == "/desk/reviews/?kind=review"


def test_the_reason_is_told_once(office, morning):
    browser = enter()
    minutes(morning, 61)
    assert told(browser) == [f"{IDLE_LINE}。"]
    assert told(browser) == []


def test_after_ten_hours_even_the_busiest_sign_in_again(office, morning):
    browser = enter()
    for _ in range(20):
        assert is_in(browser)
        minutes(morning, 30)
    assert told(browser) == ["本次登录已满 10 小时，请重新登录。"]
    assert SignedIn.objects.get().ending == Ending.FULL


def test_a_public_page_is_shown_to_whose_sign_in_has_ended_with_the_reason(office, morning):
    browser = enter()
    minutes(morning, 75)
    page = browser.get("/")
    assert (page.status_code, page.context["user"].is_authenticated) == (200, False)
    assert IDLE_LINE in page.content.decode()


@pytest.mark.parametrize(("minutes_set", "stays"), [(120, True), (None, True), (15, False)])
def test_the_idle_limit_is_the_parameter_in_force(office, morning, minutes_set, stays):
    Parameter.objects.create(key="session_idle_minutes", label="无操作", value=minutes_set, clause="x")
    parameters.changed()
    browser = enter()
    minutes(morning, 70)
    assert is_in(browser) is stays


def test_a_longer_whole_limit_lets_the_cookie_live_longer(office, morning):
    Parameter.objects.create(key="session_hours", label="最长", value=24, clause="x")
    parameters.changed()
    assert enter().cookies["sessionid"]["max-age"] == 24 * 60 * 60


def test_the_end_by_limit_is_recorded_by_the_system(office, morning):
    browser = enter()
    minutes(morning, 61)
    browser.get("/desk/")
    browser.get("/desk/")
    entry = AuditEntry.objects.get(verb="session_timed_out")
    assert (str(entry.actor), entry.object_id, entry.note) == (
        "系统", str(office.collector.pk), "无操作超时：电脑 · Chrome 127.0.0.1",
    )  # fmt: skip


def test_being_seen_is_written_once_a_minute(office, morning):
    browser = enter()
    is_in(browser)
    for seconds, writes in ((30, 0), (29, 0), (1, 1), (59, 0), (1, 1)):
        morning.shift(timedelta(seconds=seconds))
        with CaptureQueriesContext(connection) as queries:
            is_in(browser)
        assert [q["sql"].startswith("UPDATE") for q in queries].count(True) == writes, seconds
    assert row_of(browser).seen_at == MORNING + timedelta(minutes=2)


# --- what was typed -------------------------------------------------------------------------------------


def test_a_note_sent_after_the_end_waits_on_the_screen_for_the_next_sign_in(office, write, morning):
    revision = write(upto="report")
    browser = enter("head")
    minutes(morning, 61)
    address = reverse("desk:review", args=[revision.pk])
    answer = browser.post(f"{address}return_/", {"note": "导语太长，请压缩到两百字"})
    assert answer.headers["Location"] == f"/login/?next={address}"
    assert browser.session[KEPT] == {"revision": revision.pk, "note": "导语太长，请压缩到两百字"}
    typed = {"username": "head", "password": PASSWORD, "next": address}
    page = browser.post("/login/", typed, follow=True)
    assert "导语太长，请压缩到两百字</textarea>" in page.content.decode()


def test_words_of_any_other_form_come_back_to_be_taken_along(office, morning):
    browser = enter("granter")
    minutes(morning, 61)
    address = f"/admin/portal/user/{office.staff.pk}/change/"
    typed = {
        "name": "王 <b>小</b>明",
        "staff_number": "staff",
        "initial_password": "秘密 秘密",
        "title": "副主任科员",
    }
    page = browser.post(address, typed, headers={"referer": f"http://testserver{address}?_popup=1"})
    said = page.content.decode()
    assert page.status_code == 403
    assert IDLE_LINE in said
    assert "王 &lt;b&gt;小&lt;/b&gt;明</textarea>" in said
    assert "副主任科员</textarea>" in said
    assert "秘密" not in said
    assert f"/login/?next={address}%3F_popup%3D1" in said
    assert User.objects.get(pk=office.staff.pk).name == "干部"


def test_a_form_without_words_leads_to_the_sign_in_and_back_to_its_page(office, morning):
    browser = enter()
    minutes(morning, 61)
    answer = browser.post("/account/sessions/end-others/", headers={"referer": "http://testserver/account/"})
    assert answer.headers["Location"] == "/login/?next=/account/"


def test_a_form_from_another_host_leads_nowhere_else(office):
    answer = Client().post("/account/sessions/end-others/", headers={"referer": "https://evil.example/x"})
    assert answer.headers["Location"] == "/login/?next=/desk/"


# --- ending one's own -----------------------------------------------------------------------------------


def test_the_account_page_lists_devices_and_marks_this_one(office):
    here, there = enter(), enter(agent=PHONE)
    page = here.get("/account/")
    assert {row.device for row in page.context["live"]} == {"电脑 · Chrome", "手机 · 微信"}
    assert page.context["here"] == row_of(here).session_key
    said = page.content.decode()
    assert said.count("本机</span>") == 1
    assert reverse("end_session", args=[row_of(there).pk]) in said
    assert "退出其他全部" in said


def test_no_page_shows_a_session_key(office):
    here, there = enter(), enter(agent=PHONE)
    said = here.get("/account/").content.decode()
    assert [row_of(one).session_key in said for one in (here, there)] == [False, False]


def test_a_device_ended_elsewhere_is_out_with_its_next_request(office):
    here, there = enter(), enter(agent=PHONE)
    assert is_in(there)
    key = row_of(there).session_key
    here.post(reverse("end_session", args=[row_of(there).pk]))
    assert told(there) == ["这里的登录已由本人在“我的账号”中结束。如果不是您本人所为，请立即挂失。"]
    assert is_in(here)
    assert not Session.objects.filter(session_key=key).exists()


def test_the_row_decides_even_while_the_session_data_live_on(office):
    browser = enter()
    kept = Session.objects.get(session_key=row_of(browser).session_key)
    operations.sessions.end(row_of(browser), Ending.BY_ADMINISTRATOR, by=office.security)
    kept.save(force_insert=True)  # as a copy in another process's cache would
    assert browser.session[SESSION_KEY] == str(office.collector.pk)
    assert told(browser) == ["管理员结束了这里的登录，请重新登录。"]
    assert not Session.objects.filter(session_key=kept.session_key).exists()


def test_ending_all_others_keeps_only_this_one(office):
    here, *others = enter(), enter(agent=PHONE), enter(agent="")
    stranger = enter("moderator")
    page = here.post("/account/sessions/end-others/", follow=True)
    assert "已退出其他 2 处登录" in page.content.decode()
    assert [is_in(one) for one in (here, *others, stranger)] == [True, False, False, True]
    assert AuditEntry.objects.filter(verb="session_ended", actor=office.collector).count() == 2


def test_nobody_ends_the_session_of_somebody_else(office):
    mine, theirs = enter(), enter("moderator")
    assert mine.post(reverse("end_session", args=[row_of(theirs).pk])).status_code == 404
    assert is_in(theirs)


def test_ending_twice_is_recorded_once(office):
    here, there = enter(), enter(agent=PHONE)
    address = reverse("end_session", args=[row_of(there).pk])
    assert [here.post(address).status_code for _ in range(2)] == [302, 302]
    assert AuditEntry.objects.filter(verb="session_ended").count() == 1


def test_a_stolen_cookie_is_dead_after_signing_out(office):
    browser, thief = enter(), Client()
    thief.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert is_in(thief)
    row = row_of(browser)
    browser.post("/logout/")
    assert not is_in(thief)
    row.refresh_from_db()
    assert row.ending == Ending.SIGNED_OUT


def test_changing_the_password_ends_the_others_and_goes_on_here(office):
    here, there = enter(), enter(agent=PHONE)
    before = row_of(here).pk
    here.post("/password/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})
    assert (is_in(here), row_of(here).pk) == (True, before)
    assert told(there) == ["密码已更改，请用新密码登录。"]
    assert SignedIn.objects.exclude(pk=before).get().ending == Ending.PASSWORD


def test_a_new_initial_password_and_a_blocked_account_end_every_session(office):
    first = enter()
    operations.save_person(office.collector, by=office.granter, initial_password=NEW)
    assert told(first) == ["密码已更改，请用新密码登录。"]
    second = enter("moderator")
    office.moderator.is_active = False
    operations.save_person(office.moderator, by=office.granter)
    assert told(second) == ["管理员结束了这里的登录，请重新登录。"]
    User.objects.filter(pk=office.moderator.pk).update(is_active=True)
    assert not is_in(second)


# --- by 安全管理员 ----------------------------------------------------------------------------------------


def test_the_security_administrator_sees_and_ends_sessions_on_the_persons_page(office):
    theirs, keeper = enter(agent=PHONE), enter("security")
    page = keeper.get(reverse("admin:portal_user_change", args=[office.collector.pk])).content.decode()
    address = reverse("admin:portal_user_end", args=[office.collector.pk, row_of(theirs).pk])
    assert "手机 · 微信" in page
    assert address in page
    keeper.post(address)
    assert not is_in(theirs)
    assert AuditEntry.objects.get(verb="session_ended").actor == office.security


@pytest.mark.parametrize("who", ["granter", "auditor"])
def test_others_see_the_sessions_without_the_button(office, who):
    theirs, other = enter(agent=PHONE), enter(who)
    page = other.get(reverse("admin:portal_user_change", args=[office.collector.pk])).content.decode()
    address = reverse("admin:portal_user_end", args=[office.collector.pk, row_of(theirs).pk])
    assert "手机 · 微信" in page
    assert address not in page
    assert other.post(address).status_code == 403
    assert is_in(theirs)


# --- the sweep ------------------------------------------------------------------------------------------


def test_the_sweep_ends_what_nobody_came_back_to_and_may_run_twice(office):
    with clock.at(MORNING):
        left = enter()
        stays = enter(agent=PHONE)
    with clock.at(MORNING + timedelta(minutes=45)):
        assert is_in(stays)
    with clock.at(MORNING + timedelta(minutes=61)):
        assert [operations.sessions.close_sessions() for _ in range(2)] == [1, 0]
    ended = SignedIn.objects.get(ended_at__isnull=False)
    assert (ended.session_key, ended.ending) == (left.cookies["sessionid"].value, Ending.IDLE)
    assert not Session.objects.filter(session_key=ended.session_key).exists()
    assert audit.verify().reason == ""


def test_the_sweep_clears_the_data_of_expired_sessions(office, morning):
    Client().get("/")
    browser = enter()
    key = browser.cookies["sessionid"].value
    morning.shift(timedelta(hours=11))
    operations.sessions.close_sessions()
    assert not Session.objects.filter(session_key=key).exists()
    assert told(browser) == [f"{IDLE_LINE}。"]


def test_a_session_past_its_limit_is_not_listed_even_before_the_sweep(office, morning):
    enter(agent=PHONE)
    minutes(morning, 61)
    enter()
    assert [row.device for row in sessions.live_of(office.collector)] == ["电脑 · Chrome"]


# --- how often the database is asked --------------------------------------------------------------------


def questions(browser: Client, address: str) -> list[str]:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(address).status_code == 200
    return [one["sql"] for one in queries]


def test_whether_a_sign_in_holds_costs_one_question_and_a_visitor_none(office):
    browser = enter()
    asked = [sql for sql in questions(browser, "/desk/notices/") if "portal_signedin" in sql]
    assert len(asked) == 1
    for visitor in (Client(), _visitor_with_a_session()):
        assert [sql for sql in questions(visitor, "/") if "portal_signedin" in sql] == []


def _visitor_with_a_session() -> Client:
    visitor = Client()
    session = visitor.session
    session["seen"] = "before"
    session.save()
    return visitor


def test_the_account_page_asks_as_often_with_thirty_sessions_as_with_one(office):
    here = enter()
    with_one = len(questions(here, "/account/"))
    for _ in range(29):
        enter(agent=PHONE)
    assert len(questions(here, "/account/")) == with_one
    assert with_one <= 14
    assert len(here.get("/account/").context["live"]) == 30


def test_a_persons_page_asks_as_often_with_thirty_sessions_as_with_one(office):
    keeper, address = enter("security"), reverse("admin:portal_user_change", args=[office.collector.pk])
    enter()
    keeper.get(address)  # kinds of things are looked up once a process
    with_one = len(questions(keeper, address))
    for _ in range(29):
        enter()
    assert len(questions(keeper, address)) == with_one


# --- the page itself ------------------------------------------------------------------------------------


def test_the_account_page_tells_sign_ins_and_failed_attempts_of_this_person_only(office):
    Client().post("/login/", {"username": "collector", "password": "wrong"})
    Client().post("/login/", {"username": "moderator", "password": "wrong"})
    page = enter().get("/account/")
    assert [entry.verb for entry in page.context["sign_ins"]] == ["sign_in", "sign_in_failed"]
    assert "登录失败" in page.content.decode()


def test_the_account_page_is_reached_from_the_desk_and_from_every_page(office):
    browser = enter()
    assert '<a href="/account/">我的账号</a>' in browser.get("/desk/").content.decode()
    assert 'href="/account/"' in browser.get("/").content.decode()
    assert 'href="/password/"' in browser.get("/account/").content.decode()
