"""Named reads of columns: trees, holders of powers, the ledger."""

from columns.queries.absences import absences_seen_by, delegations_of, leaves_of, leaves_to_cover
from columns.queries.deciders import deciders
from columns.queries.division import division, duties_of
from columns.queries.findings import Finding, findings
from columns.queries.grants import Drift, Grant, drift, grants_of
from columns.queries.holders import (
    acting_today,
    consenters,
    executors,
    holders,
    holders_of_all,
    site_holders,
    stand_ins,
)
from columns.queries.ledger import (
    Authorisation,
    authorisations,
    close_of,
    life_of,
    to_consent,
    to_execute,
)
from columns.queries.succession import Cover, covers, ended_by
from columns.queries.trees import route_of, tree

__all__ = [
    "Authorisation",
    "Cover",
    "Drift",
    "Finding",
    "Grant",
    "absences_seen_by",
    "acting_today",
    "authorisations",
    "close_of",
    "consenters",
    "covers",
    "deciders",
    "delegations_of",
    "division",
    "drift",
    "duties_of",
    "ended_by",
    "executors",
    "findings",
    "grants_of",
    "holders",
    "holders_of_all",
    "leaves_of",
    "leaves_to_cover",
    "life_of",
    "route_of",
    "site_holders",
    "stand_ins",
    "to_consent",
    "to_execute",
    "tree",
]
