"""The radar, the visitor and the reports."""
