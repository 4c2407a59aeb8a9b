"""PostgreSQL by the real pgBackRest: back to the moment before a mistake."""

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.backups.databases import pgbackrest
from portal.backups.programs import Failed
from scripts import services

CONF = """
[global]
repo1-path={folder}/repo
repo1-bundle=y
start-fast=y
compress-type=zst
log-level-file=off
lock-path={folder}/lock
[portal]
pg1-path={folder}/data
pg1-port={port}
pg1-socket-path={folder}
pg1-user=portal
pg1-database=portal
"""
SERVER = """
archive_mode = on
archive_timeout = 60
archive_command = '{pgbackrest} archive-push %p'
port = {port}
unix_socket_directories = '{folder}'
fsync = off
"""
pytestmark = [
    pytest.mark.skipif(not services.program("initdb"), reason="PostgreSQL is not installed"),
    pytest.mark.skipif(not services.program("pgbackrest"), reason="pgBackRest is not installed"),
]


@pytest.fixture
def cluster():
    """A server of its own that archives; everything about it runs as postgres where we are root."""
    folder = Path("/tmp") / f"portal-archiving-{os.getpid()}"
    folder.mkdir(mode=0o755)
    as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    port = services.free_port()
    command = f"pgbackrest --config={folder}/pgbackrest.conf --stanza=portal"
    (folder / "pgbackrest.conf").write_text(CONF.format(folder=folder, port=port))
    if as_owner:
        shutil.chown(folder, "postgres")

    def run(*words: str) -> str:
        command = [*as_owner, *words]
        return subprocess.run(
            command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True, timeout=120
        ).stdout

    control = services.program("pg_ctl")
    try:
        run(
            services.program("initdb"),
            "-D",
            f"{folder}/data",
            "-U",
            "portal",
            "-A",
            "trust",
            "--locale=C.UTF-8",
        )
        with open(folder / "data/postgresql.conf", "a") as conf:
            conf.write(SERVER.format(folder=folder, port=port, pgbackrest=command))
        run(control, "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "start")
        run(services.program("createdb"), "-h", "127.0.0.1", "-p", str(port), "-U", "portal", "portal")
        run(*command.split(), "stanza-create")
        yield folder, port, run, " ".join([*as_owner, command])
    finally:
        subprocess.run(
            [*as_owner, control, "-D", f"{folder}/data", "-m", "immediate", "stop"], check=False, cwd="/"
        )
        shutil.rmtree(folder, ignore_errors=True)


def test_point_in_time_before_a_mistake(cluster, settings):
    folder, port, run, pgbackrest_command = cluster
    settings.PGBACKREST = tuple(pgbackrest_command.split())
    psql = ["psql", "-XAtqh", "127.0.0.1", "-U", "portal", "portal", "-p"]
    pgbackrest.call("备份", "backup", "--type=full")
    pgbackrest.call("备份", "backup", "--type=incr")
    pgbackrest.verify()
    assert [one["type"] for one in pgbackrest.backups()] == ["full", "incr"]
    run(*psql, str(port), "-c", "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    moment = run(*psql, str(port), "-c", "SELECT now()").strip()
    run(
        *psql,
        str(port),
        "-c",
        "SELECT pg_sleep(1.1)",
        "-c",
        "DROP TABLE kept",
        "-c",
        "SELECT pg_switch_wal()",
    )

    with pytest.raises(Failed, match="早于"):
        pgbackrest.restore("latest", folder / "none" / "postgres", datetime(2020, 1, 1, tzinfo=UTC))
    data, other = folder / "out" / "postgres", services.free_port()
    data.parent.mkdir()
    at = datetime.fromisoformat(f"{moment}:00" if moment[-3] in "+-" else moment)
    pgbackrest.restore(pgbackrest.backups()[-1]["label"], data, at)
    control = [services.program("pg_ctl"), "-D", str(data), "-w"]
    run(*control, "-l", f"{folder}/log2", "-o", f"-p {other} -k {folder}", "start")
    try:
        assert run(*psql, str(other), "-c", "SELECT count(*) FROM kept").strip() == "1000"
        assert run(*psql, str(other), "-c", "SHOW archive_mode").strip() == "off"
    finally:
        run(*control, "-m", "immediate", "stop")
