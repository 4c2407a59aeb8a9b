"""Verbs of assessment: the only writers."""
