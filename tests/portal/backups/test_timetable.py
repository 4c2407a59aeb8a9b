"""When a backup is due, which are deleted, and how old they may be. Numbers come from the parameters."""

from datetime import UTC, datetime, timedelta

import pytest

from portal import clock
from portal.backups import keeping, queries, timetable
from portal.enums import BackupKind, BackupState, Urgency
from portal.models import BackupDrill, BackupRun

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 9, 30, 17, 30, tzinfo=UTC)  # 10-01 01:30 in Shanghai


def kept(office, kind: BackupKind, at: datetime, state=BackupState.DONE) -> BackupRun:
    done = state == BackupState.DONE
    return BackupRun.objects.create(
        key=f"{at:%Y%m%d%H%M}-{kind}-{state}", kind=kind, state=state, asked_by=office.system, asked_at=at, started_at=at,
        finished_at=at, verified_at=at if done else None, parts={"store": "files", "database": {}},
    )  # fmt: skip


@pytest.mark.parametrize(("full_ago", "increment_ago", "due"), [
    (None, None, BackupKind.FULL),
    (7, 1, BackupKind.FULL),
    (6, 1, BackupKind.INCREMENTAL),
    (6, None, BackupKind.INCREMENTAL),
    (0, None, None),
    (6, 0, None),
])  # fmt: skip
def test_full_weekly_increment_daily(office, full_ago, increment_ago, due):
    for kind, ago in ((BackupKind.FULL, full_ago), (BackupKind.INCREMENTAL, increment_ago)):
        if ago is not None:
            kept(office, kind, NIGHT - timedelta(days=ago))
    assert timetable.due_kind(NIGHT) == due


def test_nothing_is_due_before_its_hour(office):
    assert timetable.due_kind(NIGHT - timedelta(hours=1)) is None  # 00:30 in Shanghai


def test_failed_and_interrupted_backups_do_not_count(office):
    for state in (BackupState.FAILED, BackupState.RUNNING, BackupState.EXPIRED, BackupState.ASKED):
        kept(office, BackupKind.FULL, NIGHT - timedelta(hours=len(state)), state)
    assert timetable.due_kind(NIGHT) == BackupKind.FULL
    assert queries.standing().run is None


def test_sweep_run_twice_makes_one_backup(made):
    with clock.at(NIGHT):
        assert (timetable.back_up(), timetable.back_up()) == (1, 0)
    assert [run.kind for run in BackupRun.objects.all()] == [BackupKind.FULL]


def test_failed_backup_is_tried_again_after_an_hour(made, office):
    kept(office, BackupKind.FULL, NIGHT - timedelta(minutes=59), BackupState.FAILED)
    with clock.at(NIGHT):
        assert timetable.back_up() == 0
    with clock.at(NIGHT + timedelta(minutes=2)):
        assert timetable.back_up() == 1


def test_old_ones_are_deleted_and_the_newest_of_each_kind_never(made, office):
    with clock.at(NIGHT - timedelta(days=400)):
        first = made()
    with clock.at(NIGHT - timedelta(days=399)):
        second = made(BackupKind.INCREMENTAL)
    with clock.at(NIGHT):
        assert keeping.expire() == 0
        made()
    states = dict(BackupRun.objects.values_list("pk", "state"))
    assert (states[first.pk], states[second.pk]) == (BackupState.EXPIRED, BackupState.EXPIRED)
    assert queries.good_runs().count() == 1


@pytest.mark.parametrize(("hours", "urgency"), [(29, Urgency.OK), (31, Urgency.RED)])
def test_backup_is_late_after_the_hours_of_the_parameters(office, hours, urgency):
    kept(office, BackupKind.INCREMENTAL, clock.now() - timedelta(hours=hours))
    assert queries.standing().backup_urgency == urgency


def test_only_a_drill_that_passed_counts_and_the_register_has_all(office):
    now = clock.now()
    for days, is_passed in ((32, True), (1, False)):
        at = now - timedelta(days=days)
        BackupDrill.objects.create(started_at=at, finished_at=at, seconds=9, is_passed=is_passed)
    assert queries.standing().drill_urgency == Urgency.RED
    assert [one.is_passed for one in queries.drills()] == [False, True]
    assert queries.drills(since=clock.today() - timedelta(days=7)).count() == 1
