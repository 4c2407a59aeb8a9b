"""权限管理档案 through its pages: proposing, handling, looking up, and what is refused (石家庄第九条, 办法第十条)."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from columns import operations, rules
from columns.models import Appointment, Role
from columns.operations.grants import renew_grants
from portal import clock
from portal import operations as portal_operations
from portal.enums import Power
from portal.models import AuditEntry, User
from tests.columns.conftest import fresh, moment, read

pytestmark = pytest.mark.django_db

LEDGER, NEW, HEALTH = "/desk/authorisations/", "/desk/authorisations/new/", "/desk/authorisations/health/"


def press(client: Client, row: Appointment, verb: str, note: str = ""):
    return client.post(f"{LEDGER}{row.pk}/{verb}/", {"note": note})


def refusals(who: User) -> list[str]:
    return list(AuditEntry.objects.filter(label="越权被拒", actor=who).values_list("note", flat=True))


def cells(response) -> list[list]:
    """Every row of a downloaded table."""
    return [list(row) for row in openpyxl.load_workbook(BytesIO(response.getvalue())).active.values]


@pytest.fixture
def typed(office, newcomer, role) -> dict:
    """A proposal as 网管 types it."""
    return {
        "person": newcomer.staff_number, "role": role.pk, "place": f"c{office.trends.pk}", "ends_on": "",
        "reason": "人教科通知",
    }  # fmt: skip


# --- from proposal to revocation -----------------------------------------------------------------------


def test_a_grant_from_proposal_to_revocation(office, enter, newcomer, typed):
    granter, chief = enter("granter"), enter("chief")
    page = granter.post(NEW, typed, follow=True)
    assert "已提出：新人 版主（城东分局基层信息网·工作动态）。请总版主同意。" in read(page)
    assert "等待总版主同意" in read(page)
    row = Appointment.objects.get(user=newcomer)
    assert press(granter, row, "execute").status_code == 409

    assert "新人：版主" in read(chief.get("/desk/"))
    assert "同意的人不能同时授权" in read(press_on(chief, row, "consent"))
    assert "新人：版主" in read(granter.get("/desk/"))
    assert "已授权" in read(press_on(granter, row, "execute"))
    assert rules.may(fresh(newcomer), Power.PUBLISH, office.news)
    press_on(granter, row, "suspend", "核查中")
    assert not rules.may(fresh(newcomer), Power.PUBLISH, office.news)
    press_on(granter, row, "resume", "核查完毕")
    page = press_on(granter, row, "revoke", "轮岗")
    assert [one.label for one in page.context["entries"]] == ["析权", "同意", "授权", "暂停", "恢复", "注销"]
    assert "轮岗" in read(page)
    assert not page.context["moves"]


def press_on(client: Client, row: Appointment, verb: str, note: str = ""):
    return client.post(f"{LEDGER}{row.pk}/{verb}/", {"note": note}, follow=True)


def test_a_change_begins_with_what_is_there_and_is_offered_once(office, enter, grant):
    row, granter = grant(column=office.trends), enter("granter")
    page = granter.get(f"{NEW}?replaces={row.pk}")
    assert page.context["form"].initial["place"] == f"c{office.trends.pk}"
    assert "新人 版主（城东分局基层信息网·工作动态）”在新授权办理后终止" in read(page)
    changed = {**page.context["form"].initial, "ends_on": "2099-12-31", "reason": "改为有期限"}
    granter.post(f"{NEW}?replaces={row.pk}", changed)
    later = Appointment.objects.get(replaces=row)
    page = granter.get(row.get_absolute_url())
    assert later.get_absolute_url() in page.content.decode()
    assert "提出调整" not in read(page)
    press_on(enter("chief"), later, "consent")
    press_on(granter, later, "execute")
    assert (fresh(row).state, fresh(later).state) == ("REVOKED", "IN_FORCE")


def test_the_head_of_the_department_proposes_and_follows_it(office, enter, typed):
    office.section.head = office.head_person
    portal_operations.save_department(office.section, by=office.system)
    page = enter("head_person").post(NEW, typed, follow=True)
    assert page.status_code == 200
    assert "撤回" in read(page)
    assert "同意" not in [move.label for move in page.context["moves"]]


# --- bad input ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"person": ""}, "person", "请填写工号或姓名"),
        ({"person": "nobody"}, "person", "没有找到“nobody”"),
        ({"person": "system"}, "person", "没有找到“system”"),
        ({"role": ""}, "role", "请选择角色"),
        ({"role": "99999"}, "role", ""),
        ({"place": "c99999"}, "place", "没有这个范围"),
        ({"place": ""}, "place", "请选择范围"),
        ({"ends_on": "明天"}, "ends_on", "请写成 2026-09-30 的样子"),
        ({"ends_on": "2020-01-01"}, "ends_on", "期限不能早于今天"),
        ({"reason": " "}, "reason", "请写明事由"),
        ({"person": "auditor"}, "role", "审计管理员只看不改"),
    ],
)
def test_bad_input_is_told_at_its_field_and_what_was_typed_is_kept(
    office, enter, typed, change, field, message
):
    typed = {**typed, **change}
    page = enter("granter").post(NEW, typed)
    assert page.status_code == 422
    form = page.context["form"]
    assert list(form.errors) == [field]
    assert message in form.errors[field][0]
    assert {name: str(form[name].value()) for name in typed} == {name: str(typed[name]) for name in typed}
    assert not Appointment.objects.filter(proposed_by=office.granter).exists()


def test_of_two_with_one_name_the_number_is_asked_for(office, enter, newcomer, typed):
    User.objects.create_user("xinren2", name="新人", department=office.station)
    errors = enter("granter").post(NEW, {**typed, "person": "新人"}).context["form"].errors
    assert errors["person"] == ["有几位同名，请填工号：xinren（办公室）、xinren2（北桥工商所）"]


def test_a_name_that_only_one_has_will_do(office, enter, newcomer, typed):
    enter("granter").post(NEW, {**typed, "person": "新人"})
    assert Appointment.objects.filter(user=newcomer).exists()


def test_a_step_that_needs_a_reason_keeps_the_page_and_says_so(office, enter, grant):
    row = grant()
    page = press(enter("granter"), row, "revoke", "  ")
    assert page.status_code == 422
    assert "请写明事由" in read(page)
    assert "暂停、注销须写明" in read(page)
    page = press(enter("granter"), row, "revoke", "长" * 201)
    assert "长" * 201 in read(page)
    assert fresh(row).state == "IN_FORCE"


def test_a_button_pressed_too_late_is_told(office, enter, propose):
    row, chief = propose(), enter("chief")
    press(chief, row, "consent")
    page = press(chief, row, "refuse", "人数已够")
    assert page.status_code == 409
    assert "现在是“待授权”，不能不同意" in read(page)
    assert "人数已够" in read(page)


# --- escalation is refused and recorded ---------------------------------------------------------------


def test_nobody_proposes_for_themselves(office, enter, typed):
    page = enter("granter").post(NEW, {**typed, "person": "granter"})
    assert page.status_code == 403
    assert page.context["form"].errors["person"] == ["不能为自己提出授权"]
    assert refusals(office.granter) == ["不能为自己提出授权"]


def test_nobody_handles_their_own_grant(office, enter, propose):
    row = operations.consent(propose(user=office.granter, by=office.chief), by=office.chief)
    page = press(enter("granter"), row, "execute")
    assert page.status_code == 403
    assert refusals(office.granter) == ["不能办理给自己的授权"]
    assert fresh(row).state == "CONSENTED"


@pytest.mark.parametrize(
    ("who", "verb", "reason"),
    [
        ("granter", "consent", "“同意”须由有城东分局基层信息网同意授权权限的人办理"),
        ("inspector", "consent", "“同意”须由有城东分局基层信息网同意授权权限的人办理"),
        ("auditor", "take_back", "“撤回”须由有城东分局基层信息网授权权限的人办理"),
    ],
)
def test_a_foreign_verb_is_refused_and_recorded(office, enter, propose, who, verb, reason):
    row = propose(by=office.chief)
    page = press(enter(who), row, verb, "试试")
    assert page.status_code == 403
    assert reason in read(page)
    assert refusals(getattr(office, who)) == [reason]
    assert fresh(row).state == "PROPOSED"


@pytest.mark.parametrize("who", ["staff", "collector", "moderator", "security"])
@pytest.mark.parametrize("verb", ["consent", "execute", "revoke"])
def test_whoever_may_not_even_see_it_finds_nothing_and_leaves_a_trace(office, enter, propose, who, verb):
    row = propose()
    assert enter(who).get(row.get_absolute_url()).status_code == 404
    assert refusals(getattr(office, who)) == []
    assert press(enter(who), row, verb, "试试").status_code == 404
    assert refusals(getattr(office, who)) == ["不能查看和办理这项授权"]


@pytest.mark.parametrize("who", ["staff", "collector", "moderator", "auditor", "security"])
def test_who_may_not_propose_is_told_so_and_an_attempt_is_recorded(office, enter, typed, who):
    assert enter(who).get(NEW).status_code == 403
    assert enter(who).post(NEW, typed).status_code == 403
    assert refusals(getattr(office, who)) == ["授权由网管、总版主或部门负责人提出"]
    assert not Appointment.objects.filter(reason="人教科通知").exists()


@pytest.mark.parametrize("verb", ["replace", "expire", "delete"])
def test_the_systems_own_moves_have_no_address(office, enter, grant, verb):
    assert press(enter("granter"), grant(), verb, "试试").status_code == 404


def test_the_admin_gives_nobody_a_group_or_a_permission(office, enter):
    """Editing one's own account there: neither group, permission nor superuser status is taken from the form."""
    typed = {
        "name": "网管", "department": office.section.pk, "title": "", "email": "", "phone": "", "is_active": "on",
        "is_staff": "on", "is_superuser": "on", "groups": ["1"], "user_permissions": ["1", "2"],
    }  # fmt: skip
    client = enter("granter")
    assert client.post(f"/admin/portal/user/{office.granter.pk}/change/", typed).status_code in (302, 403)
    granter = fresh(office.granter)
    assert (granter.is_superuser, granter.groups.count(), granter.user_permissions.count()) == (False, 0, 0)
    assert client.get("/admin/auth/group/").status_code == 404
    role = Role.objects.get(key="GRANTER")
    assert client.post(f"/admin/columns/role/{role.pk}/change/", {"name": "网管"}).status_code == 403
    assert fresh(role).powers == [Power.GRANT, Power.SYSTEM]


# --- the list ------------------------------------------------------------------------------------------


def test_the_ledger_is_narrowed_down_and_odd_words_narrow_nothing(office, enter, propose):
    propose()
    granter, everything = enter("granter"), Appointment.objects.count()

    def found(query: str) -> int:
        return granter.get(f"{LEDGER}?{query}").context["listing"].paginator.count

    assert [found(query) for query in ("q=新人", "q=xinr", "state=PROPOSED", f"site={office.sub.pk}&q=网管")] == [
        1, 1, 1, 1
    ]  # fmt: skip
    assert [found(query) for query in ("", "state=NONSENSE", "site=abc", "page=999")] == [everything] * 4
    assert "没有符合条件的授权" in read(granter.get(f"{LEDGER}?q=查无此人"))


@pytest.mark.parametrize(
    ("who", "sees"), [("granter", True), ("chief", True), ("inspector", True), ("auditor", True),
                      ("staff", False), ("moderator", False), ("security", False)],
)  # fmt: skip
def test_everybody_else_is_led_to_their_own_sheet(office, enter, who, sees):
    page = enter(who).get(LEDGER)
    own = f"{LEDGER}people/{who}/"
    assert (page.status_code, page.get("Location")) == ((200, None) if sees else (302, own))
    assert enter(who).get(HEALTH).status_code == (200 if sees else 403)


def test_the_download_holds_what_the_page_shows(office, enter, propose):
    propose(column=office.trends)
    rows = cells(enter("granter").get(f"{LEDGER}?q=新人&format=xlsx"))
    head, row = rows[0], dict(zip(rows[0], rows[1], strict=True))
    assert len(rows) == 2
    assert head[:4] == ["工号", "姓名", "部门", "角色"]
    assert (row["工号"], row["栏目"], row["状态"], row["提出人"]) == ("xinren", "工作动态", "待同意", "网管")
    assert (row["授权日期"], row["同意人"]) == (None, None)


# --- who could do what ----------------------------------------------------------------------------------


def test_a_column_says_where_each_power_comes_from(office, enter, grant):
    with clock.at(moment("2026-03-01T10:00")):
        grant(column=office.trends)
    page = read(enter("granter").get(f"{LEDGER}columns/{office.news.pk}/"))
    assert "来自工作动态，2026-03-01 授权" in page
    assert "来自全站，2020-01-02 授权" in page
    assert "本栏目，2026-03-01 授权" in read(enter("granter").get(f"{LEDGER}columns/{office.trends.pk}/"))


def test_a_columns_manager_reads_its_sheet_without_links_that_are_closed_to_them(office, enter, grant):
    row = grant(column=office.news)
    page = enter("moderator").get(f"{LEDGER}columns/{office.news.pk}/")
    assert "新人" in read(page)
    assert row.get_absolute_url() not in page.content.decode()
    assert enter("collector").get(f"{LEDGER}columns/{office.news.pk}/").status_code == 404


def test_the_sheets_answer_for_a_past_day(office, enter, grant, newcomer):
    with clock.at(moment("2026-03-01T10:00")):
        row = grant(column=office.trends)
    with clock.at(moment("2026-09-10T10:00")):
        operations.revoke(row, by=office.granter, note="轮岗")
    granter, person, column = (
        enter("granter"),
        f"{LEDGER}people/xinren/",
        f"{LEDGER}columns/{office.news.pk}/",
    )
    with clock.at(moment("2026-10-01T10:00")):
        assert [
            len(granter.get(f"{person}?at={day}").context["groups"])
            for day in ("2026-02-28", "2026-03-01", "2026-09-09", "2026-09-10", "")
        ] == [0, 1, 1, 0, 0]
        assert "新人没有栏目或站点的权限" in read(granter.get(person))
        assert ["新人" in read(granter.get(f"{column}?at={day}")) for day in ("2026-03-01", "2026-09-10")] == [
            True, False
        ]  # fmt: skip
        assert [cell[3] for cell in cells(granter.get(f"{person}?at=2026-03-01&format=xlsx"))] == [
            "权限", "采集", "发布", "栏目管理"
        ]  # fmt: skip


@pytest.mark.parametrize("day", ["昨天", "2026-13-01", "0000-00-00"])
def test_a_day_that_is_none_is_told_and_today_is_shown(office, enter, day):
    page = enter("granter").get(f"{LEDGER}people/moderator/?at={day}")
    assert "请写成 2026-09-30 的样子" in read(page)
    assert page.context["day"] == clock.today()


def test_nobody_looks_into_the_future(office, enter):
    ahead = clock.today() + timedelta(days=9)
    assert enter("granter").get(f"{LEDGER}people/moderator/?at={ahead}").context["day"] == clock.today()


def test_a_persons_sheet_is_theirs_their_heads_and_the_ledgers(office, enter, newcomer):
    office.section.head = office.head_person
    portal_operations.save_department(office.section, by=office.system)
    sheet = f"{LEDGER}people/xinren/"
    assert {who: enter(who).get(sheet).status_code for who in ("head_person", "granter", "auditor", "staff")} == {
        "head_person": 200, "granter": 200, "auditor": 200, "staff": 404
    }  # fmt: skip
    assert enter(newcomer).get(sheet).status_code == 200
    assert "提出授权" in read(enter("granter").get(sheet))
    assert "提出授权" not in read(enter(newcomer).get(sheet)).replace("部门负责人提出授权", "")
    assert enter("granter").get(f"{LEDGER}people/nobody/").status_code == 404


# --- however long ----------------------------------------------------------------------------------------


@pytest.fixture
def crowd(office, monkeypatch) -> list[User]:
    """A hundred people with three grants each, and one of them with two hundred; copied for guardian once a person."""
    monkeypatch.setattr("columns.operations.appointments.renew_grants", lambda user: None)
    roles = [Role.objects.create(key=f"R{n}", name=f"角色{n}", powers=[Power.COLLECT]) for n in range(100)]
    people = [User.objects.create_user(f"p{n}", name=f"人{n}", department=office.section) for n in range(100)]
    for number, person in enumerate(people):
        for role in roles if number == 0 else roles[:3]:
            places = [None, office.news] if number == 0 else [office.news]
            for column in places:
                operations.appoint(person, role, office.main, by=office.system, reason="测试", column=column)
    monkeypatch.undo()
    for person in people:
        renew_grants(person)
    return people


def test_pages_of_a_long_ledger_cost_few_queries(office, enter, crowd, django_assert_max_num_queries):
    granter = enter("granter")
    granter.get("/desk/")
    with django_assert_max_num_queries(20):
        assert granter.get(LEDGER).context["listing"].paginator.count > 300
    with django_assert_max_num_queries(20):
        assert len(granter.get(f"{LEDGER}people/p0/").context["groups"]) == 200
    with django_assert_max_num_queries(20):
        powers = granter.get(f"{LEDGER}columns/{office.news.pk}/").context["powers"]
        assert len({one.user for _, held in powers for one in held}) >= 100
    with django_assert_max_num_queries(35):
        granter.get(HEALTH)
