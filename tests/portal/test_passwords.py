"""密码 (GB/T 22239-2019 身份鉴别; 石家庄第三十条): rules by the parameters, history, and the change that is due."""

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal import clock, operations, passwords
from portal.enums import PasswordDue
from portal.models import PasswordRecord, User
from portal.workflow import NotAllowed
from tests.portal.test_sign_in_guard import set_parameter

pytestmark = pytest.mark.django_db
PASSWORD, NEW = "test-Portal-2026", "zhuanqiang-8842"


def complaints(password: str, user: User | None = None) -> list[str]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return error.messages
    return []


# --- the rules ------------------------------------------------------------------------------------------


def test_a_good_password_has_nothing_said_against_it(office):
    assert complaints(NEW, office.collector) == []


def test_every_unmet_rule_is_told_at_once(office):
    assert complaints("李岚123", User(staff_number="7", name="李岚")) == [
        "密码太短：至少 10 位，现在 5 位。",
        "字符种类太少：大写字母、小写字母、数字、符号中至少含 3 类，现在只有数字、符号。",
        "密码中不能含有本人的姓名。",
    ]


@pytest.mark.parametrize(
    ("password", "kinds"),
    [
        ("abc", ["小写字母"]),
        ("aB3", ["大写字母", "小写字母", "数字"]),
        ("a-B3", ["大写字母", "小写字母", "数字", "符号"]),
        ("密码", ["符号"]),
        ("a b", ["小写字母", "符号"]),
        ("", []),
    ],
)
def test_kinds_of_characters(password, kinds):
    assert passwords.kinds_in(password) == kinds


def test_the_numbers_are_read_when_asked(office):
    set_parameter("password_length", 20)
    assert complaints(NEW) == ["密码太短：至少 20 位，现在 15 位。"]
    for key in ("password_length", "password_kinds", "password_history"):
        set_parameter(key, None)
    assert complaints("qzxj", office.collector) == []


def test_more_kinds_than_there_are_ask_for_all(office):
    set_parameter("password_kinds", 9)
    assert complaints("zhuanqiang-88-ABC") == []


def test_neither_number_nor_name_may_stand_in_it(office):
    person = User(staff_number="Gz1024", name="欧阳修远")
    assert complaints("x-gz1024-欧阳修远-X", person) == ["密码中不能含有本人的工号、姓名。"]


def test_a_number_of_two_digits_forbids_no_password(office):
    assert complaints("zhuanqiang-8842", User(staff_number="42", name="")) == []


def test_what_resembles_the_number_or_the_address_is_refused(office):
    person = User(staff_number="zhangwei", name="张伟", email="zhangwei2026@example.cn")
    assert complaints("Zhangwei-2026", person)[-1] == "密码跟 工号 太相似了。"


def test_a_password_longer_than_any_is_refused(office):
    assert complaints("aB3-" * 100) == ["密码太长：至多 128 位。"]


def test_the_help_is_composed_from_the_parameters(office):
    assert passwords.help_text() == (
        "至少 10 位；大写字母、小写字母、数字、符号中至少含 3 类；不含本人的工号、姓名，也不是常见密码；"
        "不与最近 5 次用过的密码相同；每 90 天更换一次。"
    )
    for key in ("password_kinds", "password_history", "password_days"):
        set_parameter(key, None)
    assert passwords.help_text() == "至少 10 位；不含本人的工号、姓名，也不是常见密码。"


def test_the_settings_name_every_rule(settings):
    names = [type(one).__name__ for one in get_password_validators(settings.AUTH_PASSWORD_VALIDATORS)]
    assert names == [
        "Length", "Kinds", "NotPersonal", "NotReused", "UserAttributeSimilarityValidator", "CommonPasswordValidator",
    ]  # fmt: skip


# --- history --------------------------------------------------------------------------------------------


def test_none_of_the_last_five_comes_back_and_the_sixth_may(office):
    used = [PASSWORD] + [f"zhuanqiang-{number}" for number in range(5)]
    for password in used[1:]:
        operations.change_password(office.collector, password)
    told = {password: complaints(password, office.collector) for password in used}
    assert told == {
        used[0]: [],
        **{password: ["不能与最近 5 次用过的密码相同。"] for password in used[1:]},
    }


def test_no_more_old_passwords_are_kept_than_are_asked_for(office):
    for number in range(9):
        operations.change_password(office.collector, f"zhuanqiang-{number}")
    assert PasswordRecord.objects.filter(user=office.collector).count() == 5


def test_a_reset_password_counts_as_used(office):
    operations.save_person(office.collector, by=office.granter, initial_password="chushi-Mima-1")
    assert complaints(PASSWORD, office.collector) == ["不能与最近 5 次用过的密码相同。"]


def test_whoever_resets_a_password_does_not_learn_the_present_one(office):
    assert passwords.check_initial(PASSWORD, office.collector) is None
    with pytest.raises(ValidationError, match="密码太短"):
        passwords.check_initial("kurz", office.collector)


# --- the change that is due -----------------------------------------------------------------------------


def aged(person: User, days: float) -> User:
    person.password_set_at = clock.now() - timedelta(days=days)
    person.save(update_fields=["password_set_at"])
    return person


def initial(person: User, **more) -> User:
    User.objects.filter(pk=person.pk).update(has_initial_password=True, **more)
    person.refresh_from_db()
    return person


def test_when_a_change_is_due(office):
    assert passwords.why_due(aged(office.collector, 89.9)) is None
    assert passwords.why_due(aged(office.collector, 90)) == PasswordDue.EXPIRED
    assert passwords.why_due(initial(office.head_person)) == PasswordDue.INITIAL
    set_parameter("password_days", None)
    assert passwords.why_due(office.collector) is None


def test_a_sample_person_and_one_of_a_directory_are_never_forced(office):
    assert passwords.why_due(initial(aged(office.collector, 400), is_sample=True)) is None
    office.staff.set_unusable_password()
    assert passwords.why_due(aged(office.staff, 400)) is None


@pytest.mark.parametrize("name", ["desk:home", "desk:reviews", "desk:notices", "admin:index"])
def test_every_page_of_work_leads_to_the_change_and_back(client, office, name):
    client.force_login(initial(office.collector))
    page = client.get(reverse(name), {"page": 2}, follow=True)
    assert page.redirect_chain[0][0] == f"/password/?next={reverse(name).replace('/', '%2F')}%3Fpage%3D2"
    assert PasswordDue.INITIAL.label in page.content.decode()
    assert f'name="next" value="{reverse(name)}?page=2"' in page.content.decode()


def test_sub_sites_desks_lead_there_too(client, office):
    client.force_login(aged(office.collector, 91))
    page = client.get("/s/beiqiao/desk/", follow=True)
    assert page.redirect_chain == [("/password/?next=%2Fs%2Fbeiqiao%2Fdesk%2F", 302)]
    assert PasswordDue.EXPIRED.label in page.content.decode()


def test_public_pages_sign_out_and_the_change_itself_stay_open(client, office, write):
    text = write(upto="publish").article
    client.force_login(aged(office.collector, 91))
    for address in ("/", text.get_absolute_url(), "/search/?q=例会", "/password/"):
        assert client.get(address).status_code == 200
    assert client.post("/admin/logout/").headers["Location"] == "/"


def test_after_the_change_the_person_is_back_where_they_came_from(client, office):
    client.force_login(aged(office.collector, 91))
    typed = {
        "old_password": PASSWORD,
        "new_password1": NEW,
        "new_password2": NEW,
        "next": "/desk/reviews/?page=2",
    }
    assert client.post("/password/", typed).headers["Location"] == "/desk/reviews/?page=2"
    assert client.get("/desk/").status_code == 200


def test_a_refused_change_keeps_the_way_back(client, office):
    client.force_login(aged(office.collector, 91))
    typed = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW, "next": "/desk/reviews/"}
    assert 'name="next" value="/desk/reviews/"' in client.post("/password/", typed).content.decode()


def test_nobody_is_led_to_another_host(client, office):
    client.force_login(office.collector)
    typed = {
        "old_password": PASSWORD,
        "new_password1": NEW,
        "new_password2": NEW,
        "next": "https://evil.example/",
    }
    assert client.post("/password/", typed).headers["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/desk/reviews/7/?a=1", "/desk/reviews/7/?a=1"),
        ("https://evil.example/desk/", "/desk/"),
        ("", "/desk/"),
    ],
)
def test_a_form_sent_too_late_is_told_and_leads_back_to_its_page(client, office, write, referer, back):
    step = write(upto="report").steps.get()
    client.force_login(aged(office.head_person, 91))
    address = reverse("desk:act", args=[step.revision_id, "approve"])
    page = client.post(
        address, {"note": "同意"}, headers={"referer": referer} if referer else {}, follow=True
    )
    assert "刚才的操作没有提交" in page.content.decode()
    assert page.context["next"] == back
    step.refresh_from_db()
    assert step.state == "CURRENT"


def test_a_change_made_in_time_is_not_asked_again_for_ninety_days(client, office):
    person = operations.change_password(aged(office.collector, 91), NEW)
    with clock.at(clock.now() + timedelta(days=89)):
        assert passwords.why_due(person) is None
    with clock.at(clock.now() + timedelta(days=91)):
        assert passwords.why_due(person) == PasswordDue.EXPIRED


def test_a_reset_password_is_due_at_once(office):
    operations.save_person(office.staff, by=office.granter, initial_password="chushi-Mima-1")
    assert passwords.why_due(office.staff) == PasswordDue.INITIAL


# --- the warning ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "left"), [(82, None), (83, 7), (89, 1), (90, 0)])
def test_days_of_warning(office, age, left):
    assert passwords.days_left(aged(office.collector, age)) == left


def test_the_desk_warns_within_the_last_week(client, office):
    client.force_login(aged(office.collector, 85))
    assert "您的密码还有 5 天到期" in client.get("/desk/").content.decode()
    set_parameter("password_warning_days", None)
    assert "到期后须先修改" not in client.get("/desk/").content.decode()


def test_nobody_else_is_warned(client, office):
    client.force_login(office.collector)
    assert "到期后须先修改" not in client.get("/desk/").content.decode()


def test_sealed_account_has_no_password_to_choose(office):
    root = User.objects.create_superuser("yingji", "Yingji-Mima-1", name="应急账号")
    with pytest.raises(NotAllowed):
        operations.change_password(root, NEW)
