"""工作台: the composition root that gathers what waits for a person from every app."""

from assessment import todos as assessment
from columns import todos as grants
from disclosure import todos as disclosure
from interaction import todos as interaction
from portal.backups import todos as backups
from portal.departures import todos as departures
from portal.mailboxes import todos as mailboxes
from publishing import todos as texts

__all__ = ["assessment", "backups", "departures", "disclosure", "grants", "interaction", "mailboxes", "texts"]
