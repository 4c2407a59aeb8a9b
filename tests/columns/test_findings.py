"""权限体检: the warnings of least privilege and what to do next (办法第九条、第十六条; 石家庄第九条; GB/T 22239-2019)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from guardian.shortcuts import assign_perm

from columns import operations, queries
from columns.enums import ColumnKind
from columns.models import Column, Responsibility, Role
from portal.enums import Power
from portal.models import Parameter, User
from tests.columns.conftest import read

pytestmark = pytest.mark.django_db

MODERATORS, GAPS, ALONE, HOUSE, COPY = range(5)
HEALTH = "/desk/authorisations/health/"


@pytest.fixture(autouse=True)
def _two_to_four(office):
    """办公室 collects for 工作动态; a department has two to four moderators (办法第九条)."""
    for key, value in (("moderators_least", 2), ("moderators_most", 4)):
        Parameter.objects.create(key=key, label="版主人数", value=value, unit="人", clause="办法第九条")
    Responsibility.objects.create(
        column=office.trends, department=office.section, collects=True, clause="办法第十六条"
    )


def found(group: int) -> list[tuple[str, str]]:
    """(what it is about, what is wrong) of one group."""
    return [(one.about, one.message) for one in queries.findings()[group][2]]


def appoint(office, person: User, key: str, column: Column | None = None) -> None:
    role = Role.objects.get(key=key)
    for site in [column.site] if column else [office.main, office.sub]:
        operations.appoint(person, role, site, by=office.system, reason="测试", column=column)


def hire(office, number: int, department=None) -> User:
    return User.objects.create_user(f"p{number}", name=f"人{number}", department=department or office.section)


def dismiss(office, person: User) -> None:
    for row in person.appointments.filter(state="IN_FORCE"):
        operations.revoke(row, by=office.granter, note="测试")


# --- two to four moderators ---------------------------------------------------------------------------


def test_two_moderators_of_the_department_are_enough(office):
    assert found(MODERATORS) == []  # the collector and the moderator


def test_one_is_too_few_and_is_named(office):
    dismiss(office, office.moderator)
    assert found(MODERATORS) == [("办公室", "版主 1 人（信息员），少于 2 人")]


def test_nobody_at_all_is_said_in_words(office):
    dismiss(office, office.moderator)
    dismiss(office, office.collector)
    assert found(MODERATORS) == [("办公室", "版主 0 人（无），少于 2 人")]


def test_a_fifth_is_too_many(office):
    for number in range(2):
        appoint(office, hire(office, number), "COLLECTOR", office.trends)
    assert found(MODERATORS) == []
    appoint(office, hire(office, 9), "COLLECTOR", office.trends)
    assert found(MODERATORS) == [("办公室", "版主 5 人（人0、人1、人9、信息员、版主），多于 4 人")]


def test_people_of_other_departments_do_not_count(office):
    dismiss(office, office.moderator)
    appoint(office, hire(office, 1, office.station), "COLLECTOR", office.trends)
    assert found(MODERATORS) == [("办公室", "版主 1 人（信息员），少于 2 人")]


def test_the_numbers_are_the_regulations_parameters(office):
    Parameter.objects.filter(key="moderators_least").update(value=3)
    assert found(MODERATORS) == [("办公室", "版主 2 人（信息员、版主），少于 3 人")]


# --- somebody for every step --------------------------------------------------------------------------


def test_every_column_has_somebody_for_every_step(office):
    assert found(GAPS) == []


@pytest.mark.parametrize(("who", "missing"), [("head_person", "没有人审核"), ("moderator", "没有人发布")])
def test_a_step_without_anybody_is_found_on_every_column_that_has_it(office, who, missing):
    dismiss(office, getattr(office, who))
    columns = {about for about, message in found(GAPS) if message == missing}
    reviewed = {"城东分局基层信息网·要闻报道", "北桥工商所·要闻报道"}
    assert columns == (reviewed if who == "head_person" else reviewed | {"城东分局基层信息网·业务交流"})


def test_what_is_missing_is_said_at_once(office):
    for person in (office.collector, office.moderator, office.head_person):
        dismiss(office, person)
    assert dict(found(GAPS))["城东分局基层信息网·要闻报道"] == "没有人采集、审核、发布"
    assert dict(found(GAPS))["城东分局基层信息网·业务交流"] == "没有人采集、发布"  # its route has no step


def test_a_column_of_questions_needs_somebody_who_answers(office):
    Column.objects.create(site=office.main, name="法制园地", slug="fazhiyuandi", kind=ColumnKind.QUESTIONS)
    assert found(GAPS) == [("城东分局基层信息网·法制园地", "没有人答复")]


def test_a_suspended_grant_leaves_the_gap_open(office):
    for row in office.head_person.appointments.all():
        operations.suspend(row, by=office.granter, note="核查中")
    assert len(found(GAPS)) == 2


# --- nobody holds all steps ---------------------------------------------------------------------------


def test_whoever_holds_all_steps_of_a_route_is_found(office):
    appoint(office, office.moderator, "HEAD", office.news)
    assert found(ALONE) == [
        ("城东分局基层信息网·要闻报道", "版主一人可以采集、审核并发布（路线：负责人审核）")
    ]


def test_a_column_above_counts_for_those_below(office):
    appoint(office, office.moderator, "HEAD", office.trends)
    assert [about for about, _ in found(ALONE)] == ["城东分局基层信息网·要闻报道"]


def test_a_route_without_a_step_has_nothing_to_hold_alone(office):
    appoint(office, office.moderator, "HEAD", office.exchange)
    assert found(ALONE) == []


# --- three administrators, the copy --------------------------------------------------------------------


def test_an_empty_post_of_the_three_is_found(office):
    assert found(HOUSE) == []
    dismiss(office, office.security)
    assert found(HOUSE) == [("安全管理", "这个岗位没有人")]


def test_one_who_came_to_hold_two_posts_by_a_changed_role_is_found(office):
    Role.objects.filter(key="GRANTER").update(powers=[Power.GRANT, Power.SYSTEM, Power.SECURITY])
    assert found(HOUSE) == [("网管", "兼任系统管理、安全管理")]


def test_a_row_past_the_ledger_is_found(office):
    assign_perm(Power.PUBLISH, office.staff, office.news)
    assert found(COPY) == [("干部", "干部（staff）城东分局基层信息网·要闻报道：档案中没有的发布权限")]


# --- the page -----------------------------------------------------------------------------------------


def test_the_page_says_what_holds_and_what_to_mend_and_leads_to_the_column(office, enter):
    dismiss(office, office.head_person)
    page = enter("granter").get(HEALTH)
    words = read(page)
    assert "2 处 每个栏目有人采集、审核、发布 石家庄第九条" in words
    assert "提出授权，经总版主同意后由网管办理" in words
    assert "符合 没有人包办一条审核路线的全部步骤" in words
    assert f"/desk/authorisations/columns/{office.news.pk}/" in page.content.decode()


def test_it_costs_as_much_for_many_columns_as_for_few(office):
    with CaptureQueriesContext(connection) as few:
        queries.findings()
    for number in range(40):
        Column.objects.create(
            site=office.main,
            name=f"栏目{number}",
            slug=f"lanmu{number}",
            parent=office.trends,
            route=office.head,
        )
    with CaptureQueriesContext(connection) as many:
        assert len(queries.findings()[GAPS][2]) == 0
    assert len(many) <= len(few)
