"""登录、退出、修改密码: by staff number, with a trail, and never further than this host."""

import logging

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import reverse

from portal.models import AuditEntry, User

pytestmark = pytest.mark.django_db
PASSWORD = "test-Portal-2026"
NEW = "zhuanqiang-8842"


def sign_in(client, number="collector", password=PASSWORD, address="/login/"):
    return client.post(address, {"username": number, "password": password})


def test_login_page_asks_for_number_and_password_in_chinese(client, office):
    page = client.get("/login/").content.decode()
    assert [word in page for word in ("工号", "密码", ">登录</button>", "Username")] == [
        True,
        True,
        True,
        False,
    ]


def test_signing_in_leads_to_the_desk_and_leaves_a_trail(client, office):
    assert sign_in(client).headers["Location"] == reverse("desk:home")
    entry = AuditEntry.objects.get(verb="sign_in")
    assert (entry.actor, entry.object_type, entry.object_id, entry.address) == (
        office.collector, "portal.user", str(office.collector.pk), "127.0.0.1",
    )  # fmt: skip


def test_signing_in_gives_a_new_session_key(client, office):
    session = client.session
    session["seen"] = "before"
    session.save()
    sign_in(client)
    assert client.session["seen"] == "before"
    assert client.session.session_key != session.session_key


@pytest.mark.parametrize("number", ["collector", "nobody"])
def test_wrong_sign_in_says_the_same_and_keeps_the_number(client, office, number):
    page = sign_in(client, number, "wrong").content.decode()
    assert "工号或密码不正确，请重新输入" in page
    assert f'value="{number}"' in page
    assert SESSION_KEY not in client.session


def test_failed_sign_in_of_a_known_person_is_audited_by_the_system(client, office):
    sign_in(client, "collector", "wrong")
    entry = AuditEntry.objects.get(verb="sign_in_failed")
    assert (str(entry.actor), entry.object_id) == ("系统", str(office.collector.pk))


def test_unknown_number_is_logged_not_audited(client, office, caplog):
    with caplog.at_level(logging.WARNING, "portal.operations.sign_in"):
        sign_in(client, "nobody", "wrong")
    assert [record.getMessage() for record in caplog.records] == ["登录失败：没有工号 'no…'（6 字）"]
    assert not AuditEntry.objects.filter(verb="sign_in_failed").exists()


def test_nothing_typed_is_told_at_the_fields(client, office):
    errors = sign_in(client, "", "").context["form"].errors
    assert errors == {"username": ["请填写工号"], "password": ["请填写密码"]}


def test_a_blocked_person_cannot_sign_in(client, office):
    User.objects.filter(staff_number="collector").update(is_active=False)
    assert sign_in(client).status_code == 200
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize(
    ("wanted", "led_to"),
    [
        ("/desk/reviews/", "/desk/reviews/"),
        ("/s/beiqiao/c/yaowenbaodao/", "/s/beiqiao/c/yaowenbaodao/"),
        ("https://evil.example/", "/desk/"),
        ("//evil.example/", "/desk/"),
    ],
)
def test_next_is_followed_within_this_host_only(client, office, wanted, led_to):
    typed = {"username": "collector", "password": PASSWORD, "next": wanted}
    assert client.post("/login/", typed).headers["Location"] == led_to


def test_sub_sites_have_their_own_door(client, office):
    assert "北桥工商所" in client.get("/s/beiqiao/login/").content.decode()
    assert sign_in(client, address="/s/beiqiao/login/").status_code == 302


def test_signing_out_is_a_post_and_leaves_a_trail(client, office):
    client.force_login(office.collector)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").headers["Location"] == "/"
    assert AuditEntry.objects.get(verb="sign_out").actor == office.collector


def change(client, old=PASSWORD, new=NEW, again=NEW):
    return client.post("/password/", {"old_password": old, "new_password1": new, "new_password2": again})


def test_changing_the_password_keeps_the_session_and_ends_the_initial_one(client, office):
    User.objects.filter(pk=office.collector.pk).update(has_initial_password=True)
    sign_in(client)
    assert change(client).headers["Location"] == reverse("desk:home")
    person = User.objects.get(pk=office.collector.pk)
    assert (person.check_password(NEW), person.has_initial_password) == (True, False)
    assert client.get(reverse("desk:home")).status_code == 200
    assert AuditEntry.objects.get(verb="change_password").actor == office.collector


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"old": "wrong"}, "old_password", "原密码不正确，请重新输入。"),
        ({"again": "other-Portal-1"}, "new_password2", "两次输入的新密码不一致。"),
        ({"new": "", "again": ""}, "new_password1", "请填写新密码"),
    ],
)
def test_a_refused_password_is_told_at_the_field(client, office, typed, field, message):
    sign_in(client)
    assert change(client, **typed).context["form"].errors[field] == [message]
    assert User.objects.get(pk=office.collector.pk).check_password(PASSWORD)


def test_a_weak_password_is_refused_in_chinese(client, office):
    sign_in(client)
    errors = change(client, new="12345", again="12345").context["form"].errors["new_password1"]
    assert errors == [
        "密码太短：至少 10 位，现在 5 位。",
        "字符种类太少：大写字母、小写字母、数字、符号中至少含 3 类，现在只有数字。",
        "这个密码太常见了。",
    ]
