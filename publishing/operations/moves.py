"""How a text moves: by a person with their powers of this moment, or by the portal itself as part of an act."""

from collections.abc import Callable
from functools import partial

from portal.models import User
from portal.models.audit import in_place_of
from portal.workflow import fire
from publishing import rules
from publishing.models import Revision

Move = Callable[..., Revision]


def _allowed(user: User, verb: str, revision: Revision) -> str:
    return ""


def named(user: User, verb: str, revision: Revision) -> str:
    """Who makes the move, as the people told of it read it: 李四（代张三） under a delegation."""
    return in_place_of(user, rules.acting_for(user, verb, revision))


by_person = partial(fire, why_not=rules.why_not, acting_for=rules.acting_for)
by_system = partial(fire, why_not=_allowed)
