"""Powers and readers of columns: deny by default, a grant covers what lies below."""

import pytest
from django.contrib.auth.models import AnonymousUser

from columns import operations, queries, rules
from columns.enums import Readers
from columns.models import Appointment, Column, Role
from portal.models import User

ANYONE = AnonymousUser()


def fresh(user) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def role(office):
    return Role.objects.get(key="COLLECTOR")


def test_power_on_a_column_covers_everything_below_and_nothing_beside(office, role):
    person = User.objects.create_user("new", name="新人")
    operations.appoint(person, role, office.main, column=office.trends, by=office.system, reason="分工")
    held = {column.slug for column in Column.objects.all() if rules.may(person, "collect", column)}
    assert held == {"gongzuodongtai", "yaowenbaodao"}
    assert rules.powers_of(person).columns_with("collect") == {office.trends.pk, office.news.pk}


def test_power_on_a_site_covers_its_columns_only(office, role):
    person = User.objects.create_user("new", name="新人")
    operations.appoint(person, role, office.sub, by=office.system, reason="分工")
    assert rules.powers_of(person).columns_with("collect") == {office.sub_news.pk}


def test_unknown_power_raises(office):
    with pytest.raises(ValueError, match="bless"):
        rules.may(office.moderator, "bless", office.news)


def test_revoked_power_is_gone_and_the_row_stays(office):
    for row in Appointment.objects.filter(user=office.collector):
        operations.revoke(row, by=office.granter, note="调离")
    assert not rules.may(fresh(office.collector), "collect", office.news)
    assert Appointment.objects.filter(user=office.collector, ended_on=None).count() == 0
    assert Appointment.objects.filter(user=office.collector).count() == 2


def test_power_given_twice_survives_one_revocation(office, role):
    extra = operations.appoint(
        office.collector, role, office.main, column=office.news, by=office.system, reason="另授"
    )
    operations.revoke(extra, by=office.granter, note="收回另授")
    assert rules.may(fresh(office.collector), "collect", office.news)


def test_powers_are_read_with_two_queries_however_many_are_asked(office, django_assert_num_queries):
    person = fresh(office.moderator)
    rules.may(fresh(office.moderator), "publish", office.news)
    with django_assert_num_queries(2):
        for column in (office.news, office.trends, office.exchange, office.sub_news):
            rules.may(person, "publish", column)
            rules.may(person, "collect", column)


@pytest.mark.parametrize(
    ("readers", "visitor", "expected"),
    [
        (Readers.EVERYONE, "anyone", True),
        (Readers.STAFF, "anyone", False),
        (Readers.STAFF, "staff", True),
        (Readers.DEPARTMENTS, "anyone", False),
        (Readers.DEPARTMENTS, "staff", False),
        (Readers.DEPARTMENTS, "local", True),
        (Readers.DEPARTMENTS, "moderator", True),
    ],
)
def test_readers_of_a_column_hold_for_everything_below_it(office, readers, visitor, expected):
    office.trends.readers = readers
    office.trends.save()
    office.trends.reader_departments.set([office.station])
    office.local = User.objects.create_user("local", name="所里人", department=office.station)
    person = ANYONE if visitor == "anyone" else fresh(getattr(office, visitor))
    tree = queries.tree(office.main)
    news = tree.get(office.news.pk)
    assert rules.may_read(person, news, tree) is expected
    assert (news in list(rules.readable_tree(person, tree))) is expected


def test_department_above_speaks_for_those_below(office):
    office.trends.readers = Readers.DEPARTMENTS
    office.trends.save()
    office.trends.reader_departments.set([office.bureau])
    tree = queries.tree(office.main)
    assert rules.may_read(fresh(office.staff), tree.get(office.news.pk), tree)


@pytest.mark.parametrize(
    ("readers", "names"),
    [
        (Readers.EVERYONE, ["工作动态", "业务交流"]),
        (Readers.STAFF, ["工作动态", "业务交流"]),
        (Readers.DEPARTMENTS, ["业务交流"]),
    ],
)
def test_menu_offers_strangers_what_a_sign_in_would_open(office, readers, names):
    office.trends.readers = readers
    office.trends.save()
    assert [column.name for column in rules.menu(ANYONE, queries.tree(office.main))] == names
