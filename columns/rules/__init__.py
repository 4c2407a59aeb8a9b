"""Decisions about columns that write nothing: who holds which power, who may read, who may change the ledger."""

from columns.rules.delegations import (
    LENDABLE,
    clash,
    may_name_anybody,
    may_name_for,
    needs_acting,
    why_not_act,
    why_not_end,
    why_not_name,
)
from columns.rules.ledger import (
    check_bundle,
    head_of,
    is_head_of,
    may_propose,
    may_see_ledger,
    proposable_sites,
    why_not,
)
from columns.rules.powers import (
    NEVER_LENT,
    Powers,
    Visitor,
    acting_for,
    may,
    may_grant_site,
    may_manage_site,
    powers_of,
    principals,
)
from columns.rules.readers import may_read, menu, readable_tree, unreadable

__all__ = [
    "LENDABLE",
    "NEVER_LENT",
    "Powers",
    "Visitor",
    "acting_for",
    "check_bundle",
    "clash",
    "head_of",
    "is_head_of",
    "may",
    "may_grant_site",
    "may_manage_site",
    "may_name_anybody",
    "may_name_for",
    "may_propose",
    "may_read",
    "may_see_ledger",
    "menu",
    "needs_acting",
    "powers_of",
    "principals",
    "proposable_sites",
    "readable_tree",
    "unreadable",
    "why_not",
    "why_not_act",
    "why_not_end",
    "why_not_name",
]
