"""Backups of a small office. The plain store unless a test asks for restic; of the code one folder stands for all."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from portal.backups import programs, running, system
from portal.backups.databases import sqlite
from portal.enums import BackupKind
from portal.models import User

needs_restic = pytest.mark.skipif(not programs.find("restic"), reason="restic is not installed")


@pytest.fixture
def plain(monkeypatch):
    """A machine without restic."""
    find = programs.find
    monkeypatch.setattr(programs, "find", lambda name: None if name == "restic" else find(name))


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(system, "CODE", ("deploy",))
    monkeypatch.setattr(system, "LOOSE", ("manage.py",))


@pytest.fixture
def media(db):
    """A picture and a paper in MEDIA_ROOT."""
    folder = settings.MEDIA_ROOT / "stored" / "2026"
    folder.mkdir(parents=True)
    (folder / "picture.jpg").write_bytes(b"\xff\xd8" + os.urandom(300_000))
    (folder / "paper.txt").write_text("第四季度信息工作例会", encoding="utf-8")
    return folder


@pytest.fixture
def inside(monkeypatch):
    """Inside the test's own transaction SQLite gives no online backup: its bytes are written down instead."""

    def copy_into(copy):
        path = copy.execute("PRAGMA database_list").fetchone()[2]
        Path(path).write_bytes(connection.connection.serialize())

    if connection.vendor == "sqlite":
        monkeypatch.setattr(sqlite, "copy_into", copy_into)


@pytest.fixture
def made(small, plain, inside, office, media):
    """`made(kind)` makes a backup of the office. PostgreSQL is taken from outside (tests/ops/backups)."""
    if connection.vendor != "sqlite":
        pytest.skip("what a test has not committed is in no dump")
    return lambda kind=BackupKind.FULL, **how: running.make(kind, by=User.objects.system(), **how)
