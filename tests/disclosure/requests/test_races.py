"""Two at the same instant, on threads with connections of their own: numbers have no gap, one act wins, clocks stay one.

On SQLite the tests run on a database file with the options of `make run`; on PostgreSQL as they are.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from sqlite3 import connect
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from disclosure.enums.requests import ConsultState, CorrectionKind, FeeMode, PartyKind
from disclosure.models import DisclosureRequest, RequestYear
from disclosure.operations import charging, consulting, correcting, extensions, filing, lapses
from disclosure.operations import requests as operations
from disclosure.rules.receipt import Dates
from portal import audit, clock
from portal.workflow import Refused, TooLate
from tests.disclosure.requests.conftest import at, draft, moment

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = range(2)
START_SECONDS = 10
DAY = "2026-09-16"


@pytest.fixture(autouse=True)
def _shared_database(transactional_db, tmp_path):
    """SQLite's test database lives in one connection's memory: here it is a file, which many may open."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    with connect(tmp_path / "portal.sqlite3") as file:
        memory.backup(file)
    file.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(tmp_path / "portal.sqlite3")
    yield
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = memory, name


@pytest.fixture(autouse=True)
def _sound_trail(_shared_database):
    """Whatever raced: the audit trail's chain holds afterwards."""
    yield
    assert audit.verify().reason == ""


def at_once(*acts: Callable[[], Any], on: str = DAY) -> list[Any]:
    """What each act gave, or the refusal it met; they start together. Any other error fails the test."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(START_SECONDS)
            with clock.at(moment(f"{on} 10:00")):
                return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refusals(results: list[Any]) -> list[type]:
    return [type(one) for one in results if isinstance(one, Refused)]


def fresh(obj):
    return type(obj)._default_manager.get(pk=obj.pk)


def typing(world, person, nonce: str, **more):
    came = filing.Came(channel="VISIT", dates=Dates(date(2026, 9, 16)))
    return lambda: (
        filing.type_in(world.disclosure, draft(**more), came, nonce=nonce, by=fresh(person)).request
    )


@pytest.mark.parametrize("turn", ROUNDS)
def test_two_registrars_take_the_next_numbers_and_leave_no_gap(turn, world):
    results = at_once(
        typing(world, world.registrar, "a" * 32), typing(world, world.second_registrar, "b" * 32),
        typing(world, world.registrar, "d" * 32),
        lambda: filing.submit(world.disclosure, draft(title="网上的"), nonce="e" * 32).request,
    )  # fmt: skip
    assert sorted(one.serial for one in results) == [1, 2, 3, 4]
    assert RequestYear.objects.get().last == 4


@pytest.mark.parametrize("turn", ROUNDS)
def test_the_same_form_at_the_same_instant_is_one_request(turn, world):
    results = at_once(*[typing(world, world.registrar, "a" * 32)] * 3)
    assert {one.pk for one in results} == {DisclosureRequest.objects.get().pk}
    assert RequestYear.objects.get().last == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_of_two_who_register_one_is_too_late(turn, world, submit):
    request = submit("2026-09-14").request
    results = at_once(*(
        lambda person=person: operations.register(
            fresh(request), date(2026, 9, 16), how="电话", by=fresh(person)
        )
        for person in (world.registrar, world.second_registrar)
    ))  # fmt: skip
    assert refusals(results) == [TooLate]
    assert request.limits.filter(met_at=None).count() == 1


@pytest.mark.parametrize("turn", ROUNDS)
def test_extensions_asked_for_at_once_are_one(turn, world, ask):
    request = ask("2026-09-14")
    results = at_once(*(
        lambda person=person: extensions.ask(fresh(request), 5, reason="材料多", by=fresh(person))
        for person in (world.lawyer, world.registrar)
    ))  # fmt: skip
    assert refusals(results) == [Refused]
    assert request.extensions.count() == 1


def test_a_charge_and_a_correction_at_once_leave_one_clock(world, ask):
    request = ask("2026-09-14")
    results = at_once(
        lambda: charging.charge(
            fresh(request), FeeMode.BY_PAGE, 99, reason="多", by=fresh(world.registrar)
        ),
        lambda: correcting.ask(
            fresh(request), CorrectionKind.UNCLEAR, "请写明", by=fresh(world.second_registrar)
        ),
    )  # fmt: skip
    assert refusals(results) == [TooLate]
    assert request.limits.filter(met_at=None).count() == 1


def test_an_applicant_and_the_sweep_at_once_either_corrects_or_lapses(world, ask):
    request = ask("2026-09-14")
    with at("2026-09-16"):
        correcting.ask(request, CorrectionKind.UNCLEAR, "请写明", by=world.registrar)
    results = at_once(
        lambda: correcting.correct(fresh(request), "2025 年"), lapses.lapse_corrections, on="2026-11-02"
    )
    asked = request.corrections.get()
    assert (asked.received_on is None) != (asked.abandoned_at is None)
    assert refusals(results) == ([] if asked.received_on else [TooLate])
    assert request.limits.filter(met_at=None).count() == 1


def test_the_last_two_views_at_once_let_the_clock_run_on_once(world, ask):
    request = ask("2026-09-14")
    with at("2026-09-15"):
        asked = [
            consulting.ask(
                request, PartyKind.THIRD_PARTY, name=f"某市场{n}", contact="", asks="可否", by=world.lawyer
            )
            for n in range(2)
        ]
    said = {"text": "同意", "answered_on": date(2026, 9, 16)}
    results = at_once(*(
        lambda one=one: consulting.answer(fresh(one), ConsultState.AGREED, by=fresh(world.lawyer), **said)
        for one in asked
    ))  # fmt: skip
    assert refusals(results) == []
    limit = request.limits.get(met_at=None)
    assert list(limit.pauses.values_list("ended_at__date", flat=True)) == [date(2026, 9, 16)]
