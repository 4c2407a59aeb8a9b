"""Logs are packed after their day, kept as long as the law asks, handed to 审计管理员 with checksums and a trace."""

import gzip
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from portal import clock
from portal.house import keeping
from portal.models import AuditEntry, Parameter, SweepFailure
from portal.workflow import NotAllowed

DAYS = ("--since", "2026-01-01", "--until", "2026-06-01")


@pytest.fixture
def logs(tmp_path, settings):
    """Files of the last 200 days, one a hundred days."""
    settings.LOG_DIR = tmp_path / "logs"
    settings.LOG_DIR.mkdir()

    def write(days: int, kind: str = "access"):
        path = settings.LOG_DIR / f"{kind}-{clock.today() - timedelta(days=days)}.web1.log"
        path.write_text(f"{days}\n")
        return path

    return write


def names(settings) -> list[str]:
    return sorted(path.name for path in settings.LOG_DIR.iterdir())


def test_old_days_are_packed_and_the_oldest_dropped(logs, settings, db):
    today, yesterday, before, kept, _ = (logs(days) for days in (0, 1, 2, 184, 185))
    assert keeping.tidy_logs() == 3
    assert names(settings) == sorted([today.name, yesterday.name, f"{before.name}.gz", f"{kept.name}.gz"])
    assert gzip.decompress((settings.LOG_DIR / f"{before.name}.gz").read_bytes()) == b"2\n"
    assert keeping.tidy_logs() == 0


def test_how_long_is_a_parameter(logs, settings, db):
    Parameter.objects.create(key="log_days", label="日志", value=None, unit="天", clause="不删")
    logs(4000)
    keeping.tidy_logs()
    assert len(names(settings)) == 1


def test_files_of_others_are_left_alone(logs, settings, db):
    (settings.LOG_DIR / "nginx-2020-01-01.log").write_text("x")
    assert (keeping.tidy_logs(), names(settings)) == (0, ["nginx-2020-01-01.log"])


def opened(file) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(file))


def test_the_auditor_takes_the_days_asked_for_away(logs, client, office):
    logs(0), logs(3), logs(9), logs(1, "portal")
    client.force_login(office.auditor)
    today = clock.today()
    sent = {
        "since": str(today - timedelta(days=6)),
        "until": str(today),
        "kinds": ["audit", "access", "portal"],
    }
    answer = client.post(reverse("desk:logs"), sent)
    packed = opened(b"".join(answer.streaming_content))
    assert sorted(name.partition("/")[0] for name in packed.namelist()) == [
        "access", "access", "portal", "审计记录.csv", "清单.txt",
    ]  # fmt: skip
    table = packed.read("审计记录.csv").decode("utf-8-sig").splitlines()
    assert (table[0].startswith("编号,时间,工号"), "导出日志" in table[-1]) == (True, True)
    assert AuditEntry.objects.get(verb="export_logs").note.startswith("审计记录、访问日志、运行日志")


@pytest.mark.parametrize("role", ["granter", "security", "inspector", "staff"])
def test_nobody_else_does(role, client, office):
    client.force_login(getattr(office, role))
    assert client.get(reverse("desk:logs")).status_code == 404
    with pytest.raises(NotAllowed):
        keeping.export(["audit"], clock.today(), clock.today(), by=getattr(office, role))


def test_too_many_days_are_for_the_command(client, office, tmp_path, logs):
    client.force_login(office.auditor)
    answer = client.post(
        reverse("desk:logs"), {"since": "2026-01-01", "until": "2026-06-01", "kinds": ["audit"]}
    )
    assert (answer.status_code, "一次最多导出 31 天" in answer.content.decode()) == (422, True)
    target = tmp_path / "rizhi.zip"
    call_command("export_logs", str(target), *DAYS, "--as", "auditor")
    assert zipfile.ZipFile(target).testzip() is None
    with pytest.raises(CommandError, match="已存在"):
        call_command("export_logs", str(target), *DAYS, "--as", "auditor")


def test_the_command_asks_who(office, tmp_path):
    with pytest.raises(CommandError, match="日志由审计管理员导出"):
        call_command("export_logs", str(tmp_path / "x.zip"), *DAYS, "--as", "granter")


def test_what_a_spreadsheet_could_run_is_marked_as_text():
    assert keeping._csv(["=1+1", "甲"]) == "'=1+1,甲\r\n".encode()


def test_failures_of_sweeps_are_kept_few(logs, db, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_FAILURES", 3)
    now = clock.now()
    for days in (300, 4, 3, 2, 1):
        SweepFailure.objects.create(name="own", at=now - timedelta(days=days), error="X")
    assert keeping.tidy_logs() == 2
    assert SweepFailure.objects.count() == 3
