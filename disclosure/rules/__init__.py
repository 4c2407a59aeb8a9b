"""Decisions of disclosure that write nothing, by noun."""
