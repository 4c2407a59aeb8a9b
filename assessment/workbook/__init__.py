"""Workbooks and packages that assessment gives out."""
