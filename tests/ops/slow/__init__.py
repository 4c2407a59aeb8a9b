"""An app that takes its time."""
