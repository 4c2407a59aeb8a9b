"""Pages that activities of every kind share."""
