"""Rows with their clocks, as todos say them."""

from portal.limits.listing import timed

__all__ = ["timed"]
