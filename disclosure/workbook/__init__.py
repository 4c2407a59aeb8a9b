"""Workbooks and packages that disclosure gives out."""
