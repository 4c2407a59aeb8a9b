"""Decisions of assessment that write nothing."""
