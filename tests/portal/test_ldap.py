"""Signing in and filling the register from the office's directory: a real slapd with Chinese names in it."""

import io
import json
from types import SimpleNamespace

import pytest
from django.contrib.auth import SESSION_KEY, authenticate
from django.core.management import CommandError, call_command
from django.test import Client

from portal.models import AuditEntry, User
from portal.operations import sync_staff
from portal.settings.sign_on import ATTRIBUTES, Directory
from scripts import services

pytest.importorskip("django_auth_ldap", reason="the packages of single sign-on are not installed")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not services.program("slapd"), reason="slapd is not installed"),
]
LOCAL, THEIRS = "test-Portal-2026", "mulu-Mima-2026"
CREDENTIALS = "工号或密码不正确，请重新输入"


def entry(number: str, name: str, **more) -> str:
    lines = [
        f"dn: uid={number},ou=people,dc=example,dc=cn", "objectClass: inetOrgPerson", f"uid: {number}",
        f"cn: {name}", f"sn: {name[0]}", f"userPassword: {THEIRS}",
    ]  # fmt: skip
    return "\n".join([*lines, *(f"{key}: {value}" for key, value in more.items())]) + "\n\n"


PEOPLE = (
    entry("collector", "信息员", departmentNumber="beiqiao", title="副科长", telephoneNumber="0573-8221")
    + entry("L001", "李　岚", departmentNumber="bangongshi", mail="lilan@example.cn")
    + entry("L002", "赵六", departmentNumber="houqin")
    + "".join(entry(f"M{at:04}", f"人员{at}") for at in range(620))
)


@pytest.fixture(scope="module")
def slapd():
    with services.slapd(PEOPLE) as environment:
        yield SimpleNamespace(
            url=environment["LDAP_URL"],
            user_base=environment["LDAP_USER_BASE"],
            bind_dn=environment["LDAP_BIND_DN"],
            bind_password=environment["LDAP_BIND_PASSWORD"],
        )


@pytest.fixture
def directory(slapd, settings, office):
    """`directory(creates=True)` sets the portal up for it; "url" and others may be set wrong."""

    def set_up(**changes) -> None:
        settings.LDAP = Directory(**(vars(slapd) | changes))
        settings.AUTHENTICATION_BACKENDS = [
            "portal.backends.directory.DirectoryBackend",
            *settings.AUTHENTICATION_BACKENDS,
        ]

    return set_up


def sign_in(client, number: str, password: str):
    return client.post("/login/", {"username": number, "password": password})


# --- signing in -------------------------------------------------------------------------------------


def test_the_directorys_password_lets_a_registered_person_in(client, office, directory):
    directory()
    assert sign_in(client, "collector", THEIRS).status_code == 302
    assert client.session[SESSION_KEY] == str(office.collector.pk)
    assert AuditEntry.objects.get(verb="sign_in").actor == office.collector
    assert client.get("/desk/").status_code == 200


def test_signing_in_writes_nothing_into_the_register(client, office, directory):
    directory()
    before = User.objects.filter(pk=office.collector.pk).values().get()
    sign_in(client, "collector", THEIRS)
    after = User.objects.filter(pk=office.collector.pk).values().get()
    assert {name for name in before if before[name] != after[name]} == {"last_login"}


def test_powers_come_from_the_ledger_and_never_from_the_directory(client, office, directory):
    directory()
    sign_in(client, "collector", THEIRS)
    person = authenticate(None, username="collector", password=THEIRS)
    assert person.get_all_permissions() == set()
    assert (person.is_superuser, person.has_perm("portal.system")) == (False, False)
    assert client.get("/admin/portal/user/").status_code == 403


@pytest.mark.parametrize("password", ["wrong", THEIRS + " ", "", "*"])
def test_a_wrong_password_is_refused_and_recorded(client, office, directory, password):
    directory()
    page = sign_in(client, "collector", password)
    assert SESSION_KEY not in client.session
    assert page.status_code == 200
    assert AuditEntry.objects.filter(verb="sign_in_failed").count() == bool(password)


@pytest.mark.parametrize(
    "number", ["*", "collector)(uid=*", "*)(objectClass=*", "coll*", "COLLECTOR", "Collector", "uid=collector", "\\2a"]
)  # fmt: skip
def test_nobody_gets_in_by_a_number_that_is_not_theirs(client, office, directory, number):
    directory()
    sign_in(client, number, THEIRS)
    assert SESSION_KEY not in client.session


def test_whoever_is_not_registered_is_told_so_and_not_created(client, office, directory):
    directory()
    page = sign_in(client, "L001", THEIRS).content.decode()
    assert "人员名册中没有您的工号" in page
    assert not User.objects.filter(staff_number="L001").exists()


def test_a_stranger_with_a_wrong_password_learns_nothing(client, office, directory):
    directory()
    page = sign_in(client, "L001", "wrong").content.decode()
    assert (CREDENTIALS in page, "人员名册" in page) == (True, False)


def test_where_the_office_wants_it_the_directory_adds_people(client, office, directory):
    directory(creates=True)
    assert sign_in(client, "L001", THEIRS).status_code == 302
    person = User.objects.get(staff_number="L001")
    assert (person.name, person.department, person.email) == ("李岚", office.section, "lilan@example.cn")
    assert (person.is_staff, person.has_usable_password()) == (False, False)
    added = AuditEntry.objects.get(verb="add", object_id=str(person.pk))
    assert (str(added.actor), added.note) == ("系统", "据统一目录 uid=l001,ou=people,dc=example,dc=cn")


def test_whom_the_intake_refuses_the_directory_cannot_add(client, office, directory):
    directory(creates=True)
    sign_in(client, "L002", THEIRS)  # of a department nobody knows
    assert not User.objects.filter(staff_number="L002").exists()


def test_a_disabled_person_stays_out_and_is_put_out(client, office, directory):
    directory()
    sign_in(client, "collector", THEIRS)
    User.objects.filter(pk=office.collector.pk).update(is_active=False)
    assert client.get("/desk/").status_code == 302
    again = Client()
    sign_in(again, "collector", THEIRS)
    assert SESSION_KEY not in again.session


def test_who_is_not_in_the_directory_uses_the_local_password(client, office, directory):
    directory()
    assert sign_in(client, "moderator", LOCAL).status_code == 302


@pytest.mark.parametrize("door", ["ldap://127.0.0.1:1", "ldap://192.0.2.1"], ids=["refused", "silent"])
def test_when_the_directory_is_away_local_passwords_work_and_the_page_says_so(
    client, office, directory, caplog, monkeypatch, door
):
    monkeypatch.setattr("portal.directory.SECONDS", 1)
    directory(url=door)
    page = sign_in(client, "collector", THEIRS).content.decode()
    assert "统一目录暂时连不上" in page
    assert f"统一目录不可用：连不上目录 {door}" in caplog.text
    assert sign_in(client, "collector", LOCAL).status_code == 302


def test_an_account_the_directory_does_not_know_is_the_operators_business(client, office, directory, caplog):
    directory(bind_password="wrong")
    assert "统一目录暂时连不上" in sign_in(client, "collector", THEIRS).content.decode()
    assert "请检查 LDAP_BIND_DN 与 LDAP_BIND_PASSWORD" in caplog.text
    assert "wrong" not in caplog.text


# --- filling the register ---------------------------------------------------------------------------


def run(*arguments) -> str:
    out = io.StringIO()
    call_command("sync_staff", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_the_directory_is_judged_like_a_workbook(office, directory):
    directory()
    told = json.loads(run("--dry-run", "--format", "json"))
    assert len(told["new"]) == 621  # more than a directory gives at once
    assert told["changed"][0]["changes"] == {
        "department": ["办公室", "北桥工商所"], "title": ["", "副科长"], "phone": ["", "0573-8221"],
    }  # fmt: skip
    assert [(one["who"], one["reason"]) for one in told["refused"]] == [
        ("L002 赵六", "没有名为“houqin”的部门")
    ]
    assert {"staff_number": "moderator", "name": "版主"} in told["absent"]
    assert (told["source"], told["applied"], User.objects.count()) == ("统一目录", False, 11)


def test_the_sweep_does_it_by_night_and_twice_is_harmless(office, directory, caplog):
    directory()
    assert (sync_staff(), sync_staff()) == (622, 0)
    office.collector.refresh_from_db()
    assert (office.collector.title, office.collector.is_staff) == ("副科长", True)
    assert User.objects.get(staff_number="moderator").is_active
    assert not User.objects.get(staff_number="L001").has_usable_password()
    assert (
        "人员没有同步：统一目录 uid=L002,ou=people,dc=example,dc=cn L002 赵六：没有名为“houqin”的部门"
        in caplog.text
    )


def test_attributes_may_have_other_names(office, directory):
    directory(attributes={"staff_number": "UID", "name": "sn", "title": "description"})
    (changed,) = json.loads(run("--dry-run", "--format", "json"))["changed"]
    assert changed["changes"] == {"name": ["信息员", "信"]}


def test_the_sweep_lets_an_absent_directory_be(office, directory, caplog):
    directory(url="ldap://127.0.0.1:1")
    assert sync_staff() == 0
    assert "人员没有同步：连不上目录 ldap://127.0.0.1:1" in caplog.text


def test_without_a_directory_the_sweep_has_nothing_to_do(office):
    assert sync_staff() == 0
    with pytest.raises(CommandError, match="没有设置 LDAP_URL"):
        run()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"url": "ldap://127.0.0.1:1"}, "连不上目录 ldap://127.0.0.1:1"),
        ({"bind_password": "wrong"}, "请检查 LDAP_BIND_DN 与 LDAP_BIND_PASSWORD"),
        ({"user_base": "ou=nobody,dc=example,dc=cn"}, "请检查 LDAP_USER_BASE"),
        ({"user_filter": "((uid=%(user)s)"}, "请检查 LDAP_USER_FILTER"),
        ({"starttls": True}, "目录"),
    ],
)
def test_the_command_says_what_to_look_at(office, directory, wrong, said):
    directory(**wrong)
    with pytest.raises(CommandError, match=said):
        run()


def test_the_usual_attributes_are_those_of_inetorgperson():
    assert ATTRIBUTES["staff_number"] == "uid"
