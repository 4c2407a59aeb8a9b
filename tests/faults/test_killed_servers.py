"""kill -9 of PostgreSQL and of Redis under the portal's feet: what was acknowledged stands, and work goes on after."""

import contextlib
import os
import signal
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from scripts import services
from tests.faults.kit import House, Person, at_once, until

NEEDS = {"postgres": "PostgreSQL", "redis": "Redis"}


class Server:
    """A server that `scripts.services` started, found by its port; brought back as it was begun."""

    def __init__(self, pid: int, port: int):
        self.pid, self.port = pid, port
        self.command = Path(f"/proc/{pid}/cmdline").read_bytes().decode().rstrip("\0").split("\0")
        if "redis-server" in self.command[0]:  # it writes over its own command line
            folder = os.readlink(f"/proc/{pid}/cwd")
            bound = ["--port", str(port), "--bind", "127.0.0.1", "--dir", folder, "--save", ""]
            self.command = [services.program("redis-server"), *bound, "--appendonly", "no"]
        self.owner = os.stat(f"/proc/{pid}")
        self.again: subprocess.Popen | None = None

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)  # as long as nobody does, its number looks taken to whoever follows

    def start(self) -> None:
        ids = {"user": self.owner.st_uid, "group": self.owner.st_gid, "extra_groups": []}
        owner = ids if os.geteuid() == 0 else {}
        self.again = subprocess.Popen(
            self.command,
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **owner,
        )

    def stop(self) -> None:
        if self.again is not None:
            self.again.send_signal(signal.SIGINT)
            self.again.wait(30)


def listening(port: int, program: str) -> Server:
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            said = (folder / "cmdline").read_bytes().decode()
            is_first = "postgres" not in said or "-D" in said
            if program in said and str(port) in said and is_first and services.__name__ not in said:
                return Server(int(folder.name), port)
    raise LookupError(f"no {program} at {port}")


@pytest.fixture
def postgres(tmp_path):
    if not services.program("initdb"):
        pytest.skip("PostgreSQL is not installed")
    with services.postgres() as told:
        url = told["DATABASE_URL"]
        house = House(tmp_path, people=10, texts=2, DATABASE_URL=url)
        house.server = listening(urlsplit(url).port, "postgres")
        keep_what_is_said(url)
        house.start()
        yield house
        house.kill()
        house.server.stop()


def keep_what_is_said(url: str) -> None:
    """As a delivered PostgreSQL does: a commit is acknowledged once it is written, and not before."""
    with contextlib.closing(psycopg2.connect(url)) as line, line.cursor() as cursor:
        line.autocommit = True
        cursor.execute("ALTER DATABASE portal SET synchronous_commit = on")


def answers(url: str) -> bool:
    with contextlib.suppress(psycopg2.Error):
        psycopg2.connect(url).close()
        return True
    return False


def test_votes_outlive_a_killed_database(postgres):
    house, poll = postgres, f"/polls/{postgres.plan['poll']}/"
    people = [Person(house, key) for key in house.plan["sessions"].values()]

    def vote(person: Person) -> int:
        return person.send(poll, f"{poll}vote/", **house.plan["ballot"])

    told = at_once(vote, people, meanwhile=house.server.kill, after=0.8)
    assert set(told) <= {302, 500, 503, 0}
    house.server.start()
    assert until(lambda: answers(house.environment["DATABASE_URL"]))
    voters = "values_list('voter', flat=True)"
    assert len(house.rows("interaction.models", "VoterMark", voters)) >= told.count(302)
    again = [vote(person) for person in people]  # the same web server, which was not started anew
    assert set(again) <= {302, 409, 422}
    assert len(house.rows("interaction.models", "VoterMark", voters)) == len(people)
    assert house.faults() == []


@pytest.fixture
def redis(tmp_path, migrated_before):
    if not services.program("redis-server"):
        pytest.skip("Redis is not installed")
    with services.redis() as told:
        house = House(migrated_before(tmp_path), people=2, texts=4, REDIS_URL=told["REDIS_URL"])
        house.server = listening(urlsplit(told["REDIS_URL"]).port, "redis-server")
        house.start()
        yield house
        house.kill()
        house.server.stop()


def test_texts_are_published_and_work_goes_on_after_the_broker_was_killed(redis):
    """Sessions live in the database as well: an empty Redis signs nobody out."""
    house, maker = redis, redis.plan["maker"]
    first, *others = house.plan["approved"]

    def publish(pk: int) -> int:
        return Person(house, maker).send(f"/desk/reviews/{pk}/", f"/desk/reviews/{pk}/publish/")

    assert publish(first) == 302
    house.server.kill()
    assert {publish(pk) for pk in others[:1]} <= {302, 500, 503, 0}
    house.server.start()
    assert until(lambda: services.answers_ping(house.server.port))
    assert {publish(pk) for pk in others} <= {302, 409, 404}
    acts = "filter(verb='publish').values_list('object_id', flat=True)"
    done = house.rows("portal.models", "AuditEntry", acts)
    assert {str(pk): done.count(str(pk)) for pk in house.plan["approved"]} == {
        str(pk): 1 for pk in house.plan["approved"]
    }
    house.python("manage.py", "sweep")  # what the lost queue held is done by the next round
    assert house.faults() == []
