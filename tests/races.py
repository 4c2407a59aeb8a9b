"""Two at the same instant, on threads with connections of their own. A module of races says `pytestmark = RACING`."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import connect
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from portal import audit
from portal.workflow import Refused, TooLate

RACING = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("sound_trail")]
START_SECONDS = 10


@contextmanager
def in_a_file(folder: Path) -> Iterator[None]:
    """SQLite's test database lives in one connection's memory: here it is a file with the options of `make run`, which
    many may open. PostgreSQL stays as it is."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    path = str(folder / "portal.sqlite3")
    with closing(connect(path)) as file:
        memory.backup(file)
    connection.connection, connection.settings_dict["NAME"] = None, path
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = memory, name


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    with in_a_file(tmp_path):
        yield


@pytest.fixture
def sound_trail(shared_database):
    """Whatever raced: the audit trail's chain holds afterwards."""
    yield
    assert audit.verify().reason == ""


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave, or the refusal it met; they start together. Any other error fails the test."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(START_SECONDS)
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def one_won(results: list[Any], refusal: type[Refused] = TooLate) -> Any:
    """The one result that is no refusal; all others were refused as said."""
    refused = [result for result in results if isinstance(result, Refused)]
    assert [type(result) for result in refused] == [refusal] * (len(results) - 1)
    return next(result for result in results if not isinstance(result, Refused))


def fresh(obj):
    """As another request would have read it."""
    return type(obj)._default_manager.get(pk=obj.pk)
