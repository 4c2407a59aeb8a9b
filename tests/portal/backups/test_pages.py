"""备份与演练 on the desk: who sees it, what it says, what may be started there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal import clock
from portal.enums import BackupKind, BackupState
from portal.models import AuditEntry, BackupDrill, BackupRun

pytestmark = pytest.mark.django_db
PAGE = "/desk/backups/"


@pytest.fixture
def ledger(office):
    """`ledger(number)` writes down as many failed backups."""

    def write(number: int) -> None:
        BackupRun.objects.bulk_create(
            BackupRun(
                key=f"run-{BackupRun.objects.count() + n}", kind=BackupKind.FULL, state=BackupState.FAILED,
                asked_by=office.system, asked_at=clock.now(), error="磁盘已满，请清出空间后再备份",
            )
            for n in range(number)
        )  # fmt: skip

    return write


def page(client, person, where=PAGE):
    client.force_login(person)
    return client.get(where)


def test_empty_house_says_what_to_do(client, office):
    said = page(client, office.granter).content.decode()
    assert "还没有有效的备份" in said
    assert "还没有演练过" in said
    assert "现在备份" in said


@pytest.mark.parametrize("role", ["auditor", "inspector"])
def test_lookers_on_see_and_start_nothing(client, office, role):
    said = page(client, getattr(office, role)).content.decode()
    assert "备份与演练" in said
    assert "现在备份" not in said
    assert client.post(f"{PAGE}ask/", {"kind": "full"}).status_code == 403
    assert AuditEntry.objects.filter(verb="refused").exists()
    assert not BackupRun.objects.exists()


def test_backup_is_asked_for_once(client, office):
    client.force_login(office.granter)
    assert client.post(f"{PAGE}ask/", {"kind": "incremental"}).status_code == 302
    assert client.post(f"{PAGE}ask/", {"kind": "full"}).status_code == 409
    assert [(run.kind, run.state) for run in BackupRun.objects.all()] == [("incremental", "ASKED")]
    assert "等待开始" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("kind", ["", "archive", "nonsense"])
def test_what_is_not_offered_is_refused(client, office, kind):
    client.force_login(office.granter)
    assert client.post(f"{PAGE}ask/", {"kind": kind}).status_code == 422
    assert not BackupRun.objects.exists()


def test_list_costs_the_same_for_one_and_for_thirty(client, office, ledger):
    numbers = []
    for more in (1, 29):
        ledger(more)
        page(client, office.granter)
        with CaptureQueriesContext(connection) as asked:
            said = client.get(PAGE).content.decode()
        numbers.append(len(asked))
    assert numbers[0] == numbers[1]
    assert "共 30 条" in said
    assert "磁盘已满" in said


def test_front_page_shows_the_last_drill_that_passed_and_red_when_too_long_ago(client, office):
    at = clock.now() - timedelta(days=40)
    BackupDrill.objects.create(started_at=at, finished_at=at, seconds=41, is_passed=True)
    said = page(client, office.granter, "/desk/").content.decode()
    assert "用时 41 秒" in said
    assert "backup-tile late" in said
    assert "backup-tile" not in page(client, office.collector, "/desk/").content.decode()
