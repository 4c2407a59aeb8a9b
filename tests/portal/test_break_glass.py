"""应急账号 (GB/T 22239-2019 访问控制): one envelope, one sign-in, an alarm, an end; no other superuser at all."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from columns import operations as column_operations
from columns.models import Role
from columns.rules import powers_of
from portal import clock, notices, operations
from portal.enums import Power
from portal.models import AuditEntry, Notice, User
from portal.workflow import NotAllowed, Refused
from tests.portal.test_sign_in_guard import fail, set_parameter, sign_in

pytestmark = pytest.mark.django_db
BANNER = "应急账号正在使用，全部操作已报警并记录"


def console(act: str) -> str:
    out = StringIO()
    call_command("break_glass", act, stdout=out)
    return out.getvalue()


@pytest.fixture
def envelope(office) -> str:
    """The password as it is printed for the envelope."""
    return re.search(r"密码：(\S+)", console("seal"))[1]


@pytest.fixture
def opened(client, envelope):
    sign_in(client, "yingji", envelope, at=clock.now())
    return client


def account() -> User:
    return User.objects.get(staff_number="yingji")


# --- sealing --------------------------------------------------------------------------------------------


def test_sealing_prints_a_long_password_once_and_keeps_only_its_hash(envelope):
    assert re.fullmatch(r"([A-HJ-NP-Za-km-z2-9]{4}-){5}[A-HJ-NP-Za-km-z2-9]{4}", envelope)
    assert account().check_password(envelope)
    assert not AuditEntry.objects.filter(note__contains=envelope).exists()
    assert AuditEntry.objects.get(verb="seal").label == "建立并封存应急账号"


def test_sealing_anew_ends_the_old_envelope(client, envelope):
    assert console("seal").split("密码：")[1].split()[0] != envelope
    assert User.objects.filter(is_superuser=True).count() == 1
    assert sign_in(client, "yingji", envelope).status_code == 200


def test_sealing_lifts_a_lock_that_somebody_provoked(client, envelope):
    assert fail(client, "yingji", at=clock.now()).status_code == 429
    anew = console("seal").split("密码：")[1].split()[0]
    assert sign_in(client, "yingji", anew, at=clock.now()).status_code == 302


def test_a_person_of_that_number_is_never_made_a_superuser(office):
    User.objects.create_user("yingji", "test-Portal-2026", name="应季")
    with pytest.raises(CommandError, match="已由应季使用"):
        console("seal")
    assert not User.objects.filter(is_superuser=True).exists()


def test_status_tells_how_it_stands(client, office):
    assert console("status") == "应急账号尚未建立；请执行 break_glass seal 封存。\n"
    password = re.search(r"密码：(\S+)", console("seal"))[1]
    assert console("status").startswith("应急账号已封存，未启用")
    sign_in(client, "yingji", password, at=clock.now())
    assert console("status").startswith("应急账号正在使用")
    with clock.at(clock.now() + timedelta(hours=2)):
        assert console("status").startswith("应急账号已用完")


# --- opening --------------------------------------------------------------------------------------------


def test_opening_raises_the_alarm_with_everybody_concerned(client, office, envelope):
    User.objects.filter(pk=office.chief.pk).update(email="chief@example.cn")
    User.objects.filter(pk=office.auditor.pk).update(email="audit@example.cn")
    sign_in(client, "yingji", envelope, at=clock.now())
    told = Notice.objects.filter(title="报警：应急账号已启用")
    assert {notice.recipient for notice in told} == {
        office.granter,
        office.security,
        office.auditor,
        office.chief,
    }
    entry = AuditEntry.objects.get(verb="unseal")
    assert (entry.actor, entry.label) == (account(), "启用应急账号")
    assert notices.email_notices() == 2
    assert {letter.to[0] for letter in mail.outbox} == {"chief@example.cn", "audit@example.cn"}


def test_the_banner_stands_on_every_page(opened, office):
    pages = [
        "/",
        "/desk/",
        reverse("admin:portal_user_changelist"),
        reverse("admin:portal_signinlock_changelist"),
    ]
    assert [BANNER in opened.get(page).content.decode() for page in pages] == [True] * 4


def test_nobody_else_sees_the_banner(client, office):
    client.force_login(office.granter)
    assert BANNER not in client.get("/desk/").content.decode()


def test_the_password_is_used_up(opened, envelope, client):
    opened.post("/logout/")
    assert sign_in(client, "yingji", envelope, at=clock.now()).status_code == 200
    assert SESSION_KEY not in client.session


def test_of_two_with_the_same_envelope_one_comes_in(envelope):
    one, other = account(), account()
    assert (operations.open_seal(one), operations.open_seal(other)) == (True, False)
    assert AuditEntry.objects.filter(verb="unseal").count() == 1


def test_an_envelope_sealed_anew_meanwhile_opens_nothing(envelope):
    before = account()
    console("seal")
    assert operations.open_seal(before) is False


def test_the_session_ends_after_its_minutes_whatever_happens(opened):
    start = account().unsealed_at
    with clock.at(start + timedelta(minutes=59)):
        assert opened.get("/desk/").status_code == 200
    with clock.at(start + timedelta(minutes=60)):
        page = opened.get(reverse("admin:portal_user_changelist"), follow=True)
    assert page.redirect_chain[0][0] == "/login/"
    assert "应急账号的使用时间已到" in page.content.decode()
    assert SESSION_KEY not in opened.session
    assert AuditEntry.objects.get(verb="session_ended").object_label == "应急账号"


def test_the_minutes_are_a_parameter(opened):
    set_parameter("break_glass_minutes", 10)
    with clock.at(account().unsealed_at + timedelta(minutes=11)):
        assert opened.get("/desk/").status_code == 302
    assert SESSION_KEY not in opened.session


def test_sealing_anew_ends_the_session_at_once(opened):
    console("seal")
    assert opened.get("/desk/").headers["Location"].startswith("/login/")


# --- what it may ----------------------------------------------------------------------------------------


def test_it_opens_structure_ledger_and_safety_pages(opened, office):
    models = ("site", "department", "user", "calendarday", "parameter", "signinlock", "auditentry")
    pages = [f"admin:portal_{model}_changelist" for model in models]
    pages += ["desk:ledger", "desk:propose"]
    assert {page: opened.get(reverse(page)).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_it_has_no_power_over_texts(opened, office, write):
    revision = write(upto="report")
    addresses = [
        reverse("desk:review", args=[revision.pk]), reverse("desk:article", args=[revision.article_id]),
        reverse("admin:publishing_article_changelist"), reverse("admin:publishing_article_add"),
    ]  # fmt: skip
    assert [opened.get(address).status_code for address in addresses] == [404, 404, 403, 403]
    assert not powers_of(account()).anywhere(*Power)


def test_the_ledger_grants_it_nothing(opened, office):
    with pytest.raises(Refused, match="应急账号不授予任何权限"):
        column_operations.appoint(
            account(), Role.objects.get(key="MODERATOR"), office.main, by=office.system, reason="试"
        )


def test_it_cannot_give_itself_a_password_for_later(opened, envelope):
    assert opened.get("/password/").status_code == 403
    with pytest.raises(NotAllowed):
        operations.save_person(account(), by=account(), initial_password="Houmen-Mima-1")


def test_it_can_reset_the_password_of_a_site_administrator(opened, office):
    form = {
        "name": "网管", "department": office.section.pk, "title": "", "email": "", "phone": "", "is_active": "on",
        "is_staff": "on", "initial_password": "chushi-Mima-1", "staff_number": "granter",
    }  # fmt: skip
    assert opened.post(reverse("admin:portal_user_change", args=[office.granter.pk]), form).status_code == 302
    entry = AuditEntry.objects.get(verb="reset_password")
    assert (entry.actor, entry.object_label) == (account(), "网管")


def test_nobody_changes_it_from_the_admin(client, office, envelope):
    with pytest.raises(NotAllowed, match="只能在服务器上"):
        operations.save_person(account(), by=office.granter)
    with pytest.raises(Refused, match="留给应急账号"):
        operations.save_person(User(staff_number="yingji", name="假"), by=office.granter)


# --- other superusers -----------------------------------------------------------------------------------


@pytest.fixture
def root(office) -> User:
    return User.objects.create_superuser("root", "Root-Mima-2026", name="超级")


@pytest.mark.parametrize("password", ["Root-Mima-2026", "wrong"])
def test_any_other_superuser_is_refused_like_a_stranger_and_audited(client, root, password):
    page = sign_in(client, "root", password)
    assert page.context["form"].non_field_errors() == ["工号或密码不正确，请重新输入。"]
    assert SESSION_KEY not in client.session
    entry = AuditEntry.objects.get(verb="superuser_refused")
    assert (str(entry.actor), entry.object_label) == ("系统", "超级")


def test_a_superuser_never_sealed_does_not_open_under_the_name_either(client, office):
    User.objects.create_superuser("yingji", "Root-Mima-2026", name="应急")
    assert sign_in(client, "yingji", "Root-Mima-2026").status_code == 200
    assert SESSION_KEY not in client.session


def test_a_superusers_session_from_elsewhere_ends_at_the_next_page(client, root):
    client.force_login(root)
    assert client.get("/desk/").headers["Location"] == "/login/"
    assert SESSION_KEY not in client.session
    assert AuditEntry.objects.filter(verb="superuser_refused").count() == 1


def test_a_session_while_the_seal_is_whole_ends_too(client, envelope):
    client.force_login(account())
    assert client.get("/").headers["Location"] == "/login/"
