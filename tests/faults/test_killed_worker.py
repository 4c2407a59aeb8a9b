"""kill -9 of the worker in the middle of a sweep: the next one finishes the work, and nothing is done twice."""

import os
import signal
import time

import pytest

from tests.faults.kit import House
from tests.faults.test_killed_web import actions


@pytest.fixture
def house(tmp_path, migrated_before):
    return House(migrated_before(tmp_path), people=1, texts=25)


def scheduled(house: House) -> dict[str, int]:
    done = actions(house, "publish")
    return {str(pk): done[str(pk)] for pk in house.plan["scheduled"]}


def test_a_sweep_that_is_killed_is_finished_by_the_next(house):
    time.sleep(1)
    for after in (1.5, 2.0, 2.5):  # starting takes a while; one of these falls into the work
        sweep = house.begin("sweep", "publish_scheduled")
        time.sleep(after)
        os.killpg(sweep.pid, signal.SIGKILL) if sweep.poll() is None else None
        sweep.wait()
        assert house.faults() == []
        assert set(scheduled(house).values()) <= {0, 1}
    house.python("manage.py", "sweep", "publish_scheduled")
    assert set(scheduled(house).values()) == {1}
    assert house.faults() == []


def test_two_workers_at_once_publish_each_text_once(house):
    time.sleep(1)
    both = [house.begin("sweep", "publish_scheduled") for _ in range(2)]
    assert [one.wait(120) for one in both] == [0, 0]
    assert set(scheduled(house).values()) == {1}
    assert house.faults() == []
