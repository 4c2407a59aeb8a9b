"""工作台: the composition root that gathers what waits for a person from every app."""

from assessment import todos as assessment
from columns import todos as grants
from disclosure import todos as disclosure
from interaction import todos as interaction
from portal.backups import todos as backups
from portal.departures import todos as departures
from portal.house import todos as house
from portal.incidents import todos as incidents
from portal.mailboxes import todos as mailboxes
from portal.safety import todos as safety
from publishing import todos as texts

__all__ = [
    "assessment",
    "backups",
    "departures",
    "disclosure",
    "grants",
    "house",
    "incidents",
    "interaction",
    "mailboxes",
    "safety",
    "texts",
]
