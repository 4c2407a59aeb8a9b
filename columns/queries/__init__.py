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
from columns.queries.trees import route_of, tree

__all__ = [
    "Drift",
    "Grant",
    "acting_today",
    "consenters",
    "drift",
    "executors",
    "grants_of",
    "holders",
    "route_of",
    "site_holders",
    "stand_ins",
    "tree",
]
