"""People who leave or move lose their powers on that day, before any sweep (办法第十条, 教育局第十五条 JY-3)."""

from datetime import timedelta

import pytest
from guardian.models import UserObjectPermission

from columns import operations, queries, rules
from columns.models import Tenure
from portal import clock
from portal import operations as portal_operations
from portal.enums import Power
from portal.models import AuditEntry, Department, User
from portal.workflow import NotAllowed, Refused
from publishing import operations as texts
from tests.columns.conftest import day, fresh, moment

pytestmark = pytest.mark.django_db


def leave(person: User) -> None:
    """Without any operation, as a directory's own script might: only the register says so."""
    User.objects.filter(pk=person.pk).update(is_active=False)


def move(person: User, department: Department) -> None:
    User.objects.filter(pk=person.pk).update(department=department)


def publishes(person: User, office) -> bool:
    return rules.may(fresh(person), Power.PUBLISH, office.news)


@pytest.fixture
def acting(office, newcomer):
    """The newcomer acts for the moderator from today on."""
    office.section.head = office.head_person
    portal_operations.save_department(office.section, by=office.system)
    today = clock.today()
    return operations.name_acting(
        office.moderator, newcomer, today, today + timedelta(days=9), by=office.head_person, reason="出差"
    )


# --- at once ---------------------------------------------------------------------------------------------


def test_whoever_moves_holds_nothing_in_the_very_next_request(client, office):
    client.force_login(office.moderator)
    before = client.get("/desk/reviews/").context["user"].has_perm("columns.publish")
    move(office.moderator, office.station)
    after = client.get("/desk/reviews/").context["user"].has_perm("columns.publish")
    assert (before, after) == (True, False)


def test_whoever_is_stopped_is_shown_to_the_door_in_an_open_session(client, office):
    client.force_login(office.moderator)
    assert client.get("/desk/").status_code == 200
    leave(office.moderator)
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("go", [leave, lambda person: move(person, None)])
def test_every_question_about_powers_gives_the_same_answer_at_once(office, go):
    person = office.moderator
    assert person in queries.holders(office.news, Power.PUBLISH)
    go(person)
    assert not publishes(person, office)
    assert person not in queries.holders(office.news, Power.PUBLISH)
    assert person not in queries.site_holders(office.main, Power.PUBLISH)
    assert (office.news.pk, Power.PUBLISH) not in queries.holders_of_all(office.main)
    assert queries.grants_of(fresh(person)) == set()
    assert queries.authorisations(None, user=person) == []


def test_a_text_is_not_published_by_somebody_moved_since_the_page_was_opened(office, write):
    revision, moderator = write(upto="approve"), fresh(office.moderator)
    assert rules.may(moderator, Power.PUBLISH, office.news)
    move(moderator, office.station)
    with pytest.raises(NotAllowed, match="没有“要闻报道”栏目的发布权限"):
        texts.publish(revision, by=moderator)


def test_a_planned_day_ends_powers_by_itself_though_no_sweep_runs(office):
    day_off = day("2026-09-14")
    with clock.at(moment("2026-09-01T10:00")):
        portal_operations.departure_plans.plan(
            office.moderator, to_department=None, effective_on=day_off, reason="退休", by=office.granter
        )
    held = []
    for at in ("2026-09-13T23:59", "2026-09-14T00:00"):
        with clock.at(moment(at)):
            held.append(publishes(office.moderator, office))
    assert held == [True, False]
    assert fresh(office.moderator).is_active


def test_grants_that_name_no_department_hold_wherever_their_holder_works(office):
    office.moderator.appointments.update(department=None)
    move(office.moderator, office.station)
    assert publishes(office.moderator, office)


# --- written down by the sweep --------------------------------------------------------------------------


def test_moved_back_after_the_sweep_stays_without_until_granted_anew(office):
    move(office.moderator, office.station)
    assert operations.expire_appointments() == 2
    move(office.moderator, office.section)
    assert not publishes(office.moderator, office)


def test_a_slip_put_right_before_the_sweep_costs_nothing(office):
    move(office.moderator, office.station)
    move(office.moderator, office.section)
    assert operations.expire_appointments() == 0
    assert publishes(office.moderator, office)


def test_the_ledger_ends_the_powers_at_the_moment_of_leaving_not_of_the_sweep(office):
    left, swept = moment("2026-09-10T10:00"), moment("2026-09-10T10:05")
    with clock.at(left):
        person = fresh(office.moderator)
        person.department = office.station
        portal_operations.save_person(person, by=office.granter)
    with clock.at(swept):
        operations.expire_appointments()
    ends = set(Tenure.objects.filter(appointment__user=office.moderator).values_list("ends_at", flat=True))
    assert ends == {left}
    assert queries.authorisations(moment("2026-09-10T10:02"), user=office.moderator) == []
    assert queries.authorisations(moment("2026-09-10T09:59"), user=office.moderator) != []


def test_guardians_copy_follows_with_the_next_check(office):
    move(office.moderator, office.station)
    assert {one.user for one in queries.drift()} == {office.moderator}
    operations.check_grants()
    assert queries.drift() == []


# --- delegations -----------------------------------------------------------------------------------------


def test_whoever_left_lends_nothing_and_nobody_acts_after_moving(office, acting, newcomer):
    assert publishes(newcomer, office)
    move(newcomer, office.station)
    assert not publishes(newcomer, office)
    move(newcomer, office.section)
    leave(office.moderator)
    assert not publishes(newcomer, office)
    assert queries.acting_today(newcomer) == []
    assert newcomer not in queries.holders(office.news, Power.PUBLISH)


def test_the_sweep_ends_such_a_delegation_once_and_says_why(office, acting, newcomer):
    move(newcomer, office.station)
    assert [operations.turn_delegations(), operations.turn_delegations()] == [1, 0]
    acting.refresh_from_db()
    assert (acting.standing, acting.ended_by) == ("已提前结束", office.system)


# --- what it costs ---------------------------------------------------------------------------------------


def test_one_question_still_costs_one_query_and_a_list_of_holders_three(
    office, acting, django_assert_num_queries, django_assert_max_num_queries
):
    person = fresh(office.moderator)
    with django_assert_num_queries(1):
        rules.powers_of(person)
    site = fresh(office.main)
    with django_assert_max_num_queries(3):
        queries.holders_of_all(site)


def test_the_copy_follows_whoever_left_and_raises_no_alarm(office):
    move(office.moderator, office.station)
    assert operations.check_grants() == 0
    assert not UserObjectPermission.objects.filter(user=office.moderator).exists()
    assert not AuditEntry.objects.filter(verb="repair_grant").exists()


def test_a_grant_agreed_for_one_post_is_not_given_in_another(office, newcomer, propose):
    row = operations.consent(propose(), by=office.chief)
    move(newcomer, office.station)
    with pytest.raises(Refused, match="本人已调往北桥工商所，请重新提出授权"):
        operations.execute(row, by=office.granter)
    assert not Tenure.objects.filter(appointment=row).exists()


def test_whoever_belongs_to_no_department_any_more_raises_no_alarm_either(office):
    User.objects.filter(pk=office.moderator.pk).update(department=None)
    assert operations.check_grants() == 0
    assert not UserObjectPermission.objects.filter(user=office.moderator).exists()
