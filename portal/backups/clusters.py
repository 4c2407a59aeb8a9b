"""A PostgreSQL for a trial: a fresh cluster where the server's programs are installed, else a fresh database."""

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from portal.backups import programs
from portal.backups.databases import pgbackrest, pgdump
from portal.backups.programs import Failed

START_SECONDS = 120
HERE = {"PGHOST": "127.0.0.1"}
OWNER = "postgres"  # as whom the server's programs run where this process is root: they refuse root


@contextmanager
def loaded(dump: Path) -> Iterator[str]:
    """DATABASE_URL of a database that holds the dump, gone afterwards."""
    with _fresh_cluster() if programs.find("initdb") else _fresh_database() as environment:
        pgdump.load(dump, environment, programs.nothing_told)
        yield _url(environment)


@contextmanager
def started(cluster: Path) -> Iterator[str]:
    """DATABASE_URL of the cluster that pgBackRest restored, running on a port of its own until the end."""
    database = settings.DATABASES["default"]
    with tempfile.TemporaryDirectory(prefix="portal-drill-") as folder:
        Path(folder).chmod(0o1777)
        with _server(cluster, Path(folder), pgbackrest.as_owner()) as port:
            environment = {
                **HERE, "PGPORT": str(port), "PGUSER": database["USER"], "PGDATABASE": database["NAME"],
                "PGPASSWORD": str(database.get("PASSWORD", "")),
            }  # fmt: skip
            _wait_for_promotion(environment)
            yield _url(environment)


@contextmanager
def _fresh_cluster() -> Iterator[dict[str, str]]:
    before = ["runuser", "-u", OWNER, "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="portal-drill-", ignore_cleanup_errors=True) as folder:
        if before:
            shutil.chown(folder, OWNER)
        data, password = Path(folder, "data"), secrets.token_urlsafe(30)
        told = Path(folder, "password")
        told.write_text(password)
        told.chmod(0o600)
        if before:
            shutil.chown(told, OWNER)
        options = [
            "-D", str(data), "-U", "portal", "-A", "scram-sha-256", f"--pwfile={told}", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        ]  # fmt: skip
        programs.run([*before, _tool("initdb"), *options], "建立演练用的数据库", cwd=folder)
        with _server(data, Path(folder), before) as port:
            environment = {**HERE, "PGPORT": str(port), "PGUSER": "portal", "PGPASSWORD": password}
            _wait_for_promotion(environment | {"PGDATABASE": "postgres"})
            programs.run([_tool("createdb"), "portal"], "建立演练用的数据库", environment=environment)
            yield environment | {"PGDATABASE": "portal"}


@contextmanager
def _fresh_database() -> Iterator[dict[str, str]]:
    """Beside the portal's own, on the same server: the portal's role must be allowed to make one."""
    environment = pgdump.whereabouts(connection.settings_dict)
    name = f"portal_drill_{secrets.token_hex(4)}"
    programs.run([_tool("createdb"), name], "建立演练用的数据库", environment=environment)
    try:
        yield environment | {"PGDATABASE": name}
    finally:
        programs.run([_tool("dropdb"), "--force", name], "删除演练用的数据库", environment=environment)


@contextmanager
def _server(data: Path, folder: Path, before: Sequence[str]) -> Iterator[int]:
    """postgres on the data, reached from this machine alone, by password; nothing is archived."""
    port, log = free_port(), folder / "log"
    quick = [f"-c{name}=off" for name in ("fsync", "synchronous_commit", "full_page_writes", "archive_mode")]
    words = [
        *before, _tool("postgres"), "-D", str(data), "-p", str(port), "-k", str(folder), "-clisten_addresses=127.0.0.1",
        "-clogging_collector=off", "-cssl=off", *quick,
    ]  # fmt: skip
    with log.open("wb") as said:
        server = subprocess.Popen(
            words, cwd="/", stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True
        )
    try:
        yield port
    finally:
        _stop(server, data, before)


def _stop(server: subprocess.Popen, data: Path, before: Sequence[str]) -> None:
    words = [*before, _tool("pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"]
    subprocess.run(words, cwd="/", check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server.wait(START_SECONDS)


def _wait_for_promotion(environment: Mapping[str, str]) -> None:
    """Until it answers and has read all the WAL it was told to."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            said = programs.run(
                [_tool("psql"), "-XAtc", "SELECT pg_is_in_recovery()"],
                "打开恢复的数据库",
                environment=environment,
            )
            if said.strip() == "f":
                return
        except Failed:
            if time.monotonic() > deadline:
                raise
        if time.monotonic() > deadline:
            raise Failed("恢复的数据库没有在规定时间内可用")
        time.sleep(0.2)


def _url(environment: Mapping[str, str]) -> str:
    user = quote(environment["PGUSER"])
    if password := environment.get("PGPASSWORD"):
        user += f":{quote(password, safe='')}"
    host = quote(environment["PGHOST"], safe="")
    port = environment.get("PGPORT", "5432")
    return f"postgres://{user}@{host}:{port}/{quote(environment['PGDATABASE'])}"


def _tool(name: str) -> str:
    return pgdump.program(name)


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]
