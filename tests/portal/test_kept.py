"""What is kept in memory is never older than the last change, whoever made it (ADR 0018)."""

import pytest
from django.db import connection, transaction

from columns.enums import Readers
from columns.models import Column
from portal import kept, triggers
from portal.models import Site, User

HIDDEN = "内部管理"


@pytest.fixture(autouse=True)
def _keeping(settings):
    settings.KEEPS_BETWEEN_REQUESTS = True


@pytest.fixture
def home(office, client):
    return lambda: client.get("/").content.decode()


def test_column_renamed_past_django_has_its_new_name_on_the_next_page(office, home):
    assert "业务交流" in home()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE columns_column SET name = '业务园地' WHERE id = %s", [office.exchange.pk])
    page = home()
    assert "业务园地" in page
    assert "业务交流" not in page


def test_new_and_deleted_columns_are_seen_at_once(office, home):
    made = Column.objects.create(site=office.main, name=HIDDEN, slug="neibu", position=30)
    assert HIDDEN in home()
    made.delete()
    assert HIDDEN not in home()


def test_readers_are_asked_anew_after_every_change_of_them(office, client):
    address = office.exchange.get_absolute_url()
    client.force_login(office.staff)
    assert client.get(address).status_code == 200
    Column.objects.filter(pk=office.exchange.pk).update(readers=Readers.DEPARTMENTS)
    assert client.get(address).status_code == 403
    office.exchange.reader_departments.add(office.section)
    assert client.get(address).status_code == 200
    office.exchange.reader_departments.clear()
    assert client.get(address).status_code == 403


def test_site_department_and_sample_passwords_are_never_stale(office, home):
    home()
    Site.objects.filter(pk=office.main.pk).update(phone="0512-87654321")
    assert "0512-87654321" in home()
    User.objects.filter(pk=office.staff.pk).update(is_sample=True, has_initial_password=True)
    assert "初始密码" in home()
    User.objects.filter(pk=office.staff.pk).update(has_initial_password=False)
    assert "初始密码" not in home()


def test_change_that_is_taken_back_leaves_nothing_behind(office, home):
    before = home()
    with transaction.atomic():
        Column.objects.filter(pk=office.exchange.pk).update(name="业务园地")
        assert "业务园地" in home()
        transaction.set_rollback(True)
    assert home() == before


def test_requests_that_change_something_keep_nothing(office, client, monkeypatch):
    seen = []
    monkeypatch.setattr(
        "portal.middleware.all_sites", lambda: seen.append(kept.is_keeping()) or [office.main]
    )
    client.get("/search/")
    client.post("/search/")
    assert seen == [True, False]


def test_triggers_are_off_while_tables_are_written_anew_and_back_afterwards(db):
    """SQLite would drop them silently with the old table."""
    before = _triggers()
    triggers.drop_before_migrations(using="default", plan=["some migration"])
    assert _triggers() == set()
    triggers.install(sender=None, using="default")
    assert _triggers() == before != set()


def _triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        return {name for (name,) in cursor.fetchall() if name.startswith("kept_")}
