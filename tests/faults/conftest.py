"""Real processes, really killed: `make test-all` runs them, or FAULTS=1 by hand; the quick suite leaves them out."""

import os
from pathlib import Path

import pytest

from tests.faults.kit import House
from tests.ops.conftest import migrated_before

__all__ = ["migrated_before"]  # a fixture
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    if os.environ.get("FAULTS"):
        return
    for one in items:
        if HERE in Path(one.fspath).parents:
            one.add_marker(pytest.mark.skip(reason="FAULTS=1 is not set"))


@pytest.fixture
def house(tmp_path, migrated_before):
    house = House(migrated_before(tmp_path))
    house.start()
    yield house
    house.kill()
