"""Choices of assessment, one module a noun."""
