"""运行监控: amber before red, each with what mends it; red calls somebody; a sweep tells of its last run."""

from datetime import timedelta

import pytest
from celery import Celery
from django.urls import reverse

from portal import clock, sweeps, watch
from portal.enums import Health, IncidentKind
from portal.house import alarm, duties, machine, probes, queues
from portal.house import sweeps as sweep_lines
from portal.models import Incident, Notice, SweepFailure, SweepRun
from portal.watch import Check, Reading

EVERY = timedelta(minutes=10)


@pytest.fixture
def own_sweeps(monkeypatch):
    """A registry of this test's own, and the decorator to fill it."""
    monkeypatch.setattr(sweeps, "registry", {})
    monkeypatch.setattr(sweep_lines, "registry", sweeps.registry)
    monkeypatch.setattr(sweep_lines.current_app.loader, "import_default_modules", lambda: None)
    return lambda function: sweeps.sweep("own", every=EVERY, label="自己的")(function)


@pytest.fixture
def only(db, monkeypatch):
    """`only(check)`: nothing else is watched."""
    watch.readings()  # what registers itself on the first reading has done so
    monkeypatch.setattr(watch, "_checks", {})
    return watch.register


def red(key: str = "trial", **more) -> Check:
    return Check(key, "试验", 1, lambda: Reading(Health.RED, "坏了", "修好它"), **more)


def test_a_sweep_writes_down_its_run(db, own_sweeps):
    own_sweeps(lambda: 7)
    assert sweeps.registry["own"].run() == 7
    row = SweepRun.objects.get()
    assert (row.name, row.changed, row.runs, row.failures) == ("own", 7, 1, 0)
    assert row.succeeded_at is not None


def test_a_failure_is_kept_without_what_anybody_wrote(db, own_sweeps):
    def fail() -> int:
        raise ValueError("身份证号 320000000000000000")

    own_sweeps(fail)
    for _ in range(2):
        with pytest.raises(ValueError, match="320000"):
            sweeps.registry["own"].run()
    kept = SweepFailure.objects.first()
    assert (SweepRun.objects.get().failures, SweepRun.objects.get().succeeded_at) == (2, None)
    assert (kept.error.startswith("ValueError test_watch.py:"), "320000" in kept.error) == (True, False)


def test_a_success_ends_the_row_of_failures(db, own_sweeps):
    results = iter([ZeroDivisionError(), 1])

    def sometimes() -> int:
        if isinstance(found := next(results), Exception):
            raise found
        return found

    own_sweeps(sometimes)
    with pytest.raises(ZeroDivisionError):
        sweeps.registry["own"].run()
    sweeps.registry["own"].run()
    assert SweepRun.objects.get().failures == 0


def test_a_played_moment_leaves_no_mark(db, own_sweeps):
    own_sweeps(lambda: 1)
    with clock.at(clock.now() - timedelta(days=3)):
        sweeps.registry["own"].run()
    assert not SweepRun.objects.exists()


@pytest.mark.parametrize(
    ("minutes", "state", "behind"),
    [
        (5, Health.OK, ""),
        (13, Health.OK, "3 分钟"),
        (35, Health.AMBER, "25 分钟"),
        (101, Health.RED, "91 分钟"),
    ],
)
def test_lateness_turns_amber_before_red(minutes, state, behind, db, own_sweeps):
    own_sweeps(lambda: 1)
    sweeps.registry["own"].run()
    with clock.at(clock.now() + timedelta(minutes=minutes)):
        line = sweep_lines.lines()[0]
    assert (line.state, line.behind) == (state, behind)


def test_a_house_whose_worker_never_ran_is_red(db, own_sweeps):
    own_sweeps(lambda: 1)
    reading = sweep_lines.read()
    assert (reading.state, reading.words) == (Health.RED, "后台任务从未运行")


def test_a_new_sweep_is_not_late_at_once(db, own_sweeps):
    own_sweeps(lambda: 1)
    sweeps.registry["own"].run()
    sweeps.sweep("newer", every=EVERY, label="新的")(lambda: 1)
    assert {line.state for line in sweep_lines.lines()} == {Health.OK}


def test_red_calls_the_administrator_once_a_day(office, only):
    only(red())
    assert [alarm.watch_house() for _ in range(2)] == [1, 1]
    notice = Notice.objects.get(recipient=office.granter)
    assert (notice.title, notice.body) == ("运行监控：试验：坏了", "修好它")
    assert not Notice.objects.exclude(recipient=office.granter).exists()


def test_red_that_names_a_kind_is_an_incident_once(office, only):
    only(red(incident=IncidentKind.BACKUP))
    for _ in range(3):
        alarm.watch_house()
    found = Incident.objects.get()
    assert (found.kind, found.what, found.times) == (IncidentKind.BACKUP, "试验：坏了", 3)


def test_a_check_that_cannot_be_read_is_red(only):
    def fail() -> Reading:
        raise ConnectionError("redis://:secret@host")

    only(Check("trial", "试验", 1, fail))
    ((_, reading),) = watch.readings()
    assert (reading.state, reading.words) == (Health.RED, "无法检查（ConnectionError）")


def test_limits_are_parameters(db):
    assert [watch.worse_when_lower(free, "disk_free") for free in (50, 20, 10)] == [
        Health.OK, Health.AMBER, Health.RED,
    ]  # fmt: skip


def test_waiting_mail_is_measured(office):
    now = clock.now()
    office.staff.email = "staff@example.cn"
    office.staff.save()
    Notice.objects.create(recipient=office.staff, kind="SYSTEM", title="一", at=now - timedelta(minutes=40))
    reading = queues.read_mail()
    assert (reading.state, reading.words) == (Health.AMBER, "1 封消息邮件没有发出，最早的等了 40 分钟")


def test_tasks_in_the_spool_are_counted_with_their_age(tmp_path, settings):
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(tmp_path)}
    (tmp_path / "1_x.celery.msg").write_text("{}")
    app = Celery(broker="filesystem://localhost")
    app.conf.broker_transport_options = {
        "data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path), "control_folder": str(tmp_path / "c"),
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queues, "app", app)
        length, age = queues.tasks()
    assert (length, age < timedelta(minutes=1)) == (1, True)


def test_pending_migrations_are_red_with_what_to_do(monkeypatch, db):
    monkeypatch.setattr(probes, "pending_migrations", lambda: ["portal.0099_more"])
    assert machine.tables().state == Health.RED


def test_certificate_is_read_where_there_is_one(settings, monkeypatch, db):
    assert machine.look_at_certificate() == 0
    settings.SELF_CHECK_URL = "https://portal.example.cn"
    assert (machine.public_host(), machine.certificate().state) == (("portal.example.cn", 443), Health.AMBER)
    for days, state in ((90, Health.OK), (20, Health.AMBER), (3, Health.RED), (-1, Health.RED)):
        ends = clock.now() + timedelta(days=days)
        machine.cache.set(machine.CERTIFICATE, (ends, True), 60)
        assert machine.certificate().state == state
    machine.cache.set(machine.CERTIFICATE, (clock.now() + timedelta(days=90), False), 60)
    assert machine.certificate().state == Health.RED


def test_closed_posting_is_never_forgotten(office):
    assert duties.posting().state == Health.OK
    office.main.posting_closed_at = clock.now()
    office.main.save()
    assert duties.posting().words == "暂停中：城东分局基层信息网"


def test_the_page_shows_the_worst_first(client, office, only):
    only(Check("good", "好的", 1, lambda: Reading(Health.OK, "正常")), red("bad"))
    client.force_login(office.granter)
    answer = client.get(reverse("desk:operations"))
    assert [check.key for check, _ in answer.context["rows"]] == ["bad", "good"]
    assert "修好它" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "status"), [("security", 200), ("auditor", 200), ("chief", 404), ("staff", 404)]
)
def test_the_page_is_for_the_three_administrators(role, status, client, office):
    client.force_login(getattr(office, role))
    assert client.get(reverse("desk:operations")).status_code == status
