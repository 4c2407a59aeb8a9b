"""A backup counts when it was stored and read again; whatever stops it makes it one that failed."""

import subprocess
from datetime import timedelta

import pytest
from django.conf import settings

from portal import clock, watch
from portal.backups import places, queries, running, stores, watching
from portal.backups.places import Busy
from portal.backups.programs import Failed
from portal.enums import BackupKind, BackupState, Health, IncidentKind
from portal.models import AuditEntry, BackupRun, Notice
from portal.workflow import NotAllowed, TooLate

pytestmark = pytest.mark.django_db


def test_full_backup_is_verified_counts_and_is_on_record(made):
    run = made()
    assert (run.state, run.kind, run.percent) == (BackupState.DONE, BackupKind.FULL, 100)
    assert run.verified_at >= run.started_at
    assert len(run.sha256) == 64
    assert run.parts["database"]["engine"] == "sqlite"
    assert list(queries.good_runs()) == [run]
    told = AuditEntry.objects.filter(object_type="portal.backuprun").order_by("id")
    assert [entry.verb for entry in told] == ["begin", "finish"]


def test_increment_stores_only_what_is_new(made, media):
    full = made()
    (media / "new.txt").write_text("新增", encoding="utf-8")
    with clock.at(clock.now() + timedelta(days=1)):
        increment = made(BackupKind.INCREMENTAL)
    assert increment.files == full.files + 1
    assert full.stored_bytes - increment.stored_bytes > 250_000  # the picture is not stored again


def test_system_backup_holds_no_data_and_no_secret(made):
    run = made(BackupKind.SYSTEM)
    to = settings.BACKUP_DIR / "out"
    to.mkdir()
    stores.usual().restore(run.key, to, lambda share: None)
    assert sorted(path.name for path in to.iterdir()) == ["manifest.json", "system"]
    said = "".join(path.read_text(errors="ignore") for path in to.rglob("*") if path.is_file())
    assert settings.SECRET_KEY not in said
    assert not any(key in said for key in settings.DATA_KEYS)
    assert '"SECRET_KEY": "已设置"' in said


def test_failed_backup_does_not_count_and_is_told(made, monkeypatch, office):
    monkeypatch.setattr(stores.plain.Plain, "verify", _refuse)
    with pytest.raises(Failed, match="读不出来"):
        made()
    run = BackupRun.objects.get()
    assert (run.state, run.error) == (BackupState.FAILED, "备份库的内容块读不出来")
    assert not queries.good_runs().exists()
    assert stores.usual().runs() == []
    assert Notice.objects.filter(recipient=office.granter, key=f"backup-failed:{run.pk}").exists()


def _refuse(store, kept, *, wholly, tick):
    raise Failed("备份库的内容块读不出来")


def test_second_backup_waits_for_the_first(made):
    with places.alone(), pytest.raises(Busy):
        made()
    assert not BackupRun.objects.exists()


def test_cut_off_backup_is_failed_by_whoever_comes_next(made, office):
    left = _running(office, host=running.socket.gethostname())
    made()
    left.refresh_from_db()
    assert left.state == BackupState.FAILED
    assert "中断" in left.error


def test_backup_of_another_machine_is_left_alone_until_it_is_silent(made, office):
    other = _running(office, host="elsewhere")
    with pytest.raises(Busy, match="elsewhere"):
        made()
    BackupRun.objects.update(touched_at=clock.now() - timedelta(minutes=16))
    made()
    other.refresh_from_db()
    assert other.state == BackupState.FAILED


def _running(office, host: str) -> BackupRun:
    now = clock.now()
    return BackupRun.objects.create(
        key="left", kind=BackupKind.FULL, state=BackupState.RUNNING, asked_by=office.system, asked_at=now,
        started_at=now, touched_at=now, host=host,
    )  # fmt: skip


def test_asked_backup_is_made_by_the_next_sweep(made, office):
    run = running.ask(BackupKind.FULL, by=office.granter)
    with pytest.raises(TooLate):
        running.ask(BackupKind.FULL, by=office.granter)
    assert running.make_asked() == 1
    run.refresh_from_db()
    assert (run.state, run.asked_by) == (BackupState.DONE, office.granter)
    assert running.make_asked() == 0


@pytest.mark.parametrize("role", ["auditor", "inspector", "security", "staff"])
def test_only_the_keeper_of_the_house_asks_for_a_backup(office, role):
    with pytest.raises(NotAllowed):
        running.ask(BackupKind.FULL, by=getattr(office, role))
    assert not BackupRun.objects.exists()


def test_too_little_room_is_said_before_the_disk_is_full(made, monkeypatch):
    monkeypatch.setattr(places, "SPARE_BYTES", 1 << 60)
    with pytest.raises(Failed, match="所在磁盘只剩"):
        made()
    assert BackupRun.objects.get().state == BackupState.FAILED


def test_full_disk_fails_the_backup_and_the_next_one_on_a_free_disk_counts(
    made, monkeypatch, settings, tmp_path
):
    """A real file system of three megabytes."""
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(small)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    monkeypatch.setattr(places, "require_room", lambda folder, needed: None)
    free = settings.BACKUP_DIR
    try:
        settings.BACKUP_DIR = small
        with pytest.raises(Failed):
            made()
    finally:
        subprocess.run(["umount", str(small)], check=True)
    assert BackupRun.objects.get().state == BackupState.FAILED
    settings.BACKUP_DIR = free
    with clock.at(clock.now() + timedelta(seconds=2)):
        assert made().state == BackupState.DONE


def test_late_backups_and_drills_are_red_once_a_house_is_no_longer_new(office):
    assert {watching.read_backup().state, watching.read_drill().state} == {Health.AMBER}
    BackupRun.objects.create(
        key="first", kind=BackupKind.FULL, state=BackupState.FAILED, asked_by=office.system,
        asked_at=clock.now() - timedelta(days=3),
    )  # fmt: skip
    late = {check.key: (reading.state, check.incident) for check, reading in watch.readings()}
    assert late["backup"] == (Health.RED, IncidentKind.BACKUP)
    assert late["drill"] == (Health.RED, None)
