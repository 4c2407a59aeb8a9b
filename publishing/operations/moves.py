"""How a text moves: by a person with their powers of this moment, or by the portal itself as part of an act."""

from collections.abc import Callable
from functools import partial

from portal.models import User
from portal.workflow import fire
from publishing import rules
from publishing.models import Revision

Move = Callable[..., Revision]


def _allowed(user: User, verb: str, revision: Revision) -> str:
    return ""


by_person = partial(fire, why_not=rules.why_not, acting_for=rules.acting_for)
by_system = partial(fire, why_not=_allowed)
