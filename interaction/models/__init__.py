"""Nouns of interaction."""
