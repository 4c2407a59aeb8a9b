"""`first_people`: how an installation begins, once (三员分立)."""

import re

import pytest
from django.core.management import CommandError, call_command

from columns import queries, rules
from columns.models import Appointment
from portal.enums import Power
from portal.models import AuditEntry, Site, User

pytestmark = pytest.mark.django_db

FOUR = {"chief": "1001:沈静", "granter": "1002:吴磊", "security": "1003:何安", "audit": "1004:钱程"}


@pytest.fixture
def begin(capsys, jiangsu):
    """`begin(chief="…")` runs it on a fresh installation and gives the lines printed."""

    def run(**changed: str) -> list[str]:
        call_command("first_people", **{**FOUR, **changed})
        return capsys.readouterr().out.splitlines()

    return run


@pytest.fixture(autouse=True)
def _database(db):
    pass


def test_four_people_hold_their_posts_on_every_site(begin):
    lines = begin()
    assert [re.match(r"(.+)：(\d+) (.+?)  初始密码 \S+（首次登录须修改）", line).groups() for line in lines] == [
        ("总版主", "1001", "沈静"), ("网管", "1002", "吴磊"),
        ("安全管理员", "1003", "何安"), ("审计管理员", "1004", "钱程"),
    ]  # fmt: skip
    for number, power in zip(
        ("1001", "1002", "1003", "1004"),
        (Power.CONSENT, Power.GRANT, Power.SECURITY, Power.AUDIT),
        strict=True,
    ):
        person = User.objects.get(staff_number=number)
        assert rules.powers_of(person).sites_with(power) == set(Site.objects.values_list("pk", flat=True))
    assert queries.drift() == []


def test_each_enters_with_the_printed_password_and_must_change_it(begin, client):
    for line in begin():
        number, password = re.search(r"：(\d+) .+ 初始密码 (\S+)（", line).groups()
        answer = client.post("/login/", {"username": number, "password": password})
        assert answer.status_code == 302
        assert client.get("/desk/")["Location"].startswith("/password/")
        client.logout()


def test_everything_is_on_record_as_done_by_the_system(begin):
    begin()
    rows = AuditEntry.objects.filter(verb="appoint")
    assert rows.count() == Appointment.objects.count() == 4 * Site.objects.count()
    assert {row.actor.staff_number for row in rows} == {"system"}


def test_it_works_only_while_nobody_holds_a_power(begin):
    begin()
    with pytest.raises(CommandError, match="已经有人持有权限；新的授权请在权限档案中提出"):
        begin(chief="2001:别人")
    assert not User.objects.filter(staff_number="2001").exists()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"audit": "1003:何安"}, "四个岗位须由四个人担任"),
        ({"chief": "1001"}, "--chief 的写法是 工号:姓名"),
        ({"granter": ":吴磊"}, "--granter 的写法是 工号:姓名"),
    ],
)
def test_wrong_words_are_told_and_nobody_is_hired(begin, changed, message):
    with pytest.raises(CommandError, match=message):
        begin(**changed)
    assert not User.objects.filter(staff_number__startswith="100").exists()


def test_without_a_preset_it_says_what_to_do_first(db):
    with pytest.raises(CommandError, match="请先 load_preset"):
        call_command("first_people", **FOUR)
    assert not User.objects.filter(staff_number="1001").exists()
