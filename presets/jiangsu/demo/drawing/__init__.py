"""Flat layered scenes in calm office colours, drawn for the sample news."""
