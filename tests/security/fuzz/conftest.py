"""The house of tests/rights, in which there is one thing of every kind, and how often each form is tried."""

from tests.rights.conftest import texts, things, visitors

__all__ = ["texts", "things", "visitors"]  # fixtures
