"""Decisions of interaction that write nothing, by noun. Deny by default; unknown verbs raise."""
