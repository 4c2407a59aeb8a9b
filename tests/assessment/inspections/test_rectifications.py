"""限期整改: ordered once, reported by the unit, re-checked by others, reminded until it is done."""

from datetime import timedelta

import pytest

from assessment.enums.slips import RectificationState as S
from assessment.models import Rectification
from assessment.operations import rectifications as operations
from assessment.queries import rectifications as queries
from portal import clock, limits
from portal import operations as portal_operations
from portal.models import Limit, Notice
from portal.workdays import Calendar
from portal.workflow import NotAllowed, Refused, TooLate
from tests.assessment.inspections.conftest import DAY, picture


def days_later(number: int):
    return clock.at(DAY + timedelta(days=number))


def titles(person) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("title", flat=True))


def test_an_order_starts_the_clock_and_tells_the_head_once(office, officer, ordered):
    row = ordered()
    assert (row.state, row.due_on.isoformat()) == (S.ORDERED, "2026-09-21")
    assert ordered(subject="另一件") == row
    assert (Rectification.objects.count(), Limit.objects.count()) == (1, 1)
    assert titles(office.station_head) == ["责令整改：要闻报道按时更新"]
    assert titles(officer) == []


def test_without_a_head_those_who_collect_are_told(office, officer, ordered):
    office.station.head = None
    office.station.save()
    ordered()
    assert titles(officer) == ["责令整改：要闻报道按时更新"]


def test_an_order_by_hand_needs_an_assessor_of_another_unit(office, ordered):
    told = {"key": "1", "subject": "更新", "demand": "补发", "clause": "办法第二十二条", "working_days": 3}
    with pytest.raises(NotAllowed, match="检查权限"):
        operations.order_by_hand(unit=office.station, by=office.collector, **told)
    with pytest.raises(NotAllowed, match="须由他人检查"):
        operations.order_by_hand(unit=office.section, by=office.inspector, **told)
    row = operations.order_by_hand(unit=office.station, by=office.inspector, **told)
    assert operations.order_by_hand(unit=office.station, by=office.inspector, **told) == row


def test_the_unit_reports_with_files_and_others_do_not(office, officer, ordered):
    row = ordered()
    for person in (office.collector, office.chief_inspector, office.staff):
        with pytest.raises(NotAllowed, match="只有责任单位"):
            operations.report(row, text="已补发。", by=person)
    with pytest.raises(Refused, match="理由"):
        operations.report(row, text=" ", by=officer)
    row = operations.report(row, text="已补发三条。", files=[picture()], by=officer)
    assert (row.state, row.report, row.reported_by, row.was_late) == (
        S.REPORTED,
        "已补发三条。",
        officer,
        False,
    )
    assert [one.name for one in row.files.all()] == ["截图.png"]
    assert titles(office.chief_inspector) == ["待复查整改：北桥工商所“要闻报道按时更新”"]
    with pytest.raises(TooLate):
        operations.report(row, text="又一次", by=officer)


def test_the_clock_stands_still_until_it_is_rechecked(office, officer, ordered):
    row = operations.report(ordered(), text="已补发。", by=officer)
    assert limits.is_paused(queries.clock_of(row))
    with days_later(7):
        row = operations.return_(row, by=office.chief_inspector, note="第三条日期不对")
    assert (row.state, row.due_on.isoformat()) == (
        S.ORDERED,
        "2026-09-30",
    )  # six working days given back, 中秋 off
    assert titles(office.station_head)[-1] == "整改退回：要闻报道按时更新"


def test_accepting_stops_the_clock_and_is_for_another_unit(office, officer, ordered):
    row = operations.report(ordered(unit=office.section), text="已补发。", by=office.collector)
    with pytest.raises(NotAllowed, match="须由他人检查"):
        operations.accept(row, by=office.inspector)
    row = operations.accept(row, by=office.chief_inspector, note="属实")
    assert (row.state, row.checked_by) == (S.ACCEPTED, office.chief_inspector)
    assert queries.clock_of(row).met_at == clock.now()
    with pytest.raises(TooLate):
        operations.return_(row, by=office.chief_inspector, note="再看看")


def test_what_is_reported_late_stays_late(office, officer, ordered):
    row = ordered()
    with days_later(20):
        assert row.is_late(clock.today())
        row = operations.report(row, text="补发了。", by=officer)
        assert row.was_late
        row = operations.accept(row, by=office.chief_inspector)
    assert (row.was_late, row.due_on.isoformat()) == (True, "2026-09-21")
    assert queries.with_clocks([row])[0].time_left == "逾期整改"


def test_cancelling_needs_a_reason_and_stops_the_clock(office, officer, ordered):
    row = ordered()
    with pytest.raises(Refused, match="理由"):
        operations.cancel(row, by=office.chief_inspector, note="")
    with pytest.raises(NotAllowed):
        operations.cancel(row, by=officer, note="不改了")
    row = operations.cancel(row, by=office.chief_inspector, note="栏目已撤销")
    assert (row.state, queries.clock_of(row).met_at) == (S.CANCELLED, clock.now())


def test_an_extension_names_clause_reason_and_who(office, officer, ordered):
    row, why = ordered(), {"clause": "办法第二十二条", "reason": "等待技术改版"}
    with pytest.raises(NotAllowed):
        operations.extend(row, 3, by=officer, **why)
    with pytest.raises(Refused, match="理由"):
        operations.extend(row, 3, by=office.chief_inspector, clause="办法", reason=" ")
    row = operations.extend(row, 3, by=office.chief_inspector, **why)
    assert row.due_on == Calendar.since(clock.today()).add(clock.today(), 8).due
    with days_later(30), pytest.raises(Refused, match="逾期"):
        operations.extend(row, 3, by=office.chief_inspector, **why)
    row = operations.report(row, text="已改。", by=officer)
    with pytest.raises(TooLate):
        operations.extend(row, 3, by=office.chief_inspector, **why)


def test_reminders_come_at_half_before_on_and_after_the_day_each_once(office, officer, ordered):
    ordered(working_days=4)  # due on Sunday the 20th, a day of work for the holiday to come
    told = []
    for day in range(8):
        with days_later(day):
            before = len(titles(office.station_head))
            operations.remind()
            operations.remind()
            told += [(day, title.split("：")[0]) for title in titles(office.station_head)[before:]]
    assert told == [
        (2, "整改时限已过半"), (3, "整改还有一个工作日到期"), (5, "整改今天到期"), (6, "整改已逾期"), (7, "整改已逾期"),
    ]  # fmt: skip
    assert titles(office.chief_inspector) == ["整改已逾期：要闻报道按时更新"] * 2


def test_nobody_is_reminded_while_it_waits_to_be_rechecked(office, officer, ordered):
    operations.report(ordered(), text="已补发。", by=officer)
    with days_later(7):
        assert operations.remind() == 0


def test_a_changed_calendar_moves_the_day(office, ordered):
    row = ordered()
    portal_operations.set_day(DAY.date() + timedelta(days=1), False, by=office.granter)
    row.refresh_from_db()
    assert row.due_on.isoformat() == "2026-09-22"


def test_heaps_hold_what_is_whose(office, officer, ordered):
    row = ordered()
    own = ordered(key="own", unit=office.section)
    assert list(queries.to_do(officer)) == list(queries.to_do(office.station_head)) == [row]
    assert list(queries.to_do(office.collector)) == [own]
    assert list(queries.to_do(office.staff)) == []
    operations.report(row, text="已补发。", by=officer)
    operations.report(own, text="已补发。", by=office.collector)
    assert set(queries.to_check(office.chief_inspector)) == {row, own}
    assert list(queries.to_check(office.inspector)) == [row]
    assert list(queries.to_check(office.auditor)) == []


def test_the_list_shows_the_late_first_of_its_kind(office, ordered):
    ordered(key="later", working_days=20)
    late = ordered()
    with days_later(20):
        rows = queries.narrowed(queries.visible_to(office.auditor), queries.LATE, None)
        assert list(rows) == [late]
        assert next(iter(queries.ordered(Rectification.objects.all()))) == late
        tabs = {key: number for key, _, number in queries.tabs(Rectification.objects.all())}
        assert (tabs[S.ORDERED], tabs[queries.LATE]) == (2, 1)
