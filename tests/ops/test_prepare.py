"""`prepare`: does on the first start what a second start finds done."""

import os
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connections

from portal.management.commands import prepare
from portal.models import Department, Site

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(monkeypatch, settings, tmp_path):
    """The commands that `prepare` asks for, in order; static files are a folder of this test."""
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT.mkdir()
    (tmp_path / "static").mkdir()
    (tmp_path / "static/portal.css").write_text("body{}")
    names = []
    monkeypatch.setattr(
        prepare, "call_command", lambda name, *args, **options: names.append((name, *args, options))
    )
    return names


def prepared(**options) -> str:
    out = StringIO()
    call_command("prepare", stdout=out, **options)
    return out.getvalue()


def commands(called) -> list[str]:
    return [name for name, *_ in called]


@pytest.fixture
def site():
    bureau = Department.objects.create(name="城东分局", code="fenju", kind="SUB_BUREAU")
    return Site.objects.create(key="fenju", name="城东分局基层信息网", department=bureau)


def test_first_start_collects_static_files_and_loads_the_preset(called):
    said = prepared(demo=True)
    name, preset, options = called[-1]
    assert commands(called) == ["collectstatic", "load_preset"]
    assert (name, preset, options["demo"]) == ("load_preset", "jiangsu", True)
    assert "载入制度预设 jiangsu（含示例人员与信息）" in said


def test_first_start_without_demo_loads_the_bare_preset(called):
    prepared(preset="cixi")
    assert called[-1][1] == "cixi"
    assert called[-1][2]["demo"] is False


def test_second_start_does_nothing(called, site):
    prepared()
    called.clear()
    assert prepared() == "准备就绪。\n"
    assert called == []


def test_changed_static_file_is_collected_again(called, site, settings):
    prepared()
    called.clear()
    os.utime(Path(settings.STATICFILES_DIRS[0]) / "portal.css", ns=(1, 1))
    prepared()
    assert commands(called) == ["collectstatic"]


def test_debug_start_collects_nothing(called, site, settings):
    settings.DEBUG = True
    prepared()
    assert called == []


def test_waiting_migration_is_applied(called, site, monkeypatch):
    monkeypatch.setattr(
        prepare.MigrationExecutor, "migration_plan", lambda executor, targets: [("portal", "0002")]
    )
    prepared()
    assert commands(called) == ["migrate", "collectstatic"]


def test_of_two_that_prepare_at_once_the_second_waits(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    told: list[str] = []

    def second() -> None:
        with prepare.one_at_a_time():
            told.append("second")
        connections.close_all()

    with prepare.one_at_a_time():
        waiting = Thread(target=second)
        waiting.start()
        waiting.join(0.2)
        told.append("first")
    waiting.join(5)
    assert told == ["first", "second"]
