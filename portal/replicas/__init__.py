"""只读副本: who may read from a copy of the database, and which copies are fit to be read from.

Only GET and HEAD requests read from a copy, and none of a browser that wrote within FRESH_SECONDS: it sees its own
act. Writing, every transaction and everything outside a request (sweeps, commands) stay with the primary.
"""

from portal.replicas.middleware import FreshReads
from portal.replicas.routing import Router

__all__ = ["FreshReads", "Router"]
