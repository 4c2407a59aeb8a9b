"""Backups as processes of their own, cut off by kill -9; the database half migrated; what is restored is what was."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
LIVE = "SELECT state FROM portal_backuprun ORDER BY id DESC LIMIT 1"


@pytest.fixture
def house(tmp_path, migrated_before):
    """A fresh portal with forty megabytes of files, on a machine without restic."""
    (tmp_path / "var").mkdir()
    folder = migrated_before(tmp_path / "var")
    media = folder / "media" / "stored"
    media.mkdir(parents=True)
    for number in range(40):
        (media / f"{number}.bin").write_bytes(os.urandom(1_000_000))
    bare = tmp_path / "bin"
    bare.mkdir()
    environment = {
        **{name: text for name, text in os.environ.items() if name not in ("REDIS_URL", "DATABASE_URL")},
        "VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "portal.settings.base", "PATH": str(bare),
    }  # fmt: skip
    manage(environment, "migrate", "-v0")
    return folder, environment


def manage(environment, *words, expects=0):
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == expects, done.stderr[-2000:]
    return done.stdout if expects == 0 else done.stderr


def states(folder) -> list[str]:
    with closing(sqlite3.connect(folder / "portal.sqlite3")) as database:
        return [row[0] for row in database.execute(LIVE)]


def test_kill_in_the_middle_leaves_no_backup_and_a_half_migrated_house_is_restored(house, tmp_path):
    folder, environment = house
    first = subprocess.Popen(
        [sys.executable, "manage.py", "backup", "full"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    pieces = folder / "backups" / "files" / "pieces"
    deadline = time.monotonic() + 90
    while first.poll() is None and not list(pieces.glob("*/*")) and time.monotonic() < deadline:
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL
    assert states(folder) == ["RUNNING"]
    assert json.loads(manage(environment, "backup", "list", "--format", "json")) == []
    assert "没有可用于恢复的备份" in manage(
        environment, "restore", "latest", "--to", str(tmp_path / "x"), expects=1
    )

    manage(environment, "backup", "full")
    with closing(sqlite3.connect(folder / "portal.sqlite3")) as database:
        told = dict(database.execute("SELECT state, error FROM portal_backuprun"))
        assert (told["FAILED"][:6], told["DONE"]) == ("备份进程中断", "")
        database.execute("DROP TABLE portal_tally")  # a migration that was cut off
        database.execute("DELETE FROM django_migrations WHERE name LIKE '%backups%'")
        database.commit()

    new = tmp_path / "new"
    manage(environment, "restore", "latest", "--to", str(new))
    for key in ("data_key", "secret_key"):
        shutil.copy(folder / key, new / key)
    environment = {**environment, "VAR_DIR": str(new)}
    assert "核对一致" in manage(environment, "restored_check", str(new / "manifest.json"))
    manage(environment, "migrate", "--check", "-v0")
    manage(environment, "audit_verify")
