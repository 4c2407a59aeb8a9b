"""Whether the text is online, and the twenty working days until it must be (条例第二十六条)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import localdate

from disclosure.enums.catalogue import Publicity
from disclosure.operations import catalogue_reminders, entries, reach, validity
from disclosure.queries.catalogue import listed
from portal import clock, limits
from portal import operations as portal_operations
from portal.models import AuditEntry, Notice
from portal.todos import heap
from portal.workdays import Calendar
from publishing import operations as publishing
from tests.disclosure.catalogue import kit

MORNING = datetime(2026, 3, 4, 1, tzinfo=UTC)


def fresh(entry):
    entry.refresh_from_db()
    return entry


def test_what_is_online_is_public_since_its_article_was(catalogued, online):
    article = online()
    entry = catalogued(article)
    assert (entry.public_at, entry.listed_at) == (article.published_at, article.published_at)
    assert not entry.limits.exists()


def test_a_clock_of_twenty_working_days_runs_from_the_day_it_was_made(catalogued):
    limit = catalogued().limits.get()
    assert (limit.label, limit.working_days, limit.clause) == ("主动公开", 20, "政府信息公开条例第二十六条")
    assert localdate(limit.due_at) == date(2026, 3, 30)


@pytest.mark.parametrize("publicity", [Publicity.ON_REQUEST, Publicity.CLOSED])
def test_what_is_not_open_has_no_clock(catalogued, publicity):
    assert not catalogued(publicity=publicity, ground="第十五条").limits.exists()


def test_the_sweep_follows_a_text_that_went_online(house, catalogued, write):
    revision = write("还没发布", upto="approve")
    entry = catalogued(revision.article)
    assert entry.public_at is None
    publishing.publish(revision, by=house.world.moderator)
    assert [reach.follow(), reach.follow()] == [1, 0]
    entry = fresh(entry)
    assert entry.public_at == entry.article.published_at
    assert entry.limits.get().met_at
    assert AuditEntry.objects.filter(verb="went_public").count() == 1


def test_what_was_withdrawn_is_gone_from_lists_at_once_and_known_within_a_minute(house, catalogued, online):
    entry = catalogued(online())
    publishing.withdraw(entry.article, by=house.world.moderator, note="内容有误")
    assert list(listed(house.site)) == []
    assert [reach.follow(), reach.follow()] == [1, 0]
    assert (fresh(entry).public_at, entry.listed_at) == (None, None)
    assert Notice.objects.filter(recipient=house.world.collector, title__startswith="全文已撤下").count() == 1


def test_what_is_over_stays_listed_after_its_text_is_gone(house, catalogued, online):
    entry = catalogued(online())
    validity.change(entry, "repeal", on=clock.today(), note="不再适用", by=house.world.collector)
    publishing.withdraw(entry.article, by=house.world.moderator, note="已废止")
    reach.follow()
    assert list(listed(house.site)) == [entry]
    assert fresh(entry).public_at is None


def test_a_changed_day_starts_the_clock_anew(house, catalogued):
    entry = catalogued()
    entries.save(entry, kit.facts(house, made_on=date(2026, 3, 9)), by=house.world.collector, version=1)
    due = [localdate(one.due_at) for one in limits.open_limits_for(entry)]
    assert due == [date(2026, 4, 7)]


def test_what_need_not_be_open_any_more_is_not_waited_for(house, catalogued):
    entry = catalogued()
    closed = kit.facts(house, publicity=Publicity.CLOSED, ground="条例第十四条")
    entries.save(entry, closed, by=house.world.collector, version=1)
    assert not limits.open_limits_for(entry).exists()


def test_it_waits_on_the_desk_of_the_office_and_of_the_department(house, catalogued):
    catalogued()
    catalogued(title="人事", category=house.people)
    waiting = heap("open_entries")
    assert {person: len(waiting.todos(waiting.rows(person))) for person in (house.world.collector, house.clerk)} == {
        house.world.collector: 2, house.clerk: 1,
    }  # fmt: skip
    assert not waiting.rows(house.world.staff).exists()
    assert waiting.todos(waiting.rows(house.clerk))[0].urgency == "red"


def test_reminders_come_once_a_stage_and_daily_when_it_is_late(house, catalogued):
    with clock.at(MORNING):
        catalogued()
        assert catalogue_reminders.remind_of_publishing() == 0
    told = []
    for day in (datetime(2026, 3, 16, 1, tzinfo=UTC), datetime(2026, 3, 16, 5, tzinfo=UTC)):
        with clock.at(day):
            told.append(catalogue_reminders.remind_of_publishing())
    late = datetime(2026, 3, 31, 1, tzinfo=UTC)
    for day in (late, late, late + timedelta(days=1)):
        with clock.at(day):
            told.append(catalogue_reminders.remind_of_publishing())
    assert [bool(one) for one in told] == [True, False, True, False, True]
    assert Notice.objects.filter(recipient=house.clerk, title__contains="行政许可办理规定").count() == 3


def test_a_changed_calendar_tells_the_keepers(house, catalogued):
    today = clock.today()
    with clock.at(clock.now() - timedelta(days=1)):
        catalogued(made_on=today - timedelta(days=1))
    day = next(d for d in (today + timedelta(days=n) for n in range(1, 8)) if d.weekday() < 5)
    is_workday = Calendar.load([day.year]).is_workday(day)
    portal_operations.set_day(day, not is_workday, by=house.world.granter)
    assert (
        Notice.objects.filter(recipient=house.world.collector, title__startswith="工作日历调整").count() == 1
    )
