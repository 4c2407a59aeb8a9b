"""Servers of more than one part for the tests, private and gone afterwards like those of `scripts.services`."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from scripts.services import answers, answers_ping, call, free_port, program, running, wait_until

MASTER, SENTINELS, QUORUM = "portal", 3, 2
FOLLOW = Path(__file__).resolve().parent.parent / "deploy/follow-primary.sh"
SENTINEL_CONF = """
port {port}
bind 127.0.0.1
dir {folder}
sentinel monitor {master} 127.0.0.1 {redis} {quorum}
sentinel down-after-milliseconds {master} 1000
sentinel failover-timeout {master} 3000
"""


@contextmanager
def standby(primary_url: str) -> Iterator[tuple[str, int]]:
    """A hot standby that streams from that PostgreSQL, by deploy/follow-primary.sh: its DATABASE_URL and process id."""
    owner = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    primary, tools = urlsplit(primary_url), Path(str(program("pg_basebackup"))).parent
    with tempfile.TemporaryDirectory(prefix="portal-standby-", ignore_cleanup_errors=True) as folder:
        script, data, port = f"{folder}/follow-primary.sh", Path(folder, "pgdata"), free_port()
        shutil.copy(FOLLOW, script)
        data.mkdir()
        for path in (folder, data):
            if owner:
                shutil.chown(path, "postgres", "postgres")
        own = {"PGDATA": str(data), "PRIMARY": primary_url, "PATH": f"{tools}:{os.environ['PATH']}"}
        quick = ["-k", folder, "-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
        command = ["bash", script, *quick]
        with running(command, folder, signal.SIGINT, env={**os.environ, **own}, **owner) as alive:
            asking = [program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
            wait_until(lambda: call(*asking), alive)
            number = int((data / "data/postmaster.pid").read_text().splitlines()[0])
            yield primary._replace(netloc=f"{primary.username}@127.0.0.1:{port}").geturl(), number


@dataclass
class Sentinels:
    url: str
    ports: list[int]
    """Of the two Redis servers, the first master first."""
    kill: list


@contextmanager
def sentinels() -> Iterator[Sentinels]:
    """Two Redis servers, the second follows the first, and three sentinels that watch over them."""
    with ExitStack() as servers, tempfile.TemporaryDirectory(prefix="portal-redis-") as folder:
        ports = [free_port() for _ in range(2 + SENTINELS)]
        processes = []
        for port in ports[:2]:
            command = ["--port", str(port), "--save", "", "--repl-diskless-sync-delay", "0"]
            follow = ["--replicaof", "127.0.0.1", str(ports[0])] if port != ports[0] else []
            processes.append(servers.enter_context(_redis(folder, port, [*command, *follow])))
        for port in ports[2:]:
            own = Path(folder, f"{port}.conf")
            said = {"port": port, "folder": folder, "master": MASTER, "redis": ports[0], "quorum": QUORUM}
            own.write_text(SENTINEL_CONF.format(**said))
            servers.enter_context(_redis(folder, port, ["--sentinel"], str(own)))
        hosts = ",".join(f"127.0.0.1:{port}" for port in ports[2:])
        yield Sentinels(f"sentinel://{hosts}/{MASTER}/0", ports[:2], processes)


@contextmanager
def _redis(folder: str, port: int, arguments: list[str], conf: str = "") -> Iterator[subprocess.Popen]:
    own = [program("redis-server"), *([conf] if conf else []), *arguments]
    if not conf:
        own += ["--bind", "127.0.0.1", "--dir", folder]
    server = subprocess.Popen(own, cwd=folder, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_until(lambda: answers_ping(port), lambda: server.poll() is None)
        yield server
    finally:
        server.kill()
        server.wait()


@contextmanager
def bucket(name: str = "media") -> Iterator[str]:
    """A server that speaks S3 (moto) with one private bucket: its MEDIA_URL_BACKEND."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="portal-s3-") as folder:
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        with running(command, folder, signal.SIGTERM) as alive:
            wait_until(lambda: answers(port), alive)
            make_bucket(port, name)
            yield f"s3+http://portal:portal-secret@127.0.0.1:{port}/{name}"


def make_bucket(port: int, name: str) -> None:
    import boto3  # noqa: PLC0415 — only tests of a bucket pay for it

    said = {
        "aws_access_key_id": "portal",
        "aws_secret_access_key": "portal-secret",
        "region_name": "us-east-1",
    }
    boto3.client("s3", endpoint_url=f"http://127.0.0.1:{port}", **said).create_bucket(Bucket=name)
