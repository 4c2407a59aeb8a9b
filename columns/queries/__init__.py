"""Named reads of columns: trees, holders of powers, the ledger."""

from columns.queries.grants import Drift, Grant, drift, grants_of
from columns.queries.holders import (
    acting_today,
    consenters,
    executors,
    holders,
    site_holders,
    stand_ins,
)
from columns.queries.ledger import (
    Authorisation,
    authorisations,
    leaves_to_cover,
    life_of,
    to_consent,
    to_execute,
)
from columns.queries.trees import route_of, tree

__all__ = [
    "Authorisation",
    "Drift",
    "Grant",
    "acting_today",
    "authorisations",
    "consenters",
    "drift",
    "executors",
    "grants_of",
    "holders",
    "leaves_to_cover",
    "life_of",
    "route_of",
    "site_holders",
    "stand_ins",
    "to_consent",
    "to_execute",
    "tree",
]
