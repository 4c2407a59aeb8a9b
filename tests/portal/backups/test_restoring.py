"""Restoring asks only the store, writes only into an empty folder, and says of every damage that it is one."""

import hashlib
import json
import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from pycdlib import PyCdlib

from portal.backups import comparing, drills, manifest, restoring, running, stores
from portal.backups.programs import Failed
from portal.backups.stores.restic import Restic
from portal.enums import BackupKind
from portal.models import BackupDrill, BackupRun, User
from tests.portal.backups.conftest import needs_restic

pytestmark = pytest.mark.django_db


def pieces(run):
    """Where the content of a backup lies."""
    return sorted((settings.BACKUP_DIR / "files" / "pieces").glob("*/*"))


def test_backup_comes_back_as_it_was_without_asking_the_database(made, media, tmp_path):
    run = made()
    BackupRun.objects.all().delete()
    restored = restoring.restore("latest", tmp_path / "new")
    assert restored.manifest.run == run.key
    assert (tmp_path / "new/media/stored/2026/paper.txt").read_text() == (media / "paper.txt").read_text()
    with closing(sqlite3.connect(tmp_path / "new/portal.sqlite3")) as copy:
        names = {row[0] for row in copy.execute("SELECT staff_number FROM portal_user")}
    assert names == set(User.objects.values_list("staff_number", flat=True))


def test_restored_portal_is_compared_row_by_row_and_file_by_file(made, write):
    write(upto="publish")
    made()
    listed = restoring.restore("latest", settings.BACKUP_DIR / "look").manifest
    found = comparing.compare(listed)
    assert found.tables > 100
    assert [fault for fault in found.faults if "portal_backuprun" not in fault and "audit" not in fault] == []
    User.objects.create_user("later", name="后来的人")
    assert any("portal_user 应有" in fault for fault in comparing.compare(listed).faults)


def test_restore_writes_over_nothing(made, tmp_path):
    made()
    (tmp_path / "new").mkdir()
    (tmp_path / "new/portal.sqlite3").write_text("in use")
    with pytest.raises(Failed, match="不是空目录"):
        restoring.restore("latest", tmp_path / "new")
    assert (tmp_path / "new/portal.sqlite3").read_text() == "in use"


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_half_written_or_damaged_piece_is_found(made, tmp_path, damage):
    run = made()
    piece = pieces(run)[0]
    {
        "cut": lambda: piece.write_bytes(piece.read_bytes()[:-7]),
        "changed": lambda: piece.write_bytes(b"\0" + piece.read_bytes()[1:]),
        "gone": piece.unlink,
    }[damage]()
    with pytest.raises(Failed):
        restoring.restore(run.key, tmp_path / "new")


def test_damaged_piece_is_written_anew_by_the_next_full_backup(made, media, tmp_path):
    paper = (media / "paper.txt").read_bytes()
    named = {one.name: one for one in pieces(made())}
    piece = named[hashlib.sha256(paper).hexdigest()]
    piece.write_bytes(b"half")
    BackupRun.objects.update(key="earlier")
    made()
    assert piece.read_bytes() != b"half"
    restoring.restore("latest", tmp_path / "new")
    assert (tmp_path / "new/media/stored/2026/paper.txt").read_bytes() == paper


def test_unverified_rest_of_an_interrupted_backup_is_no_backup(made):
    run = made()
    index = settings.BACKUP_DIR / "files" / "runs"
    (index / "cut.unverified").write_text((index / f"{run.key}.json").read_text())
    (pieces(run)[0].parent / "half.tmp").write_bytes(b"half")
    store = stores.usual()
    assert [kept.key for kept in store.runs()] == [run.key]
    store.open()
    assert not (index / "cut.unverified").exists()
    assert not list((settings.BACKUP_DIR / "files").rglob("*.tmp"))


@pytest.mark.parametrize(("words", "said"), [
    (["restore", "latest", "--to", "new"], "没有可用于恢复的备份"),
    (["restore", "20200101-000000-full", "--to", "new"], "没有编号 20200101-000000-full 的备份"),
    (["restore", "latest", "--to", "new", "--at", "昨天"], "不是时间"),
    (["restore", "latest", "--to", "new", "--into", "mysql://x/y"], "--into"),
    (["backup", "list", "--from", "/nowhere"], "没有目录"),
    (["backup", "archive", "--medium", "disc"], "介质"),
    (["backup_drill"], "恢复演练没有通过：没有可用于恢复的备份"),
])  # fmt: skip
def test_commands_fail_with_one_clear_line(office, plain, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError) as failed:
        call_command(*words)
    assert said in str(failed.value)
    assert "\n" not in str(failed.value)


def test_list_tells_what_the_contract_promises(made, capsys):
    run = made()
    call_command("backup", "list", format="json")
    (row,) = json.loads(capsys.readouterr().out)
    assert row.keys() == {"run", "kind", "at", "bytes", "sha256", "verified_at"}
    assert (row["run"], row["kind"], row["sha256"]) == (run.key, "full", run.sha256)


def test_images_hold_a_repository_of_their_own_with_list_and_checksums(made, tmp_path, office):
    run = made(BackupKind.ARCHIVE, to=tmp_path / "discs", medium=10_000_000)
    images = [path for path in sorted((tmp_path / "discs").iterdir()) if path.suffix == ".iso"]
    assert [str(path) for path in images] == run.parts["images"]
    for path in images:
        assert path.stat().st_size <= 10_000_000
        disc = PyCdlib()
        disc.open(str(path))
        _copy_out(disc, "/", tmp_path / "joined")
        disc.close()
    listed = json.loads((tmp_path / "joined/manifest.json").read_text())
    for entry in listed["files"]:
        assert manifest.digest(tmp_path / "joined" / entry["path"]) == entry["sha256"]
    restored = restoring.restore(run.key, tmp_path / "new", source=str(tmp_path / "joined/repo"))
    assert (restored.manifest.run, restored.engine) == (run.key, "sqlite")


def _copy_out(disc, folder, to):
    to.mkdir(exist_ok=True)
    for child in disc.list_children(joliet_path=folder):
        name = child.file_identifier().decode("utf-16-be", "replace") if child else ""
        if not child or child.is_dot() or child.is_dotdot():
            continue
        where = f"{folder.rstrip('/')}/{name}"
        if child.is_dir():
            _copy_out(disc, where, to / name)
        else:
            disc.get_file_from_iso(str(to / name), joliet_path=where)


@needs_restic
def test_restic_keeps_verifies_copies_elsewhere_restores_and_forgets(tmp_path, settings):
    """One store, all it can do; the second repository is opened by the same key."""
    settings.BACKUP_KEY = "k" * 40
    roots = {"": tmp_path / "staging", "media": tmp_path / "media"}
    for root in roots.values():
        root.mkdir()
    (roots["media"] / "paper.txt").write_text("内容", encoding="utf-8")
    found = manifest.Manifest(
        "r1", "full", "2026-09-30T01:00:00+08:00", {n: str(r) for n, r in roots.items()}
    )
    kept = stores.Kept("r1", "full", found.at, 6, found.write(roots[""]))
    here, there = Restic(str(tmp_path / "here"), "k" * 40), Restic(str(tmp_path / "there"), "k" * 40)
    here.open()
    assert here.save(kept, roots, anew=True, tick=lambda share: None) > 0
    assert here.runs() == []  # not yet verified
    here.verify(kept, wholly=True, tick=lambda share: None)
    here.confirm(kept)
    assert here.runs() == [kept]
    there.take(here, "r1")
    restored = restoring.restore("latest", tmp_path / "new", source=str(tmp_path / "there"))
    assert (restored.folder / "media/paper.txt").read_text() == "内容"
    here.forget(["r1"])
    assert (here.runs(), there.runs()) == ([], [kept])
    pack = next(path for path in (tmp_path / "there/data").rglob("*") if path.is_file())
    pack.chmod(0o600)
    pack.write_bytes(pack.read_bytes()[:-9])
    with pytest.raises(Failed):
        there.verify(kept, wholly=True, tick=lambda share: None)


def test_drill_restores_starts_and_compares(made, write, monkeypatch):
    """The whole way on SQLite, the portal really started."""
    monkeypatch.setattr(drills, "SETTINGS", "portal.settings.dev")
    write(upto="publish")
    run = made()
    done = drills.drill()
    assert done.faults == []
    assert (done.is_passed, done.run) == (True, run)
    assert done.rows > 100
    assert done.files == run.files
    assert done.entries > 10
    assert not list(settings.BACKUP_DIR.glob("drill-*"))


def test_drill_of_a_damaged_backup_is_on_record_as_failed(made):
    pieces(made())[0].write_bytes(b"half")
    done = drills.drill()
    assert BackupDrill.objects.get() == done
    assert not done.is_passed
    assert "读不出来" in done.faults[0] or "损坏" in done.faults[0]


def test_reason_of_an_unforeseen_error_is_one_line():
    assert running.reason_of(OSError(28, "No space left")) == "磁盘已满，请清出空间后再备份"
    assert running.reason_of(KeyboardInterrupt()) == "备份被中止"
