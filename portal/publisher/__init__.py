"""Renders public pages, and watches that they stay as they were rendered."""

from portal.publisher import guarding, working

__all__ = ["guarding", "working"]
