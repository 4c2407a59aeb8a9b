"""Choices of disclosure, by noun."""
