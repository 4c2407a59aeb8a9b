import pytest

from portal import clock
from portal.models import User
from tests.disclosure.services.kit import build_hall, item
from tests.snapshot import Snapshot

HALL = Snapshot(build_hall)


@pytest.fixture
def hall(db):
    """The small office with a registration section whose clerks examine; everybody set their password a moment ago."""
    world, now = HALL.restore(), clock.now()
    User.objects.update(password_set_at=now)
    for person in vars(world).values():
        if isinstance(person, User):
            person.password_set_at = now
    return world


@pytest.fixture
def registered(hall):
    """个体工商户设立登记, in force, with online pre-review in three working days."""
    return item(hall)
