"""Real servers for the tests, private and gone afterwards: each on its own free loopback port and own folder.

    python scripts/services.py run postgres redis -- COMMAND …   gives it DATABASE_URL, REDIS_URL
    python scripts/services.py run slapd -- COMMAND …            gives it LDAP_URL, LDAP_USER_BASE and the rest
    python scripts/services.py list                              what this machine has, one line each

The exit code is COMMAND's. Needs nothing but the standard library.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

START_SECONDS = 30
STOP_SECONDS = 20
PROGRAMS = {
    "PostgreSQL": "initdb",
    "Redis": "redis-server",
    "Chromium": "chromium",
    "nginx": "nginx",
    "OpenLDAP": "slapd",
    "restic": "restic",
    "pgBackRest": "pgbackrest",
}
FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")


def program(name: str) -> str | None:
    """Where `name` is installed, also in Debian's folders outside PATH; the newest of several versions."""
    if found := shutil.which(name):
        return found
    candidates = [path for folder in FOLDERS for path in Path("/").glob(f"{folder[1:]}/{name}")]
    return str(max(candidates)) if candidates else None


def present() -> dict[str, str | None]:
    """Every real service that the product speaks to, with its program or None."""
    return {service: program(name) for service, name in PROGRAMS.items()}


@contextmanager
def postgres() -> Iterator[dict[str, str]]:
    """A PostgreSQL with the empty database `portal`; it refuses root, so root starts it as postgres."""
    owner = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="portal-pg-", ignore_cleanup_errors=True) as folder:
        if owner:
            shutil.chown(folder, "postgres", "postgres")
        data, port = f"{folder}/data", free_port()
        quick = [f"-c{setting}=off" for setting in ("fsync", "synchronous_commit", "full_page_writes")]
        setup = [
            program("initdb"),
            "-D",
            data,
            "-U",
            "portal",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]
        subprocess.run([*setup, "--no-sync"], cwd=folder, check=True, stdout=subprocess.DEVNULL, **owner)
        where = ["-h", "127.0.0.1", "-p", str(port), "-U", "portal"]
        server = [
            program("postgres"),
            "-D",
            data,
            "-k",
            folder,
            "-p",
            str(port),
            "-clisten_addresses=127.0.0.1",
        ]
        with running([*server, *quick], folder, signal.SIGINT, **owner) as alive:
            wait_until(lambda: call(program("pg_isready"), "-q", *where, "-d", "postgres"), alive)
            subprocess.run([program("createdb"), *where, "portal"], cwd=folder, check=True)
            yield {"DATABASE_URL": f"postgres://portal@127.0.0.1:{port}/portal"}


@contextmanager
def redis() -> Iterator[dict[str, str]]:
    """An empty Redis that keeps nothing on disk."""
    with tempfile.TemporaryDirectory(prefix="portal-redis-") as folder:
        port = free_port()
        server = [program("redis-server"), "--port", str(port), "--bind", "127.0.0.1", "--dir", folder]
        with running([*server, "--save", "", "--appendonly", "no"], folder, signal.SIGTERM) as alive:
            wait_until(lambda: answers_ping(port), alive)
            yield {"REDIS_URL": f"redis://127.0.0.1:{port}/0"}


SLAPD_CONF = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
moduleload back_mdb
pidfile {folder}/pid
database mdb
suffix "dc=example,dc=cn"
directory {folder}/data
maxsize 67108864
rootdn "cn=portal,dc=example,dc=cn"
rootpw {password}
sizelimit 2000
"""
DIRECTORY = """
dn: dc=example,dc=cn
objectClass: dcObject
objectClass: organization
dc: example
o: 示例机关

dn: ou=people,dc=example,dc=cn
objectClass: organizationalUnit
ou: people

{people}"""


@contextmanager
def slapd(people: str = "") -> Iterator[dict[str, str]]:
    """An OpenLDAP whose `ou=people,dc=example,dc=cn` holds the entries of `people` (LDIF)."""
    with tempfile.TemporaryDirectory(prefix="portal-ldap-", ignore_cleanup_errors=True) as folder:
        conf, port, password = Path(folder, "slapd.conf"), free_port(), "portal-asks"
        Path(folder, "data").mkdir()
        conf.write_text(SLAPD_CONF.format(folder=folder, password=password), encoding="utf-8")
        loading = [program("slapadd") or "/usr/sbin/slapadd", "-q", "-f", str(conf)]
        ldif = DIRECTORY.format(people=people).encode()
        subprocess.run(loading, input=ldif, cwd=folder, check=True, stderr=subprocess.DEVNULL)
        url = f"ldap://127.0.0.1:{port}"
        # -d keeps it in the foreground, so that it can be stopped like the others
        with running(
            [program("slapd"), "-f", str(conf), "-h", url, "-d", "0"], folder, signal.SIGINT
        ) as alive:
            wait_until(lambda: answers(port), alive)
            yield {
                "LDAP_URL": url,
                "LDAP_BIND_DN": "cn=portal,dc=example,dc=cn",
                "LDAP_BIND_PASSWORD": password,
                "LDAP_USER_BASE": "ou=people,dc=example,dc=cn",
            }


SERVERS = {"postgres": postgres, "redis": redis, "slapd": slapd}


@contextmanager
def running(command: list[str], folder: str, stop_signal: int, **owner) -> Iterator[Callable[[], bool]]:
    """The server while it runs, outside the terminal's process group; its log is shown if it dies early."""
    with Path(folder, "log").open("w+", encoding="utf-8", errors="replace") as log:
        server = subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            **owner,
        )
        try:
            yield lambda: server.poll() is None
        except ConnectionError:
            log.seek(0)
            print(log.read(), file=sys.stderr)
            raise
        finally:
            server.send_signal(stop_signal)
            try:
                server.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def wait_until(ready: Callable[[], bool], alive: Callable[[], bool]) -> None:
    """Returns once `ready`; ConnectionError when the server died or took too long."""
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if not alive() or time.monotonic() > deadline:
            raise ConnectionError("the server did not start")
        time.sleep(0.05)


def answers_ping(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(7) == b"+PONG\r\n"
    except OSError:
        return False


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def call(*command: str) -> bool:
    return subprocess.run(command, cwd="/", check=False).returncode == 0


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def run(names: list[str], command: list[str]) -> int:
    """The exit code of `command`, run beside the named servers."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are stopped then, too
    with ExitStack() as servers:
        environment = dict(os.environ)
        for name in names:
            environment |= servers.enter_context(SERVERS[name]())
        return subprocess.run(command, env=environment, check=False).returncode


def main(arguments: list[str]) -> int:
    if arguments == ["list"]:
        for service, path in present().items():
            print(f"{service}：{path or '没有安装'}")
        return 0
    if arguments[:1] == ["run"] and "--" in arguments:
        split = arguments.index("--")
        names, command = arguments[1:split], arguments[split + 1 :]
        if command and set(names) <= SERVERS.keys():
            return run(names, command)
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
