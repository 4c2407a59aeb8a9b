"""Workbooks that interaction gives away, by noun."""
